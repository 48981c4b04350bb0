import { createHash } from 'node:crypto';
import pg from 'pg';
import { getTicket, listTickets } from '../../src/desk/tickets/tickets.api.ts';
import { ensureLogins, prefixOf } from '../../src/platform/logins.ts';
import { type Script, type Step, withRole } from '../floor/scripts.ts';
import type { PlannedTenant } from '../generator/forest.ts';
import type { Bench, Case, Site } from '../harness/bench.ts';
import type { Caller } from '../harness/caller.ts';
import { type Line, line } from '../harness/lines.ts';
import { bypassingLogin } from '../harness/logins.ts';
import { median } from '../harness/measuring.ts';
import { cpuOfServer } from '../harness/processor.ts';

/** PostgreSQL alone: the same statements under the policies, and with their explicit conditions and no policy. */
export const walls: Case = {
  name: 'policy beside explicit where',
  async run(bench) {
    const site = await bench.site(bench.greatest);
    const one = site.tenant('one') as PlannedTenant;
    const people: Record<string, Caller> = {
      'one tenant': await site.actor({ branch: 'one' }),
      'all tenants': await site.actor({ provider: 'analyst.1' }),
    };
    const set = ['thousand', 'hundred', 'few'].find((branch) => site.tenant(branch)) as string;
    people[set] = await site.actor({ branch: set });
    const lines: Line[] = [];
    for (const [who, caller] of Object.entries(people)) {
      const requests = {
        list: caller.request(listTickets),
        ...(who === set ? {} : { read: caller.request(getTicket, { params: { number: `${one.key}-1` } }) }),
      };
      for (const [what, script] of Object.entries(await bench.record(site, requests)))
        lines.push(await compare(bench, site, `${what}, ${who}`, script, caller));
    }
    return lines;
  },
};

async function compare(bench: Bench, site: Site, name: string, script: Script, caller: Caller): Promise<Line> {
  const { database } = site.prepared;
  const owner = bench.cluster.owner(database);
  const [policy, explicit] = await Promise.all([
    openScoped(await ensureLogins(owner, prefixOf(database), owner.password as string), script, caller, true),
    openScoped(await bypassingLogin(bench.cluster, database), script, caller, false),
  ]);
  // Reads are short beside a tick of the processor's clock.
  const times = (bench.quick ? 200 : 1000) * (name.startsWith('read') ? 5 : 1);
  const ratios: number[] = [];
  const measured = { policy: [] as number[], explicit: [] as number[] };
  for (let round = 0; round < bench.rounds; round++) {
    measured.explicit.push(await cpuOfRuns(bench.cluster.postmaster, explicit, script.queries, times));
    measured.policy.push(await cpuOfRuns(bench.cluster.postmaster, policy, script.queries, times));
    ratios.push((measured.policy[round] as number) / (measured.explicit[round] as number));
  }
  await Promise.all([policy.end(), explicit.end()]);
  return line({
    name: `policy ÷ explicit where: ${name}`,
    unit: 'CPU ms',
    ours: median(measured.policy),
    floor: median(measured.explicit),
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
    judge: { value: median(ratios), atMost: 1.15 },
  });
}

/** In a transaction with the caller's scope, under the caller's role or outside the policies. */
async function openScoped(
  login: pg.ClientConfig,
  { scope }: Script,
  caller: Caller,
  underPolicies: boolean,
): Promise<pg.Client> {
  const client = new pg.Client({ ...login, options: '-c jit=off -c plan_cache_mode=force_generic_plan' });
  await client.connect();
  await client.query('begin');
  const token = createHash('sha256')
    .update(caller.cookie.split('=')[1] as string)
    .digest();
  const values = scope.values.map((value) => (value !== null && typeof value === 'object' ? token : value));
  await client.query(underPolicies ? withRole(scope.text) : scope.text, values);
  return client;
}

/** CPU milliseconds of the database for one run of the statements. */
async function cpuOfRuns(
  postmaster: number,
  client: pg.Client,
  steps: readonly Step[],
  times: number,
): Promise<number> {
  const once = async () => {
    for (const [place, { text, values }] of steps.entries()) await client.query({ name: `s${place}`, text, values });
  };
  // PostgreSQL plans the first five times anew.
  for (let i = 0; i < 6; i++) await once();
  const before = cpuOfServer(postmaster);
  for (let i = 0; i < times; i++) await once();
  return (cpuOfServer(postmaster) - before) / times;
}
