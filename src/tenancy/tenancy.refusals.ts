import { constraintRefusals } from '../platform/database.errors.ts';
import { refusals } from '../platform/refusals.ts';

export const { refuse: refuseTenancy } = refusals({
  'tenant-suspended': {
    status: 403,
    en: "Your organization's access is suspended. Please ask your service provider.",
    es: 'El acceso de su organización está suspendido. Consulte con su proveedor de servicios.',
  },
  'tenant-not-ready': {
    status: 403,
    en: 'Your organization is still being set up. Please try again shortly.',
    es: 'Su organización todavía se está preparando. Inténtelo de nuevo en breve.',
  },
  'tenant.name-taken': {
    status: 409,
    en: 'There is already a tenant of that name there.',
    es: 'Ya existe allí un cliente con ese nombre.',
  },
  'tenant.key-taken': {
    status: 409,
    en: 'That key belongs to another tenant.',
    es: 'Esa clave pertenece a otro cliente.',
  },
  'tenant.slug-taken': {
    status: 409,
    en: 'That address belongs to another tenant.',
    es: 'Esa dirección pertenece a otro cliente.',
  },
  'tenant.key-fixed': {
    status: 409,
    en: 'The key cannot change any more: records are numbered with it.',
    es: 'La clave ya no se puede cambiar: hay registros numerados con ella.',
  },
  'tenant.parent-unknown': {
    status: 422,
    en: 'That parent does not exist here.',
    es: 'Ese cliente padre no existe aquí.',
  },
  'tenant.parent-inactive': { status: 409, en: 'The parent is not active.', es: 'El cliente padre no está activo.' },
  'tenant.parent-closed': {
    status: 409,
    en: 'The parent does not allow subtenants.',
    es: 'El cliente padre no permite subclientes.',
  },
  'tenant.parent-below': {
    status: 409,
    en: 'A tenant cannot be placed below itself.',
    es: 'Un cliente no puede quedar por debajo de sí mismo.',
  },
  'tenant.too-deep': {
    status: 409,
    en: 'The hierarchy would become too deep.',
    es: 'La jerarquía sería demasiado profunda.',
  },
  'tenant.too-many': {
    status: 409,
    en: 'The greatest number of tenants is reached.',
    es: 'Se ha alcanzado el número máximo de clientes.',
  },
  'tenant.active-subtenants': {
    status: 409,
    en: 'The tenant has active subtenants. Deactivate the whole subtree, or them first.',
    es: 'El cliente tiene subclientes activos. Desactive todo el subárbol, o primero esos subclientes.',
  },
  'tenant.subtenants-exist': {
    status: 409,
    en: 'Subtenants cannot be disallowed while there are active ones.',
    es: 'No se pueden impedir los subclientes mientras haya alguno activo.',
  },
  'tenant.provider-fixed': {
    status: 409,
    en: 'The service provider has no parent and stays active.',
    es: 'El proveedor de servicios no tiene cliente padre y permanece activo.',
  },
  'tenant.provider-first': {
    status: 409,
    en: 'The service provider must be created first, by enabling multi-tenancy.',
    es: 'Primero hay que crear el proveedor de servicios, activando Multicliente.',
  },
  'tenant.status-step': {
    status: 409,
    en: 'The tenant cannot go from its status to that one.',
    es: 'El cliente no puede pasar de su estado a ese otro.',
  },
  'multi-tenancy.already-on': {
    status: 409,
    en: 'Multi-tenancy is enabled already.',
    es: 'Multicliente ya está activado.',
  },
  'multi-tenancy.already-in-setup': {
    status: 409,
    en: 'Multi-tenancy is being set up already.',
    es: 'Multicliente ya se está preparando.',
  },
  'multi-tenancy.not-in-setup': {
    status: 409,
    en: 'This is for while multi-tenancy is being set up.',
    es: 'Esto es para mientras Multicliente se prepara.',
  },
  'tenant.version-missing': {
    status: 428,
    en: 'Say which version of each tenant you are changing, in the field versions: address:version.',
    es: 'Indique qué versión de cada cliente modifica, en el campo versions: dirección:versión.',
  },
  'multi-tenancy.not-on': { status: 409, en: 'Multi-tenancy is not enabled.', es: 'Multicliente no está activado.' },
  'multi-tenancy.changed-since': {
    status: 409,
    en: 'Multi-tenancy has been enabled or disabled since this was requested. Request it anew.',
    es: 'Multicliente se ha activado o desactivado desde que se solicitó esto. Solicítelo de nuevo.',
  },
  'multi-tenancy.exposure-grown': {
    status: 409,
    en: 'More would become visible than the preview showed. Look at a new preview.',
    es: 'Quedaría visible más de lo que mostraba la vista previa. Consulte una nueva.',
  },
  'multi-tenancy.crossings': {
    status: 409,
    en: '{count, plural, one {One record refers} other {# records refer}} to records of another tenant outside its line. Choose what becomes of them.',
    es: '{count, plural, one {Un registro se refiere} other {# registros se refieren}} a registros de otro cliente fuera de su línea. Elija qué se hace con ellos.',
  },
  'multi-tenancy.not-yours': {
    status: 403,
    en: 'Only the service provider changes this.',
    es: 'Solo el proveedor de servicios puede cambiar esto.',
  },
  'options.depth-in-use': {
    status: 409,
    en: 'The hierarchy is already deeper than that.',
    es: 'La jerarquía ya es más profunda.',
  },
  'tenant-group.name-taken': {
    status: 409,
    en: 'There is already a group of that name.',
    es: 'Ya existe un grupo con ese nombre.',
  },
  'tenant.provider-unlimited': {
    status: 409,
    en: 'The service provider has no limits.',
    es: 'El proveedor de servicios no tiene límites.',
  },
  'tenant.preview-stale': {
    status: 409,
    en: 'The hierarchy has changed since the preview. Look at what the move would change now, and confirm it again.',
    es: 'La jerarquía ha cambiado desde la vista previa. Revise qué cambiaría ahora con el traslado y vuelva a confirmarlo.',
  },
  'tenant.reference-outside-the-line': {
    status: 409,
    en: 'Records refer to records of a tenant that would no longer be above theirs.',
    es: 'Hay registros que se refieren a registros de un cliente que dejaría de estar por encima del suyo.',
  },
});

constraintRefusals({
  tenant_name_taken: 'tenant.name-taken',
  tenant_key_taken: 'tenant.key-taken',
  tenant_slug_taken: 'tenant.slug-taken',
  tenant_key_fixed: 'tenant.key-fixed',
  tenant_parent_unknown: 'tenant.parent-unknown',
  tenant_parent_inactive: 'tenant.parent-inactive',
  tenant_parent_closed: 'tenant.parent-closed',
  tenant_parent_below: 'tenant.parent-below',
  greatest_depth_reached: 'tenant.too-deep',
  greatest_tenants_reached: 'tenant.too-many',
  tenant_has_active_subtenants: 'tenant.active-subtenants',
  subtenants_exist: 'tenant.subtenants-exist',
  provider_has_no_parent: 'tenant.provider-fixed',
  provider_stays_active: 'tenant.provider-fixed',
  provider_has_no_limits: 'tenant.provider-unlimited',
  provider_first: 'tenant.provider-first',
  tenant_status_step: 'tenant.status-step',
  tenant_erased: 'tenant.status-step',
  not_the_switch: 'multi-tenancy.not-yours',
  crossings_remain: 'busy',
  overtaken_by_the_switch: 'busy',
  depth_in_use: 'options.depth-in-use',
  group_name_taken: 'tenant-group.name-taken',
});
