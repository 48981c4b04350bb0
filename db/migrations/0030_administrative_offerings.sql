-- R4.1: the administrative service offerings, ordinary items of the catalog: public, requested by those whose role may
-- administer. Their forms are JSON Schema with our annotations (src/catalog/catalog.fields.ts); src/administration fulfils them.
insert into catalog.categories (owner_id, id, key, name, position, administrative) values
  (2, platform.new_id(), 'administration', '{"en":"Service Management Administration","es":"Administración de la gestión de servicios"}', 900, true);

insert into catalog.offerings (owner_id, id, key, name, summary, description, icon, required_function, fulfillment, position, category_owner_id, category_id, form)
  select 2, platform.new_id(), 'multi-tenancy', '{"en":"Enable/Disable Multi-Tenancy","es":"Activar/desactivar Multicliente"}', '{"en":"Put walls between tenants, prepare them, or take them down.","es":"Levantar la separación entre clientes, prepararla o retirarla."}',
    '{"en":"Enabling asks for the service provider if there is none yet, and gives it everything that belongs to no tenant. Disabling shows first what becomes visible to whom. It takes effect at once and can be undone.","es":"Al activar se pide el proveedor de servicios si aún no existe, y se le asigna todo lo que no pertenece a ningún cliente. Al desactivar se muestra antes qué quedará visible y para quién. Tiene efecto inmediato y es reversible."}',
    'switch', 'solution.administer', 'multi-tenancy', 10, c.owner_id, c.id, $form${
 "type": "object",
 "properties": {
  "state": {
   "type": "string",
   "x-label": {
    "en": "Multi-tenancy",
    "es": "Multicliente"
   },
   "enum": [
    "setup",
    "on",
    "off"
   ],
   "x-labels": {
    "setup": {
     "en": "Set up",
     "es": "Preparar"
    },
    "on": {
     "en": "Enable",
     "es": "Activar"
    },
    "off": {
     "en": "Disable",
     "es": "Desactivar"
    }
   }
  },
  "providerName": {
   "type": "string",
   "x-label": {
    "en": "Service provider's name",
    "es": "Nombre del proveedor de servicios"
   },
   "maxLength": 255,
   "x-help": {
    "en": "Only needed the first time.",
    "es": "Solo es necesario la primera vez."
   },
   "x-when": {
    "state": [
     "on",
     "setup"
    ]
   }
  },
  "assignment": {
   "type": "array",
   "x-label": {
    "en": "Records of no tenant",
    "es": "Registros sin cliente"
   },
   "x-help": {
    "en": "Whose they become, by rule; the rest goes to the service provider.",
    "es": "De quién pasan a ser, por regla; el resto pasa al proveedor de servicios."
   },
   "items": {
    "type": "string",
    "maxLength": 400,
    "pattern": "^(record/[a-z_]+[.][a-z_]+/.{1,255}|location/[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|domain/[A-Za-z0-9.-]{1,255}|kind/[a-z_]+[.][a-z_]+|requester)=[a-z0-9-]{0,63}$"
   },
   "maxItems": 5000,
   "x-widget": "assignment",
   "x-when": {
    "state": "on"
   }
  },
  "crossings": {
   "type": "string",
   "x-label": {
    "en": "References between unrelated tenants",
    "es": "Referencias entre clientes sin relación"
   },
   "enum": [
    "refuse",
    "publish",
    "clear"
   ],
   "default": "refuse",
   "x-labels": {
    "refuse": {
     "en": "List them, to decide one by one",
     "es": "Mostrarlas, para decidir una por una"
    },
    "publish": {
     "en": "Make what they refer to public, and clear references to people",
     "es": "Hacer público aquello a lo que se refieren y borrar las referencias a personas"
    },
    "clear": {
     "en": "Clear the references",
     "es": "Borrar las referencias"
    }
   },
   "x-when": {
    "state": "on"
   }
  },
  "resolutions": {
   "type": "array",
   "x-label": {
    "en": "What becomes of each",
    "es": "Qué se hace con cada una"
   },
   "items": {
    "type": "string",
    "pattern": "^[a-z_]+[.][a-z_]+/[a-z_]+/[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}=(publish|give|clear)$"
   },
   "maxItems": 2000,
   "x-widget": "crossings",
   "x-when": {
    "state": "on"
   }
  },
  "previewId": {
   "type": "string",
   "x-label": {
    "en": "What becomes visible",
    "es": "Qué quedará visible"
   },
   "pattern": "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
   "x-widget": "exposure",
   "x-when": {
    "state": [
     "off",
     "setup"
    ]
   }
  },
  "confirmation": {
   "type": "string",
   "x-label": {
    "en": "Type the service provider's name to confirm",
    "es": "Escriba el nombre del proveedor de servicios para confirmar"
   },
   "maxLength": 255,
   "x-when": {
    "state": [
     "off",
     "setup"
    ]
   }
  }
 },
 "required": [
  "state"
 ],
 "additionalProperties": false
}$form$
  from catalog.categories c where c.owner_id = 2 and c.key = 'administration';

