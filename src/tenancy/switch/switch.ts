import { attempt } from '../../platform/attempt.ts';
import type { Tx } from '../../platform/database.ts';
import { foldName } from '../../platform/fold.ts';
import { refuse } from '../../platform/refusals.ts';
import { providerOwner } from '../owners.ts';
import { refuseTenancy } from '../tenancy.refusals.ts';
import { insertProvider } from '../tenants/tenants.ts';
import { refuseGrownExposure } from './exposure.ts';
import type { Crossing } from './switch.api.ts';
import * as queries from './switch.queries.ts';

export type CrossingRule = 'refuse' | 'publish' | 'clear';

export interface Enabling {
  /** Needed where there is no provider yet (R1.6). */
  providerName?: string | undefined;
  /** What becomes of references outside the line (R6.6). */
  crossings?: CrossingRule | undefined;
  /** What becomes of single ones, before the rule: `desk.tickets/category/<id>=publish`; also `clear` and `give`. */
  resolutions?: readonly string[] | undefined;
}

/**
 * R1.6: creates the provider where there is none, gives it everything that has no tenant, people included (R2.5), resolves
 * the crossings by the rule, and turns the walls on, all in one unit of work.
 * @throws Refusal `multi-tenancy.crossings` with the first of them when the rule leaves any.
 */
export async function enableMultiTenancy(tx: Tx, wanted: Enabling): Promise<{ assigned: number }> {
  if ((await queries.lockSwitch(tx)) === 'on') refuseTenancy('multi-tenancy.already-on');
  await makeProviderIfNone(tx, wanted.providerName);
  const assigned = await queries.assignUnowned(tx, providerOwner);
  for (const one of wanted.resolutions ?? []) await queries.resolveCrossing(tx, resolutionOf(one));
  if (wanted.crossings && wanted.crossings !== 'refuse') await queries.resolveCrossings(tx, wanted.crossings);
  await refuseCrossings(tx);
  await queries.turnOn(tx);
  await tx.record(
    'multi-tenancy.enabled',
    { kind: 'solution', id: null, label: '', owner: providerOwner },
    { assigned },
  );
  tx.changed('switch', providerOwner);
  return { assigned };
}

const nameTheProvider = { en: 'name the service provider', es: 'indique el proveedor de servicios' };

async function makeProviderIfNone(tx: Tx, name: string | undefined): Promise<void> {
  const { provider } = await queries.findSolution(tx);
  if (provider !== null) return;
  if (!name || !foldName(name))
    refuse('invalid', { count: 1, errors: [{ pointer: '/values/providerName', detail: nameTheProvider }] });
  await insertProvider(tx, name as string);
}

function resolutionOf(text: string): queries.Resolution {
  const [place, rule] = text.split('=') as [string, string];
  const [kind, field, id] = place.split('/') as [string, string, string];
  return { kind, field, id, rule };
}

const crossingsShown = 50;

async function refuseCrossings(tx: Tx): Promise<void> {
  const crossings = await queries.findCrossings(tx, crossingsShown + 1);
  if (!crossings.length) return;
  const shown = crossings.slice(0, crossingsShown).map(
    (one): Crossing => ({
      kind: one.table_name,
      id: one.id,
      field: one.field,
      label: one.label,
      target: one.target_label,
      from: one.tenant,
      to: one.target_tenant,
      rules: [
        ...(one.publishable ? (['publish', 'give'] as const) : []),
        ...(one.clearable ? (['clear'] as const) : []),
      ],
    }),
  );
  refuseTenancy('multi-tenancy.crossings', {
    count: shown.length,
    more: String(crossings.length > crossingsShown),
    crossings: shown,
  });
}

export interface Disabling {
  previewId: string;
  /** The provider's name, typed by whoever confirms (R1.7). */
  confirmation: string;
  /** The tenant of the request that asks for it. */
  asked?: number | undefined;
}

/** A request that waited or was stuck must not change the switch once somebody has changed it since: they meant it so. */
export async function refuseOutdated(tx: Tx, submittedAt: Date | null): Promise<void> {
  const { changed_at: changedAt } = await queries.findSolution(tx);
  if (submittedAt && changedAt > submittedAt) refuseTenancy('multi-tenancy.changed-since');
}

/** R1.7: only what the preview showed is exposed; tenants, memberships and the tenant of every record stay. */
export async function disableMultiTenancy(tx: Tx, wanted: Disabling): Promise<void> {
  if ((await queries.lockSwitch(tx)) !== 'on') refuseTenancy('multi-tenancy.not-on');
  await refuseUnconfirmed(tx, wanted.confirmation);
  await refuseGrownExposure(tx, wanted.previewId, wanted.asked);
  await queries.turnOff(tx);
  await tx.record(
    'multi-tenancy.disabled',
    { kind: 'solution', id: null, label: '', owner: providerOwner },
    { previewId: wanted.previewId },
  );
  tx.changed('switch', providerOwner);
}

async function refuseUnconfirmed(tx: Tx, typed: string): Promise<void> {
  const { provider } = await queries.findSolution(tx);
  if (foldName(typed) === foldName(provider ?? '')) return;
  refuse('invalid', {
    count: 1,
    errors: [
      {
        pointer: '/values/confirmation',
        detail: { en: 'type the service provider’s name', es: 'escriba el nombre del proveedor de servicios' },
      },
    ],
  });
}

/** What the submission of a request to change the switch is judged by, without changing anything: R6.6 lists the crossings here. */
export async function judgeSwitch(tx: Tx, values: { state: string } & Enabling & Partial<Disabling>): Promise<void> {
  const { multi_tenancy: state, provider } = await queries.findSolution(tx);
  if (values.state === 'on') {
    if (state === 'on') refuseTenancy('multi-tenancy.already-on');
    if (provider === null && !foldName(values.providerName ?? '')) {
      refuse('invalid', {
        count: 1,
        errors: [{ pointer: '/values/providerName', detail: nameTheProvider }],
      });
    }
    // Before there is a provider nothing has a tenant, and nothing can cross: no need to try it with all there is.
    if (provider !== null) await attempt(tx, (quiet) => enableMultiTenancy(quiet, values));
    return;
  }
  if (state !== 'on') refuseTenancy('multi-tenancy.not-on');
  await refuseUnconfirmed(tx, values.confirmation ?? '');
  await refuseGrownExposure(tx, values.previewId);
}

export async function multiTenancyOf(tx: Tx) {
  const solution = await queries.findSolution(tx);
  return {
    state: solution.multi_tenancy as 'off' | 'setup' | 'on',
    hasProvider: solution.provider !== null,
    provider: tx.scope.tenancy === 'off' ? null : solution.provider,
    changedAt: solution.changed_at.toISOString(),
    unassigned: solution.multi_tenancy === 'on' ? 0 : await queries.countUnassigned(tx),
  };
}
