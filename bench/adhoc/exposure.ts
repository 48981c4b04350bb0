import { startCluster } from '../harness/cluster.ts';
import { openBench } from '../harness/bench.ts';
const cluster = await startCluster((l) => console.log(l));
const bench = openBench(cluster, { quick: true, greatest: 'large' }, (l) => console.log(l));
const site = await bench.site('large');
const c = await site.administrator();
for (let i = 0; i < 3; i++) {
const t = performance.now();
const r = await fetch(`http://127.0.0.1:${site.program.port}/api/v1/multi-tenancy/exposure-previews`, { method: 'POST', headers: { ...c.headers, 'content-type': 'application/json', 'tenantry-request': '1' }, body: '{}' });
const text = await r.text();
console.log(r.status, text.length, (performance.now() - t).toFixed(0), text.slice(0, 300));
}
await bench.close(); await cluster.stop(); process.exit(0);
