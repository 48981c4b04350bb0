export function tenantPath(slug: string): string {
  return `/administration/tenants/${slug}`;
}

/** Where all subtenants of a tenant are listed; of `none`, all tenants there are. */
export function placeOf(slug: string): { to: string; search?: Record<string, string> } {
  return slug === 'none' ? { to: '/administration/tenants', search: { view: 'table' } } : { to: tenantPath(slug) };
}
