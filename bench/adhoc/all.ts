import { startCluster } from '../harness/cluster.ts';
import { openBench } from '../harness/bench.ts';
import { listsAndSearches } from '../../test/access-paths/calls.ts';
import { routes } from '../../src/solution.ts';
const cluster = await startCluster((l) => console.log(l));
const bench = openBench(cluster, { quick: true, greatest: 'large' }, (l) => console.log(l));
const site = await bench.site('large');
const people: any = { admin: await site.administrator(), analyst: await site.actor({ provider: 'analyst.1' }), moving: await site.actor({ branch: 'moving' }), thousand: await site.actor({ branch: 'thousand' }) };
const one = site.tenant('one')!;
const want = process.argv[2];
for (const e of listsAndSearches()) {
  if (want && !e.path.includes(want)) continue;
  for (const [who, c] of Object.entries<any>(people)) {
    let path = e.path.replace(':number', `${one.key}-1`).replace(':slug', one.slug);
    if (path.includes(':') || path.endsWith('export')) continue;
    for (const q of ['', '?search=ab', '?limit=200']) {
      if (e.path.endsWith('export') && q) continue;
      const times: number[] = []; let status = 0, size = 0;
      for (let i = 0; i < (e.path.endsWith('export') ? 1 : 3); i++) {
        const t = performance.now();
        const r = await fetch(`http://127.0.0.1:${site.program.port}/api/v1${path}${q}`, { headers: c.headers, signal: AbortSignal.timeout(60000) }).catch((x) => ({ status: String(x), text: async () => '' }) as any);
        const text = await r.text(); status = r.status; size = text.length;
        times.push(performance.now() - t);
        if (status >= 400) break;
      }
      times.sort((a, b) => a - b);
      if (times[0]! > 20 || status >= 500) console.log(who, path + q, status, size, times.map((x) => x.toFixed(0)).join(' '));
    }
  }
}
await bench.close(); await cluster.stop(); process.exit(0);
