import * as model from './model.ts';
import { type Membership, type Request, readOnly, type TenantGroup, type Verdict } from './model.ts';
import { marked, nowhere, type Step, someMaker, someSlug, versionOf } from './operations.desk.ts';
import { type Body, differenceOf, endpointOf, type Forest } from './probing.ts';

const listTenants: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = random.of(forest.actors());
  const status = random.chance(0.3) ? random.of(['active', 'inactive'] as const) : undefined;
  const parent = random.chance(0.3) ? random.of(m.tenants.keys()) : undefined;
  const expected = [...m.tenants.values()].filter(
    (t) => m.seesTenant(by, t.slug) && (!status || t.status === status) && (!parent || t.parent === parent),
  );
  await forest.probe({
    by,
    name: 'GET /tenants',
    class: 'required',
    input: { query: { status, parent, limit: 200 } },
    refused: !m.names(by) ? model.absent : parent && !m.seesTenant(by, parent) ? model.unknownTenant : null,
    check: ({ items }) =>
      differenceOf(
        expected.map((t) => t.slug),
        items.map((i: Body) => i.slug),
      ) ??
      items.flatMap((i: Body) =>
        i.parent?.slug && !m.seesTenant(by, i.parent.slug) ? ['names a parent out of reach'] : [],
      )[0],
  });
};

const tenantChoices: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = random.of(forest.actors());
  const writable = random.chance(0.5);
  const seen = [...m.tenants.keys()].filter((slug) => m.seesTenant(by, slug) && (!writable || m.mayWrite(by, slug)));
  await forest.probe({
    by,
    name: 'GET /tenant-choices',
    class: 'required',
    input: { query: { writable: String(writable) } },
    check: ({ items }) =>
      differenceOf(
        seen,
        items.map((i: Body) => i.slug),
      ),
  });
};

const readTenant =
  (name: string): Step =>
  async (forest) => {
    const by = forest.random.of(forest.actors());
    const slug = someSlug(forest);
    const { model: m } = forest;
    await forest.probe({
      by,
      name,
      class: 'required',
      input: { params: { slug } },
      refused: m.seesTenant(by, slug) ? null : model.absent,
      check: (body) => {
        if (name.endsWith('subtree')) {
          const open = m.below(slug).filter((one) => m.tenants.get(one)?.status === 'active' && m.seesTenant(by, one));
          return differenceOf(
            open,
            body.items.map((one: Body) => one.slug),
          );
        }
        if (body.status !== m.tenants.get(slug)?.status) return `is ${body.status}`;
        const above = m
          .line(slug)
          .slice(1)
          .filter((one) => m.seesTenant(by, one));
        return differenceOf(
          above,
          body.line.map((one: Body) => one.slug),
        );
      },
    });
  };

const move: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = random.chance(0.6) ? forest.administrator : random.of(forest.actors());
  const tenant = random.of([...m.tenants.values()].filter((t) => t.slug !== m.provider));
  const parent = random.chance(0.25) ? null : random.of(m.tenants.keys());
  const params = { slug: tenant.slug };
  const version = await versionOf(forest, 'GET /tenants/:slug', params);
  const input = { params, version, body: { parent } };
  const probe = { by, name: 'PUT /tenants/:slug/parent', class: 'required', input } as const;
  if (!m.seesTenant(by, tenant.slug)) return forest.probe({ ...probe, refused: model.absent });
  if (parent && !m.seesTenant(by, parent)) return forest.probe({ ...probe, refused: model.unknownTenant });
  if (m.gate(by, 'tenant.administer')) return forest.probe(probe);
  if (by !== forest.administrator) {
    // Others may, too; what of it is written depends on the reach, which the step of the administrator does not.
    if (!m.isProvider(by) || by.role.write === 'none') return forest.probe({ ...probe, refused: readOnly });
    return;
  }
  const refused = m.moveRefused(tenant, parent);
  const done = await forest.probe({ ...probe, refused });
  if (!done) return;
  tenant.parent = parent;
  forest.noteLines();
};

