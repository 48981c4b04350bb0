import {
  IconBox,
  IconBuilding,
  IconBuildingPlus,
  IconBuildings,
  IconDeviceLaptop,
  IconKey,
  IconShieldPlus,
  IconSitemap,
  IconSwitchHorizontal,
  IconUserCog,
  IconUserPlus,
  IconUsers,
} from '@tabler/icons-react';
import css from './Offerings.module.css';

const icons: Record<string, typeof IconBox> = {
  box: IconBox,
  building: IconBuilding,
  'building-plus': IconBuildingPlus,
  buildings: IconBuildings,
  laptop: IconDeviceLaptop,
  key: IconKey,
  'shield-plus': IconShieldPlus,
  sitemap: IconSitemap,
  switch: IconSwitchHorizontal,
  'user-cog': IconUserCog,
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
