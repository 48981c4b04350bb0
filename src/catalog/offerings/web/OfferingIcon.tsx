import {
  IconBox,
  IconBuildingPlus,
  IconBuildings,
  IconDeviceLaptop,
  IconKey,
  IconShield,
  IconShieldPlus,
  IconSwitchHorizontal,
  IconUserPlus,
  IconUsers,
} from '@tabler/icons-react';
import css from './Offerings.module.css';

const icons: Record<string, typeof IconBox> = {
  box: IconBox,
  building: IconBuildingPlus,
  buildings: IconBuildings,
  'device-laptop': IconDeviceLaptop,
  key: IconKey,
  shield: IconShieldPlus,
  shields: IconShield,
  switch: IconSwitchHorizontal,
  'user-plus': IconUserPlus,
  users: IconUsers,
};

/** By its name in the catalog; a box for names that are not known. */
export function OfferingIcon({ name, size = 22 }: { name: string; size?: number }) {
  const Icon = icons[name] ?? IconBox;
  return (
    <span className={css.icon} aria-hidden>
      <Icon size={size} stroke={1.6} />
    </span>
  );
}