insert into catalog.offerings (owner_id, id, key, name, summary, description, icon, required_function, fulfillment, position, category_owner_id, category_id, form)
  select 2, platform.new_id(), 'add-tenant', '{"en":"Add Tenant","es":"Crear cliente"}', '{"en":"A new tenant with its own people, data, name and address.","es":"Un cliente nuevo con su gente, sus datos, su nombre y su dirección."}',
    '{"en":"Every product prepares its part; the tenant can be used once all are done.","es":"Cada producto prepara su parte; el cliente puede usarse cuando todas han terminado."}',
    'building', 'tenant.administer', 'add-tenant', 20, c.owner_id, c.id, $form${
 "type": "object",
 "properties": {
  "name": {
   "type": "string",
   "x-label": {
    "en": "Name",
    "es": "Nombre"
   },
   "minLength": 1,
   "maxLength": 255
  },
  "parent": {
   "type": "string",
   "x-label": {
    "en": "Parent",
    "es": "Cliente padre"
   },
   "maxLength": 63,
   "x-widget": "tenant",
   "x-help": {
    "en": "None by default. A subtenant inherits categories, locations, roles and groups from above: below the service provider, everything of the provider’s.",
    "es": "Ninguno por defecto. Un subcliente hereda categorías, ubicaciones, roles y grupos de los superiores: bajo el proveedor de servicios, todo lo del proveedor."
   }
  },
  "key": {
   "type": "string",
   "x-label": {
    "en": "Key",
    "es": "Clave"
   },
   "pattern": "^[A-Za-z0-9]{2,8}$",
   "x-help": {
    "en": "2 to 8 letters or digits; begins the numbers of its records, such as ACME-42. Proposed from the name if left empty.",
    "es": "De 2 a 8 letras o cifras; encabeza los números de sus registros, como ACME-42. Si se deja vacía, se propone a partir del nombre."
   }
  },
  "slug": {
   "type": "string",
   "x-label": {
    "en": "Address",
    "es": "Dirección"
   },
   "pattern": "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
   "x-help": {
    "en": "For sign-in as name@address. Proposed from the name if left empty.",
    "es": "Para iniciar sesión como nombre@dirección. Si se deja vacía, se propone a partir del nombre."
   }
  },
  "subtenantsAllowed": {
   "type": "boolean",
   "x-label": {
    "en": "Subtenants allowed",
    "es": "Admite subclientes"
   }
  },
  "tenantNumber": {
   "type": "string",
   "x-label": {
    "en": "Tenant number",
    "es": "Número de cliente"
   },
   "maxLength": 30,
   "x-help": {
    "en": "The customer's own identifier.",
    "es": "El identificador propio del cliente."
   }
  },
  "description": {
   "type": "string",
   "x-label": {
    "en": "Description",
    "es": "Descripción"
   },
   "maxLength": 1024,
   "x-widget": "textarea"
  },
  "primaryContact": {
   "type": "string",
   "x-label": {
    "en": "Primary contact",
    "es": "Contacto principal"
   },
   "maxLength": 255,
   "x-section": {
    "en": "Contact",
    "es": "Contacto"
   }
  },
  "location": {
   "type": "string",
   "x-label": {
    "en": "Location",
    "es": "Ubicación"
   },
   "maxLength": 255
  },
  "phone": {
   "type": "string",
   "x-label": {
    "en": "Phone",
    "es": "Teléfono"
   },
   "maxLength": 50
  },
  "alternatePhone": {
   "type": "string",
   "x-label": {
    "en": "Alternate phone",
    "es": "Teléfono alternativo"
   },
   "maxLength": 50
  },
  "fax": {
   "type": "string",
   "x-label": {
    "en": "Fax",
    "es": "Fax"
   },
   "maxLength": 50
  },
  "email": {
   "type": "string",
   "pattern": "^$|^[^\\s@]+@[^\\s@]+$",
   "x-label": {
    "en": "E-mail",
    "es": "Correo electrónico"
   },
   "maxLength": 255
  },
  "webSite": {
   "type": "string",
   "pattern": "^$|^https?://[^\\s]+$",
   "x-label": {
    "en": "Web site",
    "es": "Sitio web"
   },
   "maxLength": 255
  },
  "providerPeople": {
   "type": "string",
   "x-label": {
    "en": "The provider's people are shown",
    "es": "Las personas del proveedor se muestran"
   },
   "enum": [
    "names",
    "groups"
   ],
   "x-labels": {
    "names": {
     "en": "By name",
     "es": "Por su nombre"
    },
    "groups": {
     "en": "As their assignment group",
     "es": "Como su grupo de asignación"
    }
   },
   "x-help": {
    "en": "What the tenant's people read on tickets, comments and requests.",
    "es": "Lo que leen las personas del cliente en tickets, comentarios y solicitudes."
   }
  },
  "directoryGroup": {
   "type": "string",
   "x-label": {
    "en": "Directory group",
    "es": "Grupo del directorio"
   },
   "maxLength": 255
  },
  "timeZone": {
   "type": "string",
   "x-label": {
    "en": "Time zone",
    "es": "Zona horaria"
   },
   "minLength": 1,
   "maxLength": 64,
   "x-widget": "time-zone",
   "x-section": {
    "en": "Regional settings",
    "es": "Configuración regional"
   }
  },
  "currency": {
   "type": "string",
   "x-label": {
    "en": "Currency",
    "es": "Moneda"
   },
   "pattern": "^[A-Z]{3}$",
   "x-help": {
    "en": "Three letters, such as EUR.",
    "es": "Tres letras, por ejemplo EUR."
   }
  },
  "dateFormat": {
   "type": "string",
   "x-label": {
    "en": "Date format",
    "es": "Formato de fecha"
   },
   "enum": [
    "locale",
    "iso",
    "dmy",
    "mdy"
   ],
   "x-labels": {
    "locale": {
     "en": "As the reader's language",
     "es": "Según el idioma del lector"
    },
    "iso": {
     "en": "2026-03-31",
     "es": "2026-03-31"
    },
    "dmy": {
     "en": "31/03/2026",
     "es": "31/03/2026"
    },
    "mdy": {
     "en": "03/31/2026",
     "es": "03/31/2026"
    }
   }
  },
  "timeFormat": {
   "type": "string",
   "x-label": {
    "en": "Time format",
    "es": "Formato de hora"
   },
   "enum": [
    "locale",
    "12",
    "24"
   ],
   "x-labels": {
    "12": {
     "en": "12 hours",
     "es": "12 horas"
    },
    "24": {
     "en": "24 hours",
     "es": "24 horas"
    },
    "locale": {
     "en": "As the reader's language",
     "es": "Según el idioma del lector"
    }
   }
  },
  "decimalSymbol": {
   "type": "string",
   "x-label": {
    "en": "Decimal symbol",
    "es": "Símbolo decimal"
   },
   "enum": [
    "locale",
    ".",
    ","
   ],
   "x-labels": {
    "locale": {
     "en": "As the reader's language",
     "es": "Según el idioma del lector"
    },
    ".": {
     "en": "Point",
     "es": "Punto"
    },
    ",": {
     "en": "Comma",
     "es": "Coma"
    }
   }
  },
  "taxRegion": {
   "type": "string",
   "x-label": {
    "en": "Tax region",
    "es": "Región fiscal"
   },
   "maxLength": 100
  },
  "taxIdentifiers": {
   "type": "string",
   "x-label": {
    "en": "Tax identifiers",
    "es": "Identificadores fiscales"
   },
   "maxLength": 255
  }
 },
 "required": [
  "name"
 ],
 "additionalProperties": false
}$form$
  from catalog.categories c where c.owner_id = 2 and c.key = 'administration';

