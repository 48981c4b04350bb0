import { addComment } from '../../src/desk/tickets/comments.api.ts';
import { createTicket, listTickets } from '../../src/desk/tickets/tickets.api.ts';
import { grantRole } from '../../src/identity/people/people.api.ts';
import { listRoles } from '../../src/identity/roles/roles.api.ts';
import { chooseMembership, getMe, signIn } from '../../src/identity/sessions/sessions.api.ts';
import { requestOf } from '../../src/platform/requests.ts';
import { searchTenants } from '../../src/tenancy/tenants/tenants.api.ts';
import { everybodysPassword } from '../generator/loading-people.ts';
import type { PlannedPerson } from '../generator/people.ts';
import type { Bench, Case, Site } from '../harness/bench.ts';
import type { Caller, PlainRequest } from '../harness/caller.ts';
import { type Line, line, middle, noteOf, spreadOf } from '../harness/lines.ts';
import type { Round } from '../harness/measuring.ts';

/** Finding a tenant among all of them, while one types. */
export const switcher: Case = {
  name: 'switcher search',
  async run(bench) {
    const site = await bench.site(bench.greatest);
    const analyst = await site.actor({ provider: 'analyst.1' });
    const requests = ['', 'h', 'har', 'harbour ba', 'bank 49', 'T2S'].map((search) =>
      analyst.request(searchTenants, { query: { search } }),
    );
    return [
      await measured(
        bench,
        site,
        `switcher search, ${site.prepared.forest.size.tenants} tenants: p95`,
        requests,
        1,
        'p95',
        100,
      ),
    ];
  },
};

/** What else people do all day; printed, not judged. */
export const work: Case = {
  name: 'comment, search, sign-in, role switch',
  async run(bench) {
    const site = await bench.site(bench.greatest);
    const comments = await commentsOn(await site.actor({ branch: 'work' }));
    const analyst = await site.actor({ branch: 'one' });
    const search = ['password', 'printer', 'laptop'].map((text) => analyst.request(listTickets, { query: { text } }));
    const lines: Line[] = [];
    for (const clients of [1, 16]) {
      const as = `${clients} client${clients > 1 ? 's' : ''}`;
      lines.push(await measured(bench, site, `comment, ${as}: p50`, comments, clients, 'p50'));
      lines.push(await measured(bench, site, `search, ${as}: p50`, search, clients, 'p50'));
      lines.push(await measured(bench, site, `sign-in, ${as}: p50`, signIns(site), clients, 'p50'));
    }
    lines.push(await measured(bench, site, 'role switch: p50', await switches(site), 1, 'p50'));
    return lines;
  },
};

/** On new tickets: what is closed takes no comments. */
async function commentsOn(analyst: Caller): Promise<PlainRequest[]> {
  const comments: PlainRequest[] = [];
  for (let i = 0; i < 50; i++) {
    const { number } = await analyst.call(createTicket, { body: { title: 'The printer prints blank pages' } });
    comments.push(
      analyst.request(addComment, { params: { number }, body: { text: 'Have you tried another cartridge?' } }),
    );
  }
  return comments;
}

/** Of many accounts: one account's attempts are counted. */
function signIns(site: Site): PlainRequest[] {
  const people = site.prepared.forest.tenants
    .flatMap((tenant) => site.people(tenant).map(({ userName }) => `${userName}@${tenant.slug}`))
    .slice(0, 64);
  return people.map((userName) => {
    const { url, method, headers, body } = requestOf(signIn, { body: { userName, password: everybodysPassword } });
    return { method, path: url, headers, body };
  });
}

/** Between two memberships of one person, to and fro. */
async function switches(site: Site): Promise<PlainRequest[]> {
  const [administrator, analyst] = [await site.administrator(), await site.actor({ provider: 'analyst.2' })];
  let { memberships } = await analyst.call(getMe);
  if (memberships.length < 2) {
    const { items: roles } = await administrator.call(listRoles, { query: { public: 'only', limit: 200 } });
    const roleId = roles.find(({ stock }) => stock === 'provider-auditor')?.id as string;
    const { contactId: id } = site
      .people({ owner: 3 })
      .find(({ userName }) => userName === 'analyst.2') as PlannedPerson;
    await administrator.call(grantRole, { params: { id }, body: { roleId } });
    memberships = (await analyst.call(getMe)).memberships;
  }
  return memberships.map(({ id: membershipId }) => analyst.request(chooseMembership, { body: { membershipId } }));
}

async function measured(
  bench: Bench,
  site: Site,
  name: string,
  requests: PlainRequest[],
  clients: number,
  what: 'p50' | 'p95',
  atMost?: number,
): Promise<Line> {
  const rounds = (
    await bench.clients.interleave([site.target(name, requests)], bench.wanted(clients), bench.rounds)
  ).get(name) as Round[];
  const value = middle(rounds, what);
  return line({
    name,
    unit: 'ms',
    ours: value,
    spread: spreadOf(rounds, what),
    note: noteOf(rounds),
    ...(atMost === undefined ? {} : { judge: { value, atMost } }),
  });
}
