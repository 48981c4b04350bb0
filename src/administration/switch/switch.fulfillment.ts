import type { Fulfillment } from '../../catalog/fulfillment/fulfillment.ts';
import { providerOwner } from '../../tenancy/owners.ts';
import {
  type Disabling,
  disableMultiTenancy,
  type Enabling,
  enableMultiTenancy,
  judgeSwitch,
  refuseOutdated,
} from '../../tenancy/switch/switch.ts';
import { prepareTenant } from '../tenants/tenant-parts.ts';

type Values = { state: 'on' | 'off' } & Enabling & Partial<Disabling>;

/** R1.2, R1.6, R1.7: the switch, changed by a request like any other. */
export const switchFulfillment: Fulfillment = {
  judge: async (tx, values) => {
    await judgeSwitch(tx, values as unknown as Values);
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
        const wanted = values as unknown as Values;
        if (wanted.state === 'off') {
          await disableMultiTenancy(tx, {
            previewId: wanted.previewId ?? '',
            confirmation: wanted.confirmation ?? '',
            asked: owner,
          });
          return {};
        }
        await enableMultiTenancy(tx, wanted);
        // The provider is a tenant like any other: its products prepare their parts, too.
        await prepareTenant(tx, providerOwner);
        return {};
      },
    },
  ],
};
