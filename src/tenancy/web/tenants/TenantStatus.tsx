import { Status, type Tone } from '../../../ui/Status.tsx';
import { useText } from '../../../web/text.ts';
import type { TenantSummary } from '../../tenants/tenants.api.ts';

type StatusName = TenantSummary['status'];

export const tenantStatuses: readonly StatusName[] = ['active', 'provisioning', 'inactive'];
const tones: Record<StatusName, Tone> = { active: 'good', provisioning: 'waiting', inactive: 'neutral' };

export function TenantStatus({ status }: { status: StatusName }) {
  const text = useText();
  return <Status tone={tones[status]}>{text(`tenant.status.${status}`)}</Status>;
}
