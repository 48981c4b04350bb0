-- Ordinary offerings become tickets: the desk fulfils what people request, and the request is done when the ticket is.

-- The request that a ticket fulfils, of the same tenant.
select tenancy.refer('desk.tickets', 'request', 'catalog.requests', 'own');
create unique index ticket_of_request_once on desk.tickets (owner_id, request_id) where request_id is not null;

-- Two to begin with, public: what nearly every organization asks of its desk.
insert into catalog.categories (owner_id, id, key, name, position) values
  (2, platform.new_id(), 'workplace', '{"en":"Workplace","es":"Puesto de trabajo"}', 10);
insert into catalog.offerings (owner_id, id, key, name, summary, description, icon, fulfillment, position, category_owner_id, category_id, form)
  select 2, platform.new_id(), o.key, o.name::jsonb, o.summary::jsonb, o.description::jsonb, o.icon, 'desk-ticket', o.position, c.owner_id, c.id, o.form::json
  from catalog.categories c, (values
    ('equipment', '{"en":"Equipment","es":"Equipamiento"}',
      '{"en":"A computer, screen, telephone or accessory.","es":"Un ordenador, pantalla, teléfono o accesorio."}',
      '{"en":"The service desk gets in touch about what is available.","es":"El servicio de asistencia le informará de lo que hay disponible."}',
      'device-laptop', 10,
      '{"type":"object","additionalProperties":false,"required":["what","reason"],"properties":{
        "what":{"type":"string","enum":["computer","screen","telephone","accessory"],"x-label":{"en":"What do you need?","es":"¿Qué necesita?"},
          "x-labels":{"computer":{"en":"Computer","es":"Ordenador"},"screen":{"en":"Screen","es":"Pantalla"},"telephone":{"en":"Telephone","es":"Teléfono"},"accessory":{"en":"Accessory","es":"Accesorio"}}},
        "reason":{"type":"string","minLength":1,"maxLength":4000,"x-widget":"textarea","x-label":{"en":"What for?","es":"¿Para qué?"}}}}'),
    ('access', '{"en":"Access to an application","es":"Acceso a una aplicación"}',
      '{"en":"A new account or more rights in an application.","es":"Una cuenta nueva o más permisos en una aplicación."}',
      '{"en":"Say which application and what you have to do in it.","es":"Indique qué aplicación y qué tiene que hacer en ella."}',
      'key', 20,
      '{"type":"object","additionalProperties":false,"required":["application","reason"],"properties":{
        "application":{"type":"string","minLength":1,"maxLength":200,"x-label":{"en":"Application","es":"Aplicación"}},
        "reason":{"type":"string","minLength":1,"maxLength":4000,"x-widget":"textarea","x-label":{"en":"What do you have to do in it?","es":"¿Qué tiene que hacer en ella?"}}}}')
  ) as o (key, name, summary, description, icon, position, form)
  where c.key = 'workplace' and c.owner_id = 2;
