import { foldName } from '../platform/fold.ts';
import { listTenants } from '../tenancy/tenants/tenants.api.ts';
import type { Api } from './connection.ts';
import type { Output } from './output.ts';
import { progressOf } from './progress.ts';
import { requestOffering } from './requests.ts';

/** Tenants of these names under the provider: those that exist, and the others added by their offering. @returns their addresses by name. */
export async function ensureTenants(api: Api, output: Output, names: readonly string[]): Promise<Map<string, string>> {
  const provider = (await api.call(listTenants, { query: { limit: 1 } })).items[0]?.slug as string;
  const present = await subtenantsOf(api, provider);
  const progress = progressOf(output, output.language === 'es' ? 'clientes' : 'tenants', names.length);
  const slugs = new Map<string, string>();
  for (const name of names) {
    const slug =
      present.get(foldName(name)) ??
      (await requestOffering(api, output, 'add-tenant', { name, parent: provider })).result.tenant;
    slugs.set(name, slug as string);
    progress.advance(slugs.size);
  }
  progress.end();
  return slugs;
}

async function subtenantsOf(api: Api, parent: string): Promise<Map<string, string>> {
  const slugs = new Map<string, string>();
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof list>> = await list(api, parent, cursor);
    for (const tenant of page.items) slugs.set(foldName(tenant.name), tenant.slug);
    cursor = page.next;
  } while (cursor);
  return slugs;
}

function list(api: Api, parent: string, cursor: string | null) {
  return api.call(listTenants, { query: { parent, limit: 200, ...(cursor ? { cursor } : {}) } });
}
