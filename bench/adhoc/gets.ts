import { startCluster } from '../harness/cluster.ts';
import { openBench } from '../harness/bench.ts';
import { listsAndSearches } from '../../test/access-paths/calls.ts';
import { routes } from '../../src/solution.ts';
const cluster = await startCluster((l) => console.log(l));
const bench = openBench(cluster, { quick: true, greatest: 'large' }, (l) => console.log(l));
const site = await bench.site('large');
const people: any = { admin: await site.administrator(), moving: await site.actor({ branch: 'moving' }) };
const one = site.tenant('moving')!;
const lists = new Set(listsAndSearches());
const eps: any[] = (routes as any[]).flatMap((r) => r.endpoint ?? r).filter((e: any) => e?.method === 'GET' && !lists.has(e));
console.log(eps.length);
const grab = async (p: string) => (await (await fetch(`http://127.0.0.1:${site.program.port}/api/v1${p}`, { headers: people.admin.headers })).json()) as any;
const ids: any = {};
for (const p of ['people', 'roles', 'contacts', 'categories', 'assignment-groups', 'terms-statements', 'tenant-groups', 'requests', 'offerings', 'locations']) { const a = await grab('/' + p).catch(() => ({})); ids[p] = a.items?.[0]?.id ?? a.items?.[0]?.number ?? a.items?.[0]?.contactId ?? a.items?.[0]?.key; }
console.log(ids);
for (const e of eps) {
  for (const [who, c] of Object.entries<any>(people)) {
    const kind = e.path.split('/')[1];
    let path = e.path.replace(':number', kind === 'requests' ? ids.requests ?? 'x' : `${one.key}-1`).replace(':slug', one.slug).replace(':tenant', one.slug).replace(':id', ids[kind] ?? ids.people).replace(':key', 'access');
    const t = performance.now();
    const r = await fetch(`http://127.0.0.1:${site.program.port}/api/v1${path}`, { headers: c.headers, signal: AbortSignal.timeout(30000) }).catch((x) => ({ status: String(x), text: async () => '' }) as any);
    const text = await r.text().catch(() => 'timeout');
    const ms = performance.now() - t;
    if (ms > 40 || r.status >= 400) console.log(who, path, r.status, text.length, ms.toFixed(0), r.status >= 400 ? text.slice(0, 120) : '');
  }
}
await bench.close(); await cluster.stop(); process.exit(0);