/** R3.4: what the move would strand, and how much goes along. */
const foretell =
  (name: string): Step =>
  async (forest) => {
    const { random, model: m } = forest;
    const by = random.chance(0.6) ? forest.administrator : random.of(forest.actors());
    const slug = someSlug(forest);
    const parent = random.chance(0.25) ? 'none' : someSlug(forest);
    const tenant = m.tenants.get(slug);
    const verdict = (): Verdict => {
      if (!tenant || !m.seesTenant(by, slug)) return model.absent;
      if (slug === m.provider) return { status: 409, type: 'tenant.provider-fixed' };
      if (parent !== 'none' && !m.seesTenant(by, parent)) return { status: 422, type: 'tenant.parent-unknown' };
      if (parent === 'none' || name.endsWith('references')) return null;
      if (m.tenants.get(parent)?.status !== 'active') return { status: 409, type: 'tenant.parent-inactive' };
      return m.line(parent).includes(slug) ? { status: 409, type: 'tenant.parent-below' } : null;
    };
    const stranded = () => (tenant ? m.strandedBy(tenant, parent === 'none' ? null : parent) : 0);
    await forest.probe({
      by,
      name,
      class: 'required',
      input: { params: { slug }, query: { parent } },
      refused: verdict(),
      check: (body) => {
        // What is stranded is told to people of the provider alone.
        if (!m.isProvider(by) || m.line(parent).includes(slug)) return undefined;
        if (name.endsWith('references'))
          return body.items.length === Math.min(stranded(), 50)
            ? undefined
            : `lists ${body.items.length} of ${stranded()}`;
        const seen = m.below(slug).filter((one) => m.seesTenant(by, one));
        if (body.tenants !== seen.length) return `moves ${body.tenants} tenants`;
        return body.forbidden === stranded() > 0 ? undefined : `forbids: ${body.forbidden}`;
      },
    });
  };

const someGroup = ({ random, model }: Forest): TenantGroup | undefined => random.maybe(model.tenantGroups.values());

const groupVerdict = (forest: Forest, by: Membership, group: TenantGroup | undefined, writes: boolean): Verdict => {
  if (!group || !forest.model.seesTenantGroups(by)) return model.absent;
  return !writes || forest.model.mayWrite(by, forest.model.provider) ? null : readOnly;
};

const listGroups: Step = async (forest) => {
  const by = forest.random.of(forest.actors());
  const { model: m } = forest;
  await forest.probe({
    by,
    name: 'GET /tenant-groups',
    class: 'provider',
    input: { query: { kind: 'defined', limit: 200 } },
    refused: !m.names(by) ? model.absent : null,
    check: ({ items }) =>
      differenceOf(
        m.seesTenantGroups(by) ? m.tenantGroups.keys() : [],
        items.map((i: Body) => i.id),
      ),
  });
};

const readGroup: Step = async (forest) => {
  const by = forest.random.of(forest.actors());
  const group = someGroup(forest);
  await forest.probe({
    by,
    name: 'GET /tenant-groups/:id',
    class: 'provider',
    input: { params: { id: group?.id ?? nowhere } },
    refused: groupVerdict(forest, by, group, false),
    check: ({ members }) => {
      const shown = shownMembers(forest, by, group as TenantGroup).length;
      return members === shown ? undefined : `counts ${members} members of ${shown}`;
    },
  });
};

const shownMembers = ({ model: m }: Forest, by: Membership, group: TenantGroup) =>
  [...group.members].filter((slug) => group.active && m.seesTenant(by, slug));

const listGroupMembers: Step = async (forest) => {
  const by = forest.random.of(forest.actors());
  const group = someGroup(forest);
  await forest.probe({
    by,
    name: 'GET /tenant-groups/:id/members',
    class: 'provider',
    input: { params: { id: group?.id ?? nowhere }, query: { limit: 200 } },
    refused: groupVerdict(forest, by, group, false),
    check: ({ items }) =>
      differenceOf(
        shownMembers(forest, by, group as TenantGroup),
        items.map((one: Body) => one.slug),
      ),
  });
};

const changeGroupMember =
  (name: string): Step =>
  async (forest) => {
    const { random, model: m } = forest;
    const by = random.chance(0.3) ? forest.administrator : random.of(forest.actors());
    const group = someGroup(forest);
    const slug = someSlug(forest);
    const unknown = m.seesTenant(by, slug) ? null : model.unknownTenant;
    const seen = groupVerdict(forest, by, group, false);
    const refused = seen ?? unknown ?? groupVerdict(forest, by, group, true);
    const input = { params: { id: group?.id ?? nowhere, slug } };
    await forest.probe({ by, name, class: 'provider', input, refused });
    if (refused || !group || m.gate(by, forest.accessOf(name))) return;
    if (name.startsWith('PUT')) group.members.add(slug);
    else group.members.delete(slug);
  };

