import { patternText } from '../../platform/patterns.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Scope } from '../../platform/scope.ts';
import type { Tx } from '../../platform/units.ts';
import { mayWrite } from '../../tenancy/placement.ts';
import { countApprovers } from '../approvals/approvals.queries.ts';
import type { FormField, FormSchema } from '../catalog.fields.ts';
import { refuseCatalog } from '../catalog.refusals.ts';
import { fulfillmentOf } from '../fulfillment/fulfillment.ts';
import type { Offering } from './offerings.api.ts';
import { findOffering, findOfferings, type OfferingRow, setOfferingApproval } from './offerings.queries.ts';

/** R4.1: an administrative offering exists only for those whose role may administer, and does what it does. */
export function mayRequest(
  scope: Scope,
  offering: Pick<OfferingRow, 'administrative' | 'required_function' | 'fulfillment'>,
): boolean {
  if (offering.administrative && !scope.functions.includes('administration.request')) return false;
  if (offering.required_function && !scope.functions.includes(offering.required_function)) return false;
  return fulfillmentOf(offering.fulfillment).offered?.(scope) ?? true;
}

export async function catalogOf(tx: Tx) {
  const allowed = (await findOfferings(tx)).filter((offering) => mayRequest(tx.scope, offering));
  const categories = [...Map.groupBy(allowed, (offering) => offering.category_key).values()].map((offerings) => {
    const { category_key: key, category_name: name, administrative } = offerings[0] as OfferingRow;
    return {
      key,
      name,
      administrative,
      offerings: offerings.map(({ key, name, summary, icon }) => ({ key, name, summary, icon })),
    };
  });
  return { categories };
}

/** @throws Refusal `not-found` for what is absent, out of reach or not allowed (R5.4). */
export async function requestableOffering(tx: Tx, key: string): Promise<OfferingRow> {
  const row = await findOffering(tx, key);
  return row && mayRequest(tx.scope, row) ? row : refuse('not-found');
}

export async function offeringOf(tx: Tx, key: string): Promise<Offering> {
  const row = await requestableOffering(tx, key);
  return {
    key: row.key,
    name: row.name,
    summary: row.summary,
    icon: row.icon,
    version: row.version,
    category: { key: row.category_key, name: row.category_name, administrative: row.administrative },
    description: row.description,
    form: withFaults(row.form),
    approval: row.approval as Offering['approval'],
    can: {
      request: true,
      changeApproval: tx.scope.functions.includes('solution.administer') && mayWrite(tx.scope, row.owner_id),
    },
  };
}

/** The browser judges a pattern before anything is sent, and says what the server would say. */
function withFaults(form: FormSchema): FormSchema {
  const told = ([name, field]: [string, FormField]): [string, FormField] => {
    const fault = field.pattern === undefined ? undefined : patternText(field.pattern);
    return [name, fault ? { ...field, 'x-fault': fault } : field];
  };
  return { ...form, properties: Object.fromEntries(Object.entries(form.properties).map(told)) };
}

export const approvalsNeeded: Record<string, number> = { none: 0, one: 1, 'four-eyes': 2 };

/** R4.3: a rule that too few other people can satisfy cannot be saved. */
export async function setApproval(tx: Tx, key: string, version: number, approval: string): Promise<Offering> {
  const row = await requestableOffering(tx, key);
  const needed = approvalsNeeded[approval] ?? 0;
  const present = Math.max(0, (await countApprovers(tx)) - 1);
  if (present < needed) refuseCatalog('approval.too-few-people', { needed, present });
  if (!(await setOfferingApproval(tx, row, version, approval)))
    refuse((await requestableOffering(tx, key)).version === version ? 'read-only' : 'version-stale');
  await tx.record(
    'offering.approval-set',
    { kind: 'offering', id: row.id, label: row.name.en, owner: tx.scope.ownerId },
    { from: row.approval, to: approval },
  );
  return offeringOf(tx, key);
}
