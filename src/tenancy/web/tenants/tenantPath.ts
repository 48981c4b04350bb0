export function tenantPath(slug: string): string {
  return `/administration/tenants/${slug}`;
}