const addGroup: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = random.chance(0.4) ? forest.administrator : random.of(forest.actors());
  const members = random.some(m.tenants.keys(), 0.4);
  const named = members.some((slug) => !m.seesTenant(by, slug)) ? model.unknownTenant : null;
  const refused = !m.names(by) ? model.absent : m.mayWrite(by, m.provider) && m.seesTenantGroups(by) ? named : readOnly;
  const input = { body: { name: `Group ${++forest.made}`, members } };
  const made = await forest.probe({ by, name: 'POST /tenant-groups', class: 'provider', input, refused });
  if (made) m.tenantGroups.set(made.id, { id: made.id, members: new Set(members), active: true });
};

const beyondReach: Verdict = { status: 403, type: 'tenant-group.beyond-reach' };

const changeGroup =
  (name: string): Step =>
  async (forest) => {
    const { random, model: m } = forest;
    const by = random.chance(0.3) ? forest.administrator : random.of(forest.actors());
    const group = someGroup(forest);
    const params = { id: group?.id ?? nowhere };
    const version = await versionOf(forest, 'GET /tenant-groups/:id', params);
    const members = random.some(m.tenants.keys(), 0.4);
    const status = random.of(['active', 'active', 'inactive']);
    const sets = name.endsWith('members');
    const unknown = sets && members.some((slug) => !m.seesTenant(by, slug)) ? model.unknownTenant : null;
    const seen = groupVerdict(forest, by, group, false);
    const unseen = [...(group?.members ?? [])].filter((slug) => !m.seesTenant(by, slug));
    const changes = group && group.active !== (status === 'active');
    const beyond = !sets && changes && unseen.length ? beyondReach : null;
    const refused = seen ?? unknown ?? groupVerdict(forest, by, group, true) ?? beyond;
    const input = { params, version, body: sets ? { members } : { status } };
    const done = await forest.probe({ by, name, class: 'provider', input, refused });
    if (!done || !group) return;
    // R5.4: those that they do not see stay.
    if (sets) group.members = new Set([...members, ...unseen]);
    else group.active = status === 'active';
  };

const someRequest = (forest: Forest, by: Membership): Request | undefined => {
  const all = [...forest.model.requests.values()];
  const seen = forest.random.chance(0.5) ? all.filter((one) => forest.model.seesRequest(by, one)) : [];
  return forest.random.maybe(seen.length ? seen : all);
};

const values = { what: 'screen', reason: 'because' };

const createRequest: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = someMaker(forest, 'offering.request');
  const tenant = random.chance(0.5) ? someSlug(forest) : undefined;
  const named = tenant === undefined ? { owner: by.contact.owner, verdict: null } : m.ownerForNew(by, tenant);
  // A draft of one's own tenant, in which one may not write, is refused as any other record is.
  const written = m.mayWrite(by, named.owner) ? null : readOnly;
  const legal = m.state !== 'on' || m.isLegal(named.owner, by.contact.owner, true) ? null : model.unknownReference;
  const refused = named.verdict ?? written ?? legal;
  const body = {
    offering: 'equipment',
    values: { ...values, reason: marked(forest, named.owner || 'public', 'reason') },
    tenant,
    submit: false,
  };
  const made = await forest.probe({ by, name: 'POST /requests', class: 'required', input: { body }, refused });
  if (made)
    m.requests.set(made.number, { number: made.number, owner: named.owner, requester: by.contact, draft: true });
};

const listRequests: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = random.of(forest.actors());
  const tenant = random.chance(0.3) ? someSlug(forest) : undefined;
  const mine = random.chance(0.3);
  await forest.probe({
    by,
    name: 'GET /requests',
    class: 'required',
    input: { query: { tenant, ...(mine ? { mine: 'true' } : {}), phase: 'draft', limit: 200 } },
    refused: tenant && !m.seesTenant(by, tenant) ? model.unknownTenant : null,
    check: ({ items }) => {
      const expected = [...m.requests.values()].filter(
        (r) =>
          r.draft && m.seesRequest(by, r) && (!tenant || r.owner === tenant) && (!mine || r.requester === by.contact),
      );
      return differenceOf(
        expected.map((r) => r.number),
        items.map((i: Body) => i.number),
      );
    },
  });
};

