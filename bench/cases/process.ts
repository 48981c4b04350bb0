import type { Case } from '../harness/bench.ts';
import { line } from '../harness/lines.ts';
import { median } from '../harness/measuring.ts';
import { memoryOf } from '../harness/processor.ts';
import { startTenantry } from '../harness/program.ts';

/** From the command to the first answer, on a database that runs. */
export const start: Case = {
  name: 'start',
  async run(bench) {
    const site = await bench.site(bench.greatest);
    const times: number[] = [];
    for (let round = 0; round < bench.rounds; round++) {
      const program = await startTenantry('another', bench.cluster.url(site.prepared.database));
      times.push(program.startedIn);
      await program.stop();
    }
    return [
      line({
        name: 'start until the first answer',
        unit: 'ms',
        ours: median(times),
        spread: [Math.min(...times), Math.max(...times)],
      }),
    ];
  },
};

/** What the process that has answered everything above has grown to. */
export const memory: Case = {
  name: 'memory',
  async run(bench) {
    const site = await bench.site(bench.greatest);
    const mebibytes = memoryOf(site.program.pid);
    return [
      line({
        name: 'server memory after the whole run',
        unit: 'MiB',
        ours: mebibytes,
        judge: { value: mebibytes, atMost: 250 },
        note: 'PSS, PostgreSQL apart',
      }),
    ];
  },
};