insert into catalog.offerings (owner_id, id, key, name, summary, description, icon, required_function, fulfillment, position, category_owner_id, category_id, form)
  select 2, platform.new_id(), 'manage-tenants', '{"en":"Manage Tenants","es":"Gestionar clientes"}', '{"en":"Change, deactivate or reactivate one or several tenants.","es":"Modificar, desactivar o reactivar uno o varios clientes."}',
    '{"en":"Only the fields that you fill in change. The parent is changed on the tenant’s page under Administration.","es":"Solo cambian los campos que rellene. El cliente padre se cambia en la página del cliente, en Administración."}',
    'buildings', 'tenant.administer', 'manage-tenants', 30, c.owner_id, c.id, $form${
 "type": "object",
 "properties": {
  "action": {
   "type": "string",
   "x-label": {
    "en": "What to do",
    "es": "Qué hacer"
   },
   "enum": [
    "update",
    "deactivate",
    "reactivate"
   ],
   "default": "update",
   "x-labels": {
    "update": {
     "en": "Change",
     "es": "Modificar"
    },
    "deactivate": {
     "en": "Deactivate",
     "es": "Desactivar"
    },
    "reactivate": {
     "en": "Reactivate",
     "es": "Reactivar"
    }
   }
  },
  "tenants": {
   "type": "array",
   "items": {
    "type": "string",
    "maxLength": 63
   },
   "minItems": 1,
   "maxItems": 200,
   "x-label": {
    "en": "Tenants",
    "es": "Clientes"
   },
   "x-widget": "tenants"
  },
  "versions": {
   "type": "array",
   "items": {
    "type": "string",
    "pattern": "^[a-z0-9-]{1,63}:[0-9]{1,9}$"
   },
   "maxItems": 200,
   "x-label": {
    "en": "Versions",
    "es": "Versiones"
   },
   "x-widget": "hidden"
  },
  "subtree": {
   "type": "boolean",
   "x-label": {
    "en": "With all subtenants",
    "es": "Con todos los subclientes"
   },
   "x-when": {
    "action": [
     "deactivate",
     "reactivate"
    ]
   }
  },
  "name": {
   "type": "string",
   "x-label": {
    "en": "Name",
    "es": "Nombre"
   },
   "minLength": 1,
   "maxLength": 255,
   "x-when": {
    "action": "update"
   }
  },
  "key": {
   "type": "string",
   "x-label": {
    "en": "Key",
    "es": "Clave"
   },
   "pattern": "^[A-Za-z0-9]{2,8}$",
   "x-help": {
    "en": "Cannot change once a record is numbered with it.",
    "es": "No se puede cambiar una vez que numera algún registro."
   },
   "x-when": {
    "action": "update"
   }
  },
  "slug": {
   "type": "string",
   "x-label": {
    "en": "Address",
    "es": "Dirección"
   },
   "pattern": "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
   "x-when": {
    "action": "update"
   }
  },
  "subtenantsAllowed": {
   "type": "string",
   "x-label": {
    "en": "Subtenants allowed",
    "es": "Admite subclientes"
   },
   "enum": [
    "yes",
    "no"
   ],
   "x-labels": {
    "yes": {
     "en": "Yes",
     "es": "Sí"
    },
    "no": {
     "en": "No",
     "es": "No"
    }
   },
   "x-when": {
    "action": "update"
   }
  },
  "tenantNumber": {
   "type": "string",
   "x-label": {
    "en": "Tenant number",
    "es": "Número de cliente"
   },
   "maxLength": 30,
   "x-help": {
    "en": "The customer's own identifier.",
    "es": "El identificador propio del cliente."
   },
   "x-when": {
    "action": "update"
   }
  },
  "description": {
   "type": "string",
   "x-label": {
    "en": "Description",
    "es": "Descripción"
   },
   "maxLength": 1024,
   "x-widget": "textarea",
   "x-when": {
    "action": "update"
   }
  },
  "primaryContact": {
   "type": "string",
   "x-label": {
    "en": "Primary contact",
    "es": "Contacto principal"
   },
   "maxLength": 255,
   "x-section": {
    "en": "Contact",
    "es": "Contacto"
   },
   "x-when": {
    "action": "update"
   }
  },
  "location": {
   "type": "string",
   "x-label": {
    "en": "Location",
    "es": "Ubicación"
   },
   "maxLength": 255,
   "x-when": {
    "action": "update"
   }
  },
  "phone": {
   "type": "string",
   "x-label": {
    "en": "Phone",
    "es": "Teléfono"
   },
   "maxLength": 50,
   "x-when": {
    "action": "update"
   }
  },
  "alternatePhone": {
   "type": "string",
   "x-label": {
    "en": "Alternate phone",
    "es": "Teléfono alternativo"
   },
   "maxLength": 50,
   "x-when": {
    "action": "update"
   }
  },
  "fax": {
   "type": "string",
   "x-label": {
    "en": "Fax",
    "es": "Fax"
   },
   "maxLength": 50,
   "x-when": {
    "action": "update"
   }
  },
  "email": {
   "type": "string",
   "pattern": "^$|^[^\\s@]+@[^\\s@]+$",
   "x-label": {
    "en": "E-mail",
    "es": "Correo electrónico"
   },
   "maxLength": 255,
   "x-when": {
    "action": "update"
   }
  },
  "webSite": {
   "type": "string",
   "pattern": "^$|^https?://[^\\s]+$",
   "x-label": {
    "en": "Web site",
    "es": "Sitio web"
   },
   "maxLength": 255,
   "x-when": {
    "action": "update"
   }
  },
  "providerPeople": {
   "type": "string",
   "x-label": {
    "en": "The provider's people are shown",
    "es": "Las personas del proveedor se muestran"
   },
   "enum": [
    "names",
    "groups"
   ],
   "x-labels": {
    "names": {
     "en": "By name",
     "es": "Por su nombre"
    },
    "groups": {
     "en": "As their assignment group",
     "es": "Como su grupo de asignación"
    }
   },
   "x-help": {
    "en": "What the tenant's people read on tickets, comments and requests.",
    "es": "Lo que leen las personas del cliente en tickets, comentarios y solicitudes."
   },
   "x-when": {
    "action": "update"
   }
  },
  "directoryGroup": {
   "type": "string",
   "x-label": {
    "en": "Directory group",
    "es": "Grupo del directorio"
   },
   "maxLength": 255,
   "x-when": {
    "action": "update"
   }
  },
  "timeZone": {
   "type": "string",
   "x-label": {
    "en": "Time zone",
    "es": "Zona horaria"
   },
   "minLength": 1,
   "maxLength": 64,
   "x-widget": "time-zone",
   "x-section": {
    "en": "Regional settings",
    "es": "Configuración regional"
   },
   "x-when": {
    "action": "update"
   }
  },
  "currency": {
   "type": "string",
   "x-label": {
    "en": "Currency",
    "es": "Moneda"
   },
   "pattern": "^[A-Z]{3}$",
   "x-help": {
    "en": "Three letters, such as EUR.",
    "es": "Tres letras, por ejemplo EUR."
   },
   "x-when": {
    "action": "update"
   }
  },
  "dateFormat": {
   "type": "string",
   "x-label": {
    "en": "Date format",
    "es": "Formato de fecha"
   },
   "enum": [
    "locale",
    "iso",
    "dmy",
    "mdy"
   ],
   "x-labels": {
    "locale": {
     "en": "As the reader's language",
     "es": "Según el idioma del lector"
    },
    "iso": {
     "en": "2026-03-31",
     "es": "2026-03-31"
    },
    "dmy": {
     "en": "31/03/2026",
     "es": "31/03/2026"
    },
    "mdy": {
     "en": "03/31/2026",
     "es": "03/31/2026"
    }
   },
   "x-when": {
    "action": "update"
   }
  },
  "timeFormat": {
   "type": "string",
   "x-label": {
    "en": "Time format",
    "es": "Formato de hora"
   },
   "enum": [
    "locale",
    "12",
    "24"
   ],
   "x-labels": {
    "12": {
     "en": "12 hours",
     "es": "12 horas"
    },
    "24": {
     "en": "24 hours",
     "es": "24 horas"
    },
    "locale": {
     "en": "As the reader's language",
     "es": "Según el idioma del lector"
    }
   },
   "x-when": {
    "action": "update"
   }
  },
  "decimalSymbol": {
   "type": "string",
   "x-label": {
    "en": "Decimal symbol",
    "es": "Símbolo decimal"
   },
   "enum": [
    "locale",
    ".",
    ","
   ],
   "x-labels": {
    "locale": {
     "en": "As the reader's language",
     "es": "Según el idioma del lector"
    },
    ".": {
     "en": "Point",
     "es": "Punto"
    },
    ",": {
     "en": "Comma",
     "es": "Coma"
    }
   },
   "x-when": {
    "action": "update"
   }
  },
  "taxRegion": {
   "type": "string",
   "x-label": {
    "en": "Tax region",
    "es": "Región fiscal"
   },
   "maxLength": 100,
   "x-when": {
    "action": "update"
   }
  },
  "taxIdentifiers": {
   "type": "string",
   "x-label": {
    "en": "Tax identifiers",
    "es": "Identificadores fiscales"
   },
   "maxLength": 255,
   "x-when": {
    "action": "update"
   }
  },
  "terms": {
   "type": "string",
   "x-label": {
    "en": "Terms of usage",
    "es": "Términos de uso"
   },
   "x-help": {
    "en": "What its people accept before they go on. Inherit: what the tenant above says.",
    "es": "Lo que sus personas aceptan antes de seguir. Heredar: lo que diga el cliente superior."
   },
   "enum": [
    "inherit",
    "none",
    "statement"
   ],
   "x-labels": {
    "inherit": {
     "en": "Inherit",
     "es": "Heredar"
    },
    "none": {
     "en": "None",
     "es": "Ninguno"
    },
    "statement": {
     "en": "A statement",
     "es": "Una declaración"
    }
   },
   "x-section": {
    "en": "Terms of usage",
    "es": "Términos de uso"
   },
   "x-when": {
    "action": "update"
   }
  },
  "termsStatement": {
   "type": "string",
   "x-label": {
    "en": "Statement",
    "es": "Declaración"
   },
   "pattern": "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
   "x-widget": "terms",
   "x-when": {
    "terms": "statement"
   }
  },
  "termsAsked": {
   "type": "string",
   "x-label": {
    "en": "When it is asked",
    "es": "Cuándo se pide"
   },
   "x-help": {
    "en": "Counts where this tenant names the statement, and for those that inherit it.",
    "es": "Vale donde este cliente indica la declaración, y para los que la heredan."
   },
   "enum": [
    "once",
    "sign-in"
   ],
   "x-labels": {
    "once": {
     "en": "Once per version",
     "es": "Una vez por versión"
    },
    "sign-in": {
     "en": "At every sign-in",
     "es": "En cada inicio de sesión"
    }
   },
   "x-when": {
    "action": "update"
   }
  }
 },
 "required": [
  "action",
  "tenants"
 ],
 "additionalProperties": false
}$form$
  from catalog.categories c where c.owner_id = 2 and c.key = 'administration';