const readRequest: Step = async (forest) => {
  const by = forest.random.of(forest.actors());
  const request = someRequest(forest, by);
  const seen = request && forest.model.seesRequest(by, request);
  await forest.probe({
    by,
    name: 'GET /requests/:number',
    class: 'required',
    input: { params: { number: request?.number ?? 'ZZZ9-R999999' } },
    refused: seen ? null : model.absent,
  });
};

/** Drafts are their requester's alone. What becomes of requests beyond that is the catalog's tests' affair. */
const changeRequest =
  (name: string, body: object | undefined): Step =>
  async (forest) => {
    const { model: m } = forest;
    const by = forest.random.of(forest.actors());
    const request = someRequest(forest, by);
    const params = { number: request?.number ?? 'ZZZ9-R999999' };
    const version = await versionOf(forest, 'GET /requests/:number', params);
    const seen = request && m.seesRequest(by, request);
    const verdict = (): Verdict => {
      if (!seen) return model.absent;
      if (!m.mayWrite(by, request.owner)) return readOnly;
      return request.requester === by.contact ? null : { status: 403, type: 'request.not-yours' };
    };
    const refused = verdict();
    if (refused?.type !== 'not-found' && !m.gate(by, forest.accessOf(name))) {
      // Their state is not modelled: only that others than the requester never change them.
      if (request?.requester === by.contact || refused === readOnly || !name.startsWith('PUT /requests/:number/cancel'))
        return;
    }
    const input = { params, version, ...(body ? { body } : {}) };
    await forest.probe({ by, name, class: 'required', input, refused });
  };

const audit: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = random.of(forest.actors());
  const tenant = random.chance(0.4) ? someSlug(forest) : undefined;
  await forest.probe({
    by,
    name: 'GET /audit-entries',
    class: 'required',
    input: { query: { tenant, limit: 50 } },
    refused: tenant && !m.seesTenant(by, tenant) ? model.unknownTenant : null,
    check: ({ items }) =>
      items.flatMap((i: Body) => {
        if (!m.names(by)) return i.tenant ? ['names a tenant while off'] : [];
        // R1.8: who tried to sign in as nobody known is of no tenant.
        const unowned = m.state !== 'on' || (m.isProvider(by) && by.role.read === 'all');
        const seen = i.tenant ? m.seesTenant(by, i.tenant.slug) : unowned;
        return seen ? [] : [`shows an entry of ${i.tenant?.slug}`];
      })[0],
  });
};

/** Deactivates or reactivates a tenant by the offering (R9), as the administrator. */
export const lifeOfTenant: Step = async (forest) => {
  const { random, model: m } = forest;
  if (m.state === 'off') return;
  const tenant = random.of([...m.tenants.values()].filter((t) => t.slug !== m.provider));
  const action = tenant.status === 'active' ? 'deactivate' : 'reactivate';
  const refused = (): Verdict => {
    const children = [...m.tenants.values()].some((t) => t.parent === tenant.slug && t.status === 'active');
    if (action === 'deactivate') return children ? { status: 409, type: 'tenant.active-subtenants' } : null;
    const parent = m.tenants.get(tenant.parent ?? '');
    return parent && parent.status !== 'active' ? { status: 409, type: 'tenant.parent-inactive' } : null;
  };
  const version = await versionOf(forest, 'GET /tenants/:slug', { slug: tenant.slug });
  const values = { action, tenants: [tenant.slug], versions: [`${tenant.slug}:${version}`] };
  const done = await requested(forest, 'manage-tenants', values, refused());
  if (done) tenant.status = action === 'deactivate' ? 'inactive' : 'active';
};

