import { createRequest, getRequest } from '../../src/catalog/requests/requests.api.ts';
import { listTickets } from '../../src/desk/tickets/tickets.api.ts';
import { changeParent, getTenant } from '../../src/tenancy/tenants/tenants.api.ts';
import type { Case } from '../harness/bench.ts';
import type { Caller } from '../harness/caller.ts';
import { line } from '../harness/lines.ts';
import { median, percentile } from '../harness/measuring.ts';
import { ensureReferenceFields } from '../harness/references.ts';

/** From the request until the tenant can be used, everything in between (R4.4). */
export const addTenant: Case = {
  name: 'add a tenant',
  async run(bench) {
    const site = await bench.site(bench.greatest);
    const administrator = await site.administrator();
    const times: number[] = [];
    for (let i = 0; i < (bench.quick ? 10 : 40); i++) {
      const begin = performance.now();
      const values = { name: `Added ${Date.now()} ${i}`, subtenantsAllowed: false };
      const { number } = await administrator.call(createRequest, { body: { offering: 'add-tenant', values } });
      while ((await administrator.call(getRequest, { params: { number } })).phase !== 'completed')
        await new Promise((done) => setTimeout(done, 5));
      times.push(performance.now() - begin);
    }
    times.sort((one, other) => one - other);
    const p95 = percentile(times, 95);
    const spread: [number, number] = [times[0] as number, times.at(-1) as number];
    return [
      line({
        name: 'add a tenant until active: p95',
        unit: 'ms',
        ours: p95,
        spread,
        judge: { value: p95, atMost: 1000 },
        note: `p50 ${Math.round(percentile(times, 50))} ms, ${times.length} tenants, one after the other`,
      }),
    ];
  },
};

/** A subtree goes to another parent and back, while somebody else reads their list. */
export const moveSubtree: Case = {
  name: 'move of a subtree',
  async run(bench) {
    const site = await bench.site(bench.greatest);
    const moving = site.tenant('moving');
    if (!moving) return [];
    const fields = await ensureReferenceFields(bench.cluster, site, 60);
    const [administrator, reader] = [await site.administrator(), await site.actor({ branch: 'one' })];
    const before = await latenciesWhile(reader, new Promise((done) => setTimeout(done, 3000)));
    const times: number[] = [];
    const during: number[] = [];
    for (let i = 0; i < (bench.quick ? 2 : 6); i++) {
      const to = site.tenant(i % 2 ? 'from' : 'to')?.slug as string;
      const { version } = await administrator.call(getTenant, { params: { slug: moving.slug } });
      const begin = performance.now();
      const move = administrator.call(changeParent, { params: { slug: moving.slug }, version, body: { parent: to } });
      during.push(...(await latenciesWhile(reader, move)));
      times.push(performance.now() - begin);
    }
    const tenants = site.prepared.forest.tenants.filter(({ branch }) => branch === 'moving').length;
    const [calm, busy] = [
      percentile(before, 95),
      percentile(
        during.sort((one, other) => one - other),
        95,
      ),
    ];
    const greatest = Math.max(...times);
    return [
      line({
        name: `move of ${tenants} tenants`,
        unit: 'ms',
        ours: greatest,
        spread: [Math.min(...times), greatest],
        judge: { value: greatest, atMost: 5000 },
        note: `median ${Math.round(median(times))} ms, ${fields} reference fields`,
      }),
      line({
        name: 'list of others while tenants move: p95',
        unit: 'ms',
        ours: busy,
        floor: calm,
        judge: { value: busy / calm, atMost: 2 },
        note: `${during.length} lists during the moves, ${before.length} before`,
      }),
    ];
  },
};

/** How long lists take, one after the other, until something is over; sorted. */
async function latenciesWhile(reader: Caller, work: Promise<unknown>): Promise<number[]> {
  let over = false;
  const ended = work.finally(() => {
    over = true;
  });
  const latencies: number[] = [];
  while (!over) {
    const begin = performance.now();
    await reader.call(listTickets);
    latencies.push(performance.now() - begin);
  }
  await ended;
  return latencies.sort((one, other) => one - other);
}
