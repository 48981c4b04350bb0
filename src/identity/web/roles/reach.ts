import type { Say } from '../../../web/text.ts';
import type { Role } from '../../roles/roles.api.ts';

/** “Own tenant and what is below”, or which named tenant or group. */
export function reachInWords(role: Role, kind: 'read' | 'write', text: Say): string {
  const reach = kind === 'read' ? role.readReach : role.writeReach;
  if (reach === 'tenant')
    return text('role.reach.tenant-named', {
      name: (kind === 'read' ? role.readTenant : role.writeTenant)?.name ?? '?',
    });
  if (reach === 'group')
    return text('role.reach.group-named', { name: (kind === 'read' ? role.readGroup : role.writeGroup)?.name ?? '?' });
  return text(`role.reach.${reach}`);
}
