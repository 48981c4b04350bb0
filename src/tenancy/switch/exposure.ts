import { newId } from '../../platform/ids.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { providerOwner } from '../owners.ts';
import { refuseTenancy } from '../tenancy.refusals.ts';
import type { ExposurePreview } from './switch.api.ts';
import { type Exposed, findExposure, findSolution } from './switch.queries.ts';

const mostShown = 200;

/** R1.7: shows what disabling would make visible to whom, and keeps the figures under an id that the submission carries. */
export async function previewDisabling(tx: Tx): Promise<ExposurePreview> {
  const { multi_tenancy: state } = await findSolution(tx);
  if (state !== 'on') refuseTenancy('multi-tenancy.not-on');
  refuseWithoutAllTenants(tx);
  const figures = await findExposure(tx);
  const id = newId();
  const madeAt = new Date();
  await tx.q
    .insertInto('tenancy.exposure_previews')
    .values({
      owner_id: providerOwner,
      id,
      made_at: madeAt,
      made_by: tx.scope.personId,
      figures: JSON.stringify(figures),
    })
    .execute();
  await tx.record('multi-tenancy.exposure-previewed', { kind: 'solution', id, label: '', owner: providerOwner });
  return viewOf(id, madeAt, figures);
}

/** R1.7, R5.5: to turn the walls off is to let oneself see everything. */
export function refuseWithoutAllTenants({ scope }: Tx): void {
  if (scope.reach !== 'all') refuseTenancy('multi-tenancy.all-tenants-needed');
}

/**
 * The exposure now must be none that the preview did not show, tenant by tenant.
 * @param asked the tenant of the request that asks for it: a record more, which nobody needs to be shown.
 */
export async function refuseGrownExposure(tx: Tx, previewId: string | undefined, asked?: number): Promise<void> {
  const preview = previewId
    ? await tx.q
        .selectFrom('tenancy.exposure_previews')
        .select('figures')
        .where('id', '=', previewId)
        // Seen by whoever asks, and not long ago: a day is enough for an approval.
        .where('made_by', '=', tx.scope.personId)
        .where('made_at', '>', daysAgo(1))
        .executeTakeFirst()
    : undefined;
  if (!preview)
    return refuse('invalid', {
      count: 1,
      errors: [
        {
          pointer: '/values/previewId',
          detail: { en: 'Look at the preview first.', es: 'Consulte antes la vista previa.' },
        },
      ],
    });
  const shown = new Map((preview.figures as Exposed[]).map((one) => [one.owner, one.people * one.records]));
  for (const now of await findExposure(tx)) {
    const records = now.records - (now.owner === asked ? 1 : 0);
    if (now.people * records > (shown.get(now.owner) ?? 0)) refuseTenancy('multi-tenancy.exposure-grown');
  }
}

function daysAgo(days: number): Date {
  return new Date(Date.now() - days * 86_400_000);
}

function viewOf(id: string, madeAt: Date, figures: Exposed[]): ExposurePreview {
  const greatest = figures
    .toSorted((one, other) => other.people * other.records - one.people * one.records)
    .slice(0, mostShown);
  return {
    id,
    madeAt: madeAt.toISOString(),
    tenants: greatest.map(({ tenant, records, people }) => ({ tenant, records, people })),
    tenantCount: figures.length,
    records: figures.reduce((sum, one) => sum + one.records, 0),
    exposure: figures.reduce((sum, one) => sum + one.records * one.people, 0),
  };
}
