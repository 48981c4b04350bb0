import { importTickets } from '../../src/desk/import/import.api.ts';
import type { PlannedTenant } from '../generator/forest.ts';
import { readTexts, titleOf } from '../generator/texts.ts';
import type { Case } from '../harness/bench.ts';
import { line } from '../harness/lines.ts';
import { cpuOf, cpuOfServer } from '../harness/processor.ts';

/** 24,000 real texts as tickets of another system, in batches of 50 as the command line sends them. */
export const importTexts: Case = {
  name: 'import',
  long: true,
  async run(bench) {
    const site = await bench.site(bench.greatest);
    const administrator = await site.administrator();
    const tenant = (site.tenant('work') as PlannedTenant).slug;
    const at = new Date().toISOString();
    const tickets = (await readTexts()).map((one, place) => ({
      sourceId: String(place + 1),
      tenant,
      type: 'incident' as const,
      title: titleOf(one) || one.topic,
      description: one.text,
      status: 'new' as const,
      impact: 'medium' as const,
      urgency: 'medium' as const,
      category: one.topic,
      group: null,
      requester: `Person ${place % 200}`,
      assignee: null,
      openedAt: at,
      resolvedAt: null,
      closedAt: null,
      updatedAt: at,
      changes: [],
    }));
    const before = cpuOf(site.program.pid) + cpuOfServer(bench.cluster.postmaster);
    const begin = performance.now();
    for (let from = 0; from < tickets.length; from += 50)
      await administrator.call(importTickets, {
        body: { source: `bench ${at}`, tickets: tickets.slice(from, from + 50) },
      });
    const seconds = (performance.now() - begin) / 1000;
    const cpu = (cpuOf(site.program.pid) + cpuOfServer(bench.cluster.postmaster) - before) / tickets.length;
    return [
      line({
        name: `import of ${tickets.length} tickets`,
        unit: 's',
        ours: seconds,
        note: `${Math.round(tickets.length / seconds)} a second; CPU ${cpu.toFixed(2)} ms a ticket`,
      }),
    ];
  },
};
