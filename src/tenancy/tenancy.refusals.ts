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
  'tenant.name-taken': { status: 409, en: 'There is already a tenant of that name there.', es: 'Ya existe allí un cliente con ese nombre.' },
  'tenant.key-taken': { status: 409, en: 'That key belongs to another tenant.', es: 'Esa clave pertenece a otro cliente.' },
  'tenant.slug-taken': { status: 409, en: 'That address belongs to another tenant.', es: 'Esa dirección pertenece a otro cliente.' },
  'tenant.key-fixed': {
    status: 409,
    en: 'The key cannot change any more: records are numbered with it.',
    es: 'La clave ya no se puede cambiar: hay registros numerados con ella.',
  },
  'tenant.parent-unknown': { status: 422, en: 'That parent does not exist here.', es: 'Ese cliente padre no existe aquí.' },
  'tenant.parent-inactive': { status: 409, en: 'The parent is not active.', es: 'El cliente padre no está activo.' },
  'tenant.parent-closed': { status: 409, en: 'The parent does not allow subtenants.', es: 'El cliente padre no permite subclientes.' },
  'tenant.parent-below': {
    status: 409,
    en: 'A tenant cannot be placed below itself.',
    es: 'Un cliente no puede quedar por debajo de sí mismo.',
  },
  'tenant.too-deep': { status: 409, en: 'The hierarchy would become too deep.', es: 'La jerarquía sería demasiado profunda.' },
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
  provider_first: 'tenant.provider-first',
  tenant_status_step: 'tenant.status-step',
  tenant_erased: 'tenant.status-step',
});