insert into catalog.offerings (owner_id, id, key, name, summary, description, icon, required_function, fulfillment, position, category_owner_id, category_id, form)
  select 2, platform.new_id(), 'add-role', '{"en":"Add Role","es":"Crear rol"}', '{"en":"What a group of people may do, see and change.","es":"Qué puede hacer, ver y modificar un conjunto de personas."}',
    '{"en":"Nobody can give more than they have.","es":"Nadie puede conceder más de lo que tiene."}',
    'shield', 'role.administer', 'add-role', 40, c.owner_id, c.id, $form${
 "type": "object",
 "properties": {
  "name": {
   "type": "string",
   "x-label": {
    "en": "Name",
    "es": "Nombre"
   },
   "minLength": 1,
   "maxLength": 255
  },
  "description": {
   "type": "string",
   "x-label": {
    "en": "Description",
    "es": "Descripción"
   },
   "maxLength": 1024,
   "x-widget": "textarea"
  },
  "functions": {
   "type": "array",
   "items": {
    "type": "string",
    "enum": [
     "solution.administer",
     "tenant.administer",
     "tenant.read",
     "tenant-group.administer",
     "role.administer",
     "person.administer",
     "person.read",
     "audit.read",
     "public.update",
     "offering.request",
     "administration.request",
     "request.approve",
     "request.read",
     "ticket.read",
     "ticket.create",
     "ticket.create-for-others",
     "ticket.update",
     "ticket.assign",
     "ticket.resolve",
     "ticket.comment",
     "ticket.read-internal",
     "ticket.export",
     "ticket.move",
     "category.administer",
     "location.administer",
     "import.run",
     "terms.administer"
    ]
   },
   "maxItems": 100,
   "x-label": {
    "en": "Functions",
    "es": "Funciones"
   },
   "x-widget": "functions"
  },
  "readReach": {
   "type": "string",
   "x-label": {
    "en": "Read reach",
    "es": "Alcance de lectura"
   },
   "enum": [
    "all",
    "tenant",
    "group",
    "own",
    "subtenants",
    "supertenants",
    "related"
   ],
   "x-labels": {
    "all": {
     "en": "All tenants",
     "es": "Todos los clientes"
    },
    "tenant": {
     "en": "A named tenant",
     "es": "Un cliente concreto"
    },
    "group": {
     "en": "A named group of tenants",
     "es": "Un grupo de clientes concreto"
    },
    "own": {
     "en": "The person's own organization",
     "es": "La organización propia de la persona"
    },
    "subtenants": {
     "en": "Own and below",
     "es": "La propia y las inferiores"
    },
    "supertenants": {
     "en": "Own and above",
     "es": "La propia y las superiores"
    },
    "related": {
     "en": "Own, above and below",
     "es": "La propia, las superiores y las inferiores"
    }
   }
  },
  "readTenant": {
   "type": "string",
   "x-label": {
    "en": "Which tenant is read",
    "es": "Qué cliente se lee"
   },
   "maxLength": 63,
   "x-widget": "tenant",
   "x-when": {
    "readReach": "tenant"
   }
  },
  "readGroup": {
   "type": "string",
   "x-label": {
    "en": "Which group is read",
    "es": "Qué grupo se lee"
   },
   "pattern": "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
   "x-widget": "tenant-group",
   "x-when": {
    "readReach": "group"
   }
  },
  "writeReach": {
   "type": "string",
   "x-label": {
    "en": "Write reach",
    "es": "Alcance de escritura"
   },
   "enum": [
    "same",
    "none",
    "all",
    "tenant",
    "group",
    "own",
    "subtenants",
    "supertenants",
    "related"
   ],
   "x-labels": {
    "same": {
     "en": "Same as read",
     "es": "Igual que la lectura"
    },
    "none": {
     "en": "Nothing",
     "es": "Nada"
    },
    "all": {
     "en": "All tenants",
     "es": "Todos los clientes"
    },
    "tenant": {
     "en": "A named tenant",
     "es": "Un cliente concreto"
    },
    "group": {
     "en": "A named group of tenants",
     "es": "Un grupo de clientes concreto"
    },
    "own": {
     "en": "The person's own organization",
     "es": "La organización propia de la persona"
    },
    "subtenants": {
     "en": "Own and below",
     "es": "La propia y las inferiores"
    },
    "supertenants": {
     "en": "Own and above",
     "es": "La propia y las superiores"
    },
    "related": {
     "en": "Own, above and below",
     "es": "La propia, las superiores y las inferiores"
    }
   }
  },
  "writeTenant": {
   "type": "string",
   "x-label": {
    "en": "Which tenant is written",
    "es": "En qué cliente se escribe"
   },
   "maxLength": 63,
   "x-widget": "tenant",
   "x-when": {
    "writeReach": "tenant"
   }
  },
  "writeGroup": {
   "type": "string",
   "x-label": {
    "en": "Which group is written",
    "es": "En qué grupo se escribe"
   },
   "pattern": "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
   "x-widget": "tenant-group",
   "x-when": {
    "writeReach": "group"
   }
  },
  "scopeTicket": {
   "type": "string",
   "x-label": {
    "en": "Tickets seen",
    "es": "Tickets visibles"
   },
   "enum": [
    "own",
    "groups",
    "all"
   ],
   "x-labels": {
    "own": {
     "en": "Own records",
     "es": "Los propios"
    },
    "groups": {
     "en": "Own groups' records",
     "es": "Los de sus grupos"
    },
    "all": {
     "en": "All in reach",
     "es": "Todos los que alcanza"
    }
   }
  },
  "scopeRequest": {
   "type": "string",
   "x-label": {
    "en": "Requests seen",
    "es": "Solicitudes visibles"
   },
   "enum": [
    "own",
    "groups",
    "all"
   ],
   "x-labels": {
    "own": {
     "en": "Own records",
     "es": "Los propios"
    },
    "groups": {
     "en": "Own groups' records",
     "es": "Los de sus grupos"
    },
    "all": {
     "en": "All in reach",
     "es": "Todos los que alcanza"
    }
   }
  },
  "tenant": {
   "type": "string",
   "x-label": {
    "en": "Tenant",
    "es": "Cliente"
   },
   "maxLength": 63,
   "x-widget": "tenant",
   "x-help": {
    "en": "Whose role it is; your own if left empty.",
    "es": "De quién es el rol; si se deja vacío, de su organización."
   }
  }
 },
 "required": [
  "name",
  "functions",
  "readReach"
 ],
 "additionalProperties": false
}$form$
  from catalog.categories c where c.owner_id = 2 and c.key = 'administration';