/** R8.2, and the limits of a tenant: what its administrators are told, and its people asked. */
export const agreeWithTenant: Step = async (forest) => {
  const { random, model: m } = forest;
  if (m.state === 'off') return;
  const open = [...m.tenants.values()].filter((t) => t.slug !== m.provider && t.status === 'active');
  const tenant = random.maybe(open);
  if (!tenant) return;
  const statements = [...m.choices.values()].filter((one) => one.kind === 'terms-statements');
  const said = random.chance(0.5) ? random.maybe(statements) : undefined;
  const terms = said ?? random.of(['inherit', 'inherit', 'none'] as const);
  const callsPerMinute = 100_000 + ++forest.made;
  const version = await versionOf(forest, 'GET /tenants/:slug', { slug: tenant.slug });
  const values = {
    action: 'update',
    tenants: [tenant.slug],
    versions: [`${tenant.slug}:${version}`],
    callsPerMinute,
    ...(said ? { terms: 'statement', termsStatement: said.id } : { terms }),
    termsAsked: random.of(['once', 'sign-in']),
  };
  const refused = said && !m.isLegal(tenant.slug, said.owner) ? model.unknownReference : null;
  if (!(await requested(forest, 'manage-tenants', values, refused))) return;
  tenant.terms = terms;
  forest.limits.set(tenant.slug, callsPerMinute);
};

/** A request of the administrator's that is fulfilled at once. */
async function requested(forest: Forest, offering: string, values: object, refused: Verdict): Promise<boolean> {
  const by = forest.administrator;
  forest.installation.forget();
  const input = { body: { offering, values } } as never;
  const made = await forest.probe({ by, name: 'POST /requests', class: 'required', input, refused });
  if (!made) return false;
  await forest.installation.fulfil();
  const after = (await forest
    .clientOf(by)
    .call(endpointOf('GET /requests/:number'), { params: { number: made.number } } as never)) as Body;
  if (after.phase !== 'completed') throw new Error(`${made.number} is ${after.phase}: ${JSON.stringify(after.tasks)}`);
  return true;
}

/** R1.9: from each state to the others; from on with a preview and the provider's name, to on with the crossings cleared. */
export const turnSwitch: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = forest.administrator;
  if (m.state === 'on') {
    const state = random.of(['off', 'setup'] as const);
    const preview = await forest.probe({ by, name: 'POST /multi-tenancy/exposure-previews', class: 'untenanted' });
    const values = { state, previewId: preview.id, confirmation: m.tenants.get(m.provider)?.name };
    if (await requested(forest, 'multi-tenancy', values, null)) {
      m.state = state;
      forest.wasOff = true;
    }
    return;
  }
  const other = m.state === 'off' ? 'setup' : 'off';
  if (random.chance(0.4)) {
    if (await requested(forest, 'multi-tenancy', { state: other }, null)) m.state = other;
    return;
  }
  const crossings = m.crossings();
  const stays = crossings.some((one) => !one.clear);
  const refused = stays ? { status: 409, type: 'multi-tenancy.crossings' } : null;
  if (!(await requested(forest, 'multi-tenancy', { state: 'on', crossings: 'clear' }, refused))) return;
  for (const one of crossings) one.clear?.();
  m.state = 'on';
};

const notInSetup = { status: 409, type: 'multi-tenancy.not-in-setup' };

/** R1.4: the report is there in setup alone, for the provider's administrators. */
const readiness =
  (name: string): Step =>
  async (forest) => {
    const { random, model: m } = forest;
    const by = random.chance(0.3) ? forest.administrator : random.of(forest.actors());
    const refused = m.state === 'setup' && m.names(by) ? null : notInSetup;
    await forest.probe({ by, name, class: 'untenanted', refused });
  };

/** R1.6: a category, whose records nothing else rests on but tickets, goes to a tenant or to everybody. */
const assign =
  (name: string): Step =>
  async (forest) => {
    const { random, model: m } = forest;
    const by = random.chance(0.5) ? forest.administrator : random.of(forest.actors());
    const category = random.maybe([...m.choices.values()].filter(({ kind }) => kind === 'categories'));
    const open = [...m.tenants.values()].filter(({ status }) => status === 'active');
    const to = random.chance(0.3) ? 'public' : random.of(open).slug;
    const isPreview = name.endsWith('previews');
    if (!category) return;
    const inState = isPreview ? m.state !== 'on' : m.state === 'setup';
    const may = m.isProvider(by) && (m.state === 'setup' || m.has(by, 'solution.administer'));
    const notTheirs = may ? null : { status: 403, type: 'multi-tenancy.not-yours' };
    const rules = [`record/desk.categories/${category.id}=${to}`];
    const done = await forest.probe({
      by,
      name,
      class: 'untenanted',
      input: { body: { rules } },
      refused: inState ? notTheirs : notInSetup,
      check: ({ records }) => (isPreview || records <= 1 ? undefined : `gave ${records} records`),
    });
    if (isPreview || done?.records !== 1) return;
    forest.takeAlong(category.owner, to);
    category.owner = to;
  };

