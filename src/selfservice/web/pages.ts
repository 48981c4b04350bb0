import { type PageEntry, page } from '../../web/pageEntry.ts';

export const selfservicePages: readonly PageEntry[] = [
  page('selfservice', '/', () => import('./HomePage.tsx'), 'HomePage', { nav: 'nav.home' }),
];
