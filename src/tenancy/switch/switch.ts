import { attempt } from '../../platform/attempt.ts';
import { foldName } from '../../platform/fold.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { providerOwner } from '../owners.ts';
import { refuseTenancy } from '../tenancy.refusals.ts';
import { insertProvider } from '../tenants/tenants.ts';
import { assignByRules } from './assignment.ts';
import { crossingsOf } from './crossings.ts';
import { refuseGrownExposure, refuseWithoutAllTenants } from './exposure.ts';
import * as queries from './switch.queries.ts';

export type CrossingRule = 'refuse' | 'publish' | 'clear';

export interface Enabling {
  /** Needed where there is no provider yet (R1.6). */
  providerName?: string | undefined;
  /** What becomes of references outside the line (R6.6). */
  crossings?: CrossingRule | undefined;
  /** What becomes of single ones, before the rule: `desk.tickets/category/<id>=publish`; also `clear` and `give`. */
  resolutions?: readonly string[] | undefined;
  /** Whose the records without a tenant become, by rule; the rest is the provider's (R1.6). */
  assignment?: readonly string[] | undefined;
}

/**
 * R1.6: creates the provider where there is none, gives what has no tenant to tenants by the rules and all the rest to the
 * provider, people included (R2.5), resolves the crossings, and turns the walls on, all in one unit of work.
 * @throws Refusal `multi-tenancy.crossings` with the first of them when the rule leaves any.
 */
export async function enableMultiTenancy(tx: Tx, wanted: Enabling): Promise<{ assigned: number }> {
  if ((await queries.lockSwitch(tx)) === 'on') refuseTenancy('multi-tenancy.already-on');
  await makeProviderIfNone(tx, wanted.providerName);
  await assignByRules(tx, wanted.assignment ?? [], '/values/assignment');
  const assigned = await queries.assignUnowned(tx, providerOwner);
  for (const one of wanted.resolutions ?? []) await queries.resolveCrossing(tx, resolutionOf(one));
  if (wanted.crossings && wanted.crossings !== 'refuse') await queries.resolveCrossings(tx, wanted.crossings);
  await refuseCrossings(tx);
  await queries.turnOn(tx);
  await recordSwitch(tx, 'multi-tenancy.enabled', { assigned });
  return { assigned };
}

const nameTheProvider = { en: 'Name the service provider.', es: 'Indique el proveedor de servicios.' };

async function makeProviderIfNone(tx: Tx, name: string | undefined): Promise<void> {
  const { provider } = await queries.findSolution(tx);
  refuseNameless(provider, name);
  if (provider === null) await insertProvider(tx, name as string);
}

function refuseNameless(provider: string | null, name: string | undefined): void {
  if (provider !== null || foldName(name ?? '')) return;
  refuse('invalid', { count: 1, errors: [{ pointer: '/values/providerName', detail: nameTheProvider }] });
}

function resolutionOf(text: string): queries.Resolution {
  const [place, rule] = text.split('=') as [string, string];
  const [kind, field, id] = place.split('/') as [string, string, string];
  return { kind, field, id, rule };
}

async function refuseCrossings(tx: Tx): Promise<void> {
  const { crossings, more } = await crossingsOf(tx);
  if (crossings.length)
    refuseTenancy('multi-tenancy.crossings', { count: crossings.length, more: String(more), crossings });
}

export interface Disabling {
  /** Needed, as the confirmation is, where it is on. */
  previewId?: string | undefined;
  /** The provider's name, typed by whoever confirms (R1.7). */
  confirmation?: string | undefined;
  /** The tenant of the request that asks for it. */
  asked?: number | undefined;
}

/** A request that waited or was stuck must not change the switch once somebody has changed it since: they meant it so. */
export async function refuseOutdated(tx: Tx, submittedAt: Date | null): Promise<void> {
  const { changed_at: changedAt } = await queries.findSolution(tx);
  if (submittedAt && changedAt > submittedAt) refuseTenancy('multi-tenancy.changed-since');
}

/**
 * R1.7: only what the preview showed is exposed; tenants, memberships and the tenant of every record stay. From setup
 * nothing becomes visible that was not, so nothing is previewed.
 */
export async function disableMultiTenancy(tx: Tx, wanted: Disabling): Promise<void> {
  const state = await queries.lockSwitch(tx);
  if (state === 'off') refuseTenancy('multi-tenancy.not-on');
  if (state === 'on') await refuseUnseen(tx, wanted);
  await queries.turnOff(tx);
  await recordSwitch(tx, 'multi-tenancy.disabled', { from: state, previewId: wanted.previewId });
}

/**
 * R1.4: to setup, from off with the provider named where there is none (R1.6), from on like a disabling (R1.9): the walls fall for
 * everybody.
 */
export async function enterSetup(tx: Tx, wanted: Disabling & Pick<Enabling, 'providerName'>): Promise<void> {
  const state = await queries.lockSwitch(tx);
  if (state === 'setup') refuseTenancy('multi-tenancy.already-in-setup');
  if (state === 'on') await refuseUnseen(tx, wanted);
  await makeProviderIfNone(tx, wanted.providerName);
  await queries.enterSetup(tx);
  await recordSwitch(tx, 'multi-tenancy.set-up', { from: state, previewId: wanted.previewId });
}

async function refuseUnseen(tx: Tx, { confirmation, previewId, asked }: Disabling): Promise<void> {
  refuseWithoutAllTenants(tx);
  await refuseUnconfirmed(tx, confirmation ?? '');
  await refuseGrownExposure(tx, previewId, asked);
}

async function recordSwitch(tx: Tx, action: string, details: Record<string, unknown>): Promise<void> {
  await tx.record(action, { kind: 'solution', id: null, label: '', owner: providerOwner }, details);
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
        detail: { en: 'Type the service provider’s name.', es: 'Escriba el nombre del proveedor de servicios.' },
      },
    ],
  });
}

export type Switching = { state: 'off' | 'setup' | 'on' } & Enabling & Disabling;

/** What the submission of a request to change the switch is judged by, without changing anything: R6.6 lists the crossings here. */
export async function judgeSwitch(tx: Tx, values: Switching): Promise<void> {
  const { multi_tenancy: state, provider } = await queries.findSolution(tx);
  if (values.state === state) refuseTenancy(sameState[values.state]);
  if (values.state !== 'off') refuseNameless(provider, values.providerName);
  // Before there is a provider nothing has a tenant, and nothing can cross unless a rule says so: no need to try it with all there is.
  if (values.state === 'on' && (provider !== null || values.assignment?.length))
    await attempt(tx, (quiet) => enableMultiTenancy(quiet, values));
  if (state === 'on') await refuseUnseen(tx, values);
}

const sameState = {
  off: 'multi-tenancy.not-on',
  setup: 'multi-tenancy.already-in-setup',
  on: 'multi-tenancy.already-on',
} as const;

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
