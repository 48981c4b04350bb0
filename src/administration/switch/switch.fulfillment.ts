import type { Fulfillment } from '../../catalog/fulfillment/fulfillment.ts';
import type { Tx } from '../../platform/units.ts';
import { providerOwner } from '../../tenancy/owners.ts';
import {
  disableMultiTenancy,
  enableMultiTenancy,
  enterSetup,
  judgeSwitch,
  refuseOutdated,
  type Switching,
} from '../../tenancy/switch/switch.ts';
import { prepareTenant } from '../tenants/tenant-parts.ts';

/** R1.2, R1.4, R1.6, R1.7: the switch, changed by a request like any other. */
export const switchFulfillment: Fulfillment = {
  judge: async (tx, values) => {
    await judgeSwitch(tx, values as unknown as Switching);
    return {};
  },
  parts: [
    {
      name: 'switch',
      product: { en: 'Tenancy', es: 'Clientes' },
      label: { en: 'Change the switch', es: 'Cambiar el estado' },
      onlyNow: true,
      run: async (tx, { values, owner, submittedAt }) => {
        await refuseOutdated(tx, submittedAt);
        await change(tx, { ...(values as unknown as Switching), asked: owner });
        return {};
      },
    },
  ],
};

async function change(tx: Tx, wanted: Switching): Promise<void> {
  if (wanted.state === 'off') return disableMultiTenancy(tx, wanted);
  if (wanted.state === 'setup') await enterSetup(tx, wanted);
  else await enableMultiTenancy(tx, wanted);
  // The provider is a tenant like any other: its products prepare their parts, too.
  await prepareTenant(tx, providerOwner);
}