insert into catalog.offerings (owner_id, id, key, name, summary, description, icon, required_function, fulfillment, position, category_owner_id, category_id, form)
  select 2, platform.new_id(), 'manage-roles', '{"en":"Manage Roles","es":"Gestionar roles"}', '{"en":"Change, deactivate or reactivate a role.","es":"Modificar, desactivar o reactivar un rol."}',
    '{"en":"It takes effect at the next request of everybody who has the role.","es":"Tiene efecto en la siguiente petición de quienes tienen el rol."}',
    'shields', 'role.administer', 'manage-roles', 50, c.owner_id, c.id, $form${
 "type": "object",
 "properties": {
  "action": {
   "type": "string",
   "x-label": {
    "en": "What to do",
    "es": "Qué hacer"
   },
   "enum": [
    "update",
    "deactivate",
    "reactivate"
   ],
   "default": "update",
   "x-labels": {
    "update": {
     "en": "Change",
     "es": "Modificar"
    },
    "deactivate": {
     "en": "Deactivate",
     "es": "Desactivar"
    },
    "reactivate": {
     "en": "Reactivate",
     "es": "Reactivar"
    }
   }
  },
  "role": {
   "type": "string",
   "x-label": {
    "en": "Role",
    "es": "Rol"
   },
   "pattern": "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
   "x-widget": "role"
  },
  "version": {
   "type": "integer",
   "minimum": 0,
   "x-label": {
    "en": "Version",
    "es": "Versión"
   },
   "x-widget": "hidden"
  },
  "name": {
   "type": "string",
   "x-label": {
    "en": "Name",
    "es": "Nombre"
   },
   "minLength": 1,
   "maxLength": 255,
   "x-when": {
    "action": "update"
   }
  },
  "description": {
   "type": "string",
   "x-label": {
    "en": "Description",
    "es": "Descripción"
   },
   "maxLength": 1024,
   "x-widget": "textarea",
   "x-when": {
    "action": "update"
   }
  },
  "functions": {
   "type": "array",
   "items": {
    "type": "string",
    "enum": [
     "solution.administer",
     "tenant.administer",
     "tenant.read",
     "tenant-group.administer",
     "role.administer",
     "person.administer",
     "person.read",
     "audit.read",
     "public.update",
     "offering.request",
     "administration.request",
     "request.approve",
     "request.read",
     "ticket.read",
     "ticket.create",
     "ticket.create-for-others",
     "ticket.update",
     "ticket.assign",
     "ticket.resolve",
     "ticket.comment",
     "ticket.read-internal",
     "ticket.export",
     "ticket.move",
     "category.administer",
     "location.administer",
     "import.run",
     "terms.administer"
    ]
   },
   "maxItems": 100,
   "x-label": {
    "en": "Functions",
    "es": "Funciones"
   },
   "x-widget": "functions",
   "x-when": {
    "action": "update"
   }
  },
  "readReach": {
   "type": "string",
   "x-label": {
    "en": "Read reach",
    "es": "Alcance de lectura"
   },
   "enum": [
    "all",
    "tenant",
    "group",
    "own",
    "subtenants",
    "supertenants",
    "related"
   ],
   "x-labels": {
    "all": {
     "en": "All tenants",
     "es": "Todos los clientes"
    },
    "tenant": {
     "en": "A named tenant",
     "es": "Un cliente concreto"
    },
    "group": {
     "en": "A named group of tenants",
     "es": "Un grupo de clientes concreto"
    },
    "own": {
     "en": "The person's own organization",
     "es": "La organización propia de la persona"
    },
    "subtenants": {
     "en": "Own and below",
     "es": "La propia y las inferiores"
    },
    "supertenants": {
     "en": "Own and above",
     "es": "La propia y las superiores"
    },
    "related": {
     "en": "Own, above and below",
     "es": "La propia, las superiores y las inferiores"
    }
   },
   "x-when": {
    "action": "update"
   }
  },
  "readTenant": {
   "type": "string",
   "x-label": {
    "en": "Which tenant is read",
    "es": "Qué cliente se lee"
   },
   "maxLength": 63,
   "x-widget": "tenant",
   "x-when": {
    "readReach": "tenant"
   }
  },
  "readGroup": {
   "type": "string",
   "x-label": {
    "en": "Which group is read",
    "es": "Qué grupo se lee"
   },
   "pattern": "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
   "x-widget": "tenant-group",
   "x-when": {
    "readReach": "group"
   }
  },
  "writeReach": {
   "type": "string",
   "x-label": {
    "en": "Write reach",
    "es": "Alcance de escritura"
   },
   "enum": [
    "same",
    "none",
    "all",
    "tenant",
    "group",
    "own",
    "subtenants",
    "supertenants",
    "related"
   ],
   "x-labels": {
    "same": {
     "en": "Same as read",
     "es": "Igual que la lectura"
    },
    "none": {
     "en": "Nothing",
     "es": "Nada"
    },
    "all": {
     "en": "All tenants",
     "es": "Todos los clientes"
    },
    "tenant": {
     "en": "A named tenant",
     "es": "Un cliente concreto"
    },
    "group": {
     "en": "A named group of tenants",
     "es": "Un grupo de clientes concreto"
    },
    "own": {
     "en": "The person's own organization",
     "es": "La organización propia de la persona"
    },
    "subtenants": {
     "en": "Own and below",
     "es": "La propia y las inferiores"
    },
    "supertenants": {
     "en": "Own and above",
     "es": "La propia y las superiores"
    },
    "related": {
     "en": "Own, above and below",
     "es": "La propia, las superiores y las inferiores"
    }
   },
   "x-when": {
    "action": "update"
   }
  },
  "writeTenant": {
   "type": "string",
   "x-label": {
    "en": "Which tenant is written",
    "es": "En qué cliente se escribe"
   },
   "maxLength": 63,
   "x-widget": "tenant",
   "x-when": {
    "writeReach": "tenant"
   }
  },
  "writeGroup": {
   "type": "string",
   "x-label": {
    "en": "Which group is written",
    "es": "En qué grupo se escribe"
   },
   "pattern": "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
   "x-widget": "tenant-group",
   "x-when": {
    "writeReach": "group"
   }
  },
  "scopeTicket": {
   "type": "string",
   "x-label": {
    "en": "Tickets seen",
    "es": "Tickets visibles"
   },
   "enum": [
    "own",
    "groups",
    "all"
   ],
   "x-labels": {
    "own": {
     "en": "Own records",
     "es": "Los propios"
    },
    "groups": {
     "en": "Own groups' records",
     "es": "Los de sus grupos"
    },
    "all": {
     "en": "All in reach",
     "es": "Todos los que alcanza"
    }
   },
   "x-when": {
    "action": "update"
   }
  },
  "scopeRequest": {
   "type": "string",
   "x-label": {
    "en": "Requests seen",
    "es": "Solicitudes visibles"
   },
   "enum": [
    "own",
    "groups",
    "all"
   ],
   "x-labels": {
    "own": {
     "en": "Own records",
     "es": "Los propios"
    },
    "groups": {
     "en": "Own groups' records",
     "es": "Los de sus grupos"
    },
    "all": {
     "en": "All in reach",
     "es": "Todos los que alcanza"
    }
   },
   "x-when": {
    "action": "update"
   }
  }
 },
 "required": [
  "action",
  "role"
 ],
 "additionalProperties": false
}$form$
  from catalog.categories c where c.owner_id = 2 and c.key = 'administration';