const preview: Step = async (forest) => {
  const by = forest.random.of(forest.actors());
  const isOn = forest.model.state === 'on';
  const needed = by.role.read === 'all' ? null : { status: 403, type: 'multi-tenancy.all-tenants-needed' };
  const refused = isOn ? needed : { status: 409, type: 'multi-tenancy.not-on' };
  const name = 'POST /multi-tenancy/exposure-previews';
  if (forest.model.gate(by, 'solution.administer')) await forest.probe({ by, name, class: 'untenanted', refused });
  else if (by.contact.owner === forest.model.provider && by === forest.administrator)
    await forest.probe({ by, name, class: 'untenanted', refused });
};

const solution =
  (name: string): Step =>
  async (forest) => {
    const { random, model: m } = forest;
    const by = random.chance(0.3) ? forest.administrator : random.of(forest.actors());
    await forest.probe({
      by,
      name,
      class: 'untenanted',
      check: (body) => (name === 'GET /multi-tenancy' && body.state !== m.state ? `is ${body.state}` : undefined),
    });
  };

const setOptions: Step = async (forest) => {
  const { random } = forest;
  const by = random.chance(0.3) ? forest.administrator : random.of(forest.actors());
  const version = await versionOf(forest, 'GET /options', {});
  const body = { productName: `Product ${random.below(100)}`, greatestTenants: null, greatestDepth: 12 };
  await forest.probe({ by, name: 'PUT /options', class: 'untenanted', input: { version, body } });
};

export const tenancySteps: Record<string, Step> = {
  'GET /tenants': listTenants,
  'GET /tenant-choices': tenantChoices,
  'GET /tenants/:slug': readTenant('GET /tenants/:slug'),
  'GET /tenants/:slug/active-subtree': readTenant('GET /tenants/:slug/active-subtree'),
  'PUT /tenants/:slug/parent': move,
  'GET /tenants/:slug/move-preview': foretell('GET /tenants/:slug/move-preview'),
  'GET /tenants/:slug/stranded-references': foretell('GET /tenants/:slug/stranded-references'),
  'GET /tenant-groups': listGroups,
  'GET /tenant-groups/:id': readGroup,
  'POST /tenant-groups': addGroup,
  'PATCH /tenant-groups/:id': changeGroup('PATCH /tenant-groups/:id'),
  'GET /tenant-groups/:id/members': listGroupMembers,
  'PUT /tenant-groups/:id/members/:slug': changeGroupMember('PUT /tenant-groups/:id/members/:slug'),
  'DELETE /tenant-groups/:id/members/:slug': changeGroupMember('DELETE /tenant-groups/:id/members/:slug'),
  'PUT /tenant-groups/:id/members': changeGroup('PUT /tenant-groups/:id/members'),
  'POST /requests': createRequest,
  'GET /requests': listRequests,
  'GET /requests/:number': readRequest,
  'PUT /requests/:number': changeRequest('PUT /requests/:number', { values }),
  'PUT /requests/:number/submission': changeRequest('PUT /requests/:number/submission', undefined),
  'PUT /requests/:number/cancellation': changeRequest('PUT /requests/:number/cancellation', undefined),
  'PUT /requests/:number/approval': changeRequest('PUT /requests/:number/approval', { decision: 'approved' }),
  'PUT /requests/:number/retry': changeRequest('PUT /requests/:number/retry', undefined),
  'GET /audit-entries': audit,
  'GET /multi-tenancy': solution('GET /multi-tenancy'),
  'POST /multi-tenancy/exposure-previews': preview,
  'GET /multi-tenancy/readiness': readiness('GET /multi-tenancy/readiness'),
  'GET /multi-tenancy/readiness/export': readiness('GET /multi-tenancy/readiness/export'),
  'POST /multi-tenancy/assignment-previews': assign('POST /multi-tenancy/assignment-previews'),
  'POST /multi-tenancy/assignments': assign('POST /multi-tenancy/assignments'),
  'GET /options': solution('GET /options'),
  'PUT /options': setOptions,
};