insert into catalog.offerings (owner_id, id, key, name, summary, description, icon, required_function, fulfillment, position, category_owner_id, category_id, form)
  select 2, platform.new_id(), 'add-user', '{"en":"Add User","es":"Crear usuario"}', '{"en":"Somebody who can sign in.","es":"Alguien que puede iniciar sesión."}',
    '{"en":"They get in by a one-time address, which you make and hand over once the request is completed.","es":"Entrará con una dirección de un solo uso, que usted crea y entrega cuando la solicitud se complete."}',
    'user-plus', 'person.administer', 'add-user', 60, c.owner_id, c.id, $form${
 "type": "object",
 "properties": {
  "displayName": {
   "type": "string",
   "x-label": {
    "en": "Name",
    "es": "Nombre"
   },
   "minLength": 1,
   "maxLength": 255
  },
  "userName": {
   "type": "string",
   "x-label": {
    "en": "User name",
    "es": "Nombre de usuario"
   },
   "minLength": 1,
   "maxLength": 100
  },
  "email": {
   "type": "string",
   "x-label": {
    "en": "E-mail",
    "es": "Correo electrónico"
   },
   "maxLength": 255
  },
  "tenant": {
   "type": "string",
   "x-label": {
    "en": "Tenant",
    "es": "Cliente"
   },
   "maxLength": 63,
   "x-widget": "tenant"
  },
  "roleId": {
   "type": "string",
   "x-label": {
    "en": "Role",
    "es": "Rol"
   },
   "pattern": "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
   "x-widget": "role"
  },
  "language": {
   "type": "string",
   "x-label": {
    "en": "Language",
    "es": "Idioma"
   },
   "enum": [
    "en",
    "es"
   ],
   "x-labels": {
    "en": {
     "en": "English",
     "es": "Inglés"
    },
    "es": {
     "en": "Spanish",
     "es": "Español"
    }
   }
  },
  "timeZone": {
   "type": "string",
   "x-label": {
    "en": "Time zone",
    "es": "Zona horaria"
   },
   "maxLength": 64,
   "x-widget": "time-zone"
  }
 },
 "required": [
  "displayName",
  "userName",
  "roleId"
 ],
 "additionalProperties": false
}$form$
  from catalog.categories c where c.owner_id = 2 and c.key = 'administration';

insert into catalog.offerings (owner_id, id, key, name, summary, description, icon, required_function, fulfillment, position, category_owner_id, category_id, form)
  select 2, platform.new_id(), 'manage-users', '{"en":"Manage Users","es":"Gestionar usuarios"}', '{"en":"Change, deactivate or reactivate somebody, give or take a role.","es":"Modificar, desactivar o reactivar a alguien, dar o quitar un rol."}',
    '{"en":"It takes effect at their next request.","es":"Tiene efecto en su siguiente petición."}',
    'users', 'person.administer', 'manage-users', 70, c.owner_id, c.id, $form${
 "type": "object",
 "properties": {
  "action": {
   "type": "string",
   "x-label": {
    "en": "What to do",
    "es": "Qué hacer"
   },
   "enum": [
    "update",
    "deactivate",
    "reactivate",
    "grant-role",
    "end-membership"
   ],
   "default": "update",
   "x-labels": {
    "update": {
     "en": "Change",
     "es": "Modificar"
    },
    "deactivate": {
     "en": "Deactivate",
     "es": "Desactivar"
    },
    "reactivate": {
     "en": "Reactivate",
     "es": "Reactivar"
    },
    "grant-role": {
     "en": "Give a role",
     "es": "Dar un rol"
    },
    "end-membership": {
     "en": "Take a role away",
     "es": "Quitar un rol"
    }
   }
  },
  "person": {
   "type": "string",
   "x-label": {
    "en": "Person",
    "es": "Persona"
   },
   "pattern": "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
   "x-widget": "person"
  },
  "version": {
   "type": "integer",
   "minimum": 0,
   "x-label": {
    "en": "Version",
    "es": "Versión"
   },
   "x-widget": "hidden"
  },
  "displayName": {
   "type": "string",
   "x-label": {
    "en": "Name",
    "es": "Nombre"
   },
   "minLength": 1,
   "maxLength": 255,
   "x-when": {
    "action": "update"
   }
  },
  "userName": {
   "type": "string",
   "x-label": {
    "en": "User name",
    "es": "Nombre de usuario"
   },
   "minLength": 1,
   "maxLength": 100,
   "x-when": {
    "action": "update"
   }
  },
  "email": {
   "type": "string",
   "x-label": {
    "en": "E-mail",
    "es": "Correo electrónico"
   },
   "maxLength": 255,
   "x-when": {
    "action": "update"
   }
  },
  "workAddress": {
   "type": "string",
   "x-label": {
    "en": "Work address",
    "es": "Dirección de trabajo"
   },
   "maxLength": 255,
   "x-when": {
    "action": "update"
   }
  },
  "language": {
   "type": "string",
   "x-label": {
    "en": "Language",
    "es": "Idioma"
   },
   "enum": [
    "en",
    "es"
   ],
   "x-labels": {
    "en": {
     "en": "English",
     "es": "Inglés"
    },
    "es": {
     "en": "Spanish",
     "es": "Español"
    }
   },
   "x-when": {
    "action": "update"
   }
  },
  "timeZone": {
   "type": "string",
   "x-label": {
    "en": "Time zone",
    "es": "Zona horaria"
   },
   "maxLength": 64,
   "x-widget": "time-zone",
   "x-when": {
    "action": "update"
   }
  },
  "roleId": {
   "type": "string",
   "x-label": {
    "en": "Role",
    "es": "Rol"
   },
   "pattern": "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
   "x-widget": "role",
   "x-when": {
    "action": [
     "grant-role",
     "end-membership"
    ]
   }
  }
 },
 "required": [
  "action",
  "person"
 ],
 "additionalProperties": false
}$form$
  from catalog.categories c where c.owner_id = 2 and c.key = 'administration';

