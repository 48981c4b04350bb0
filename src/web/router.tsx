import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  retainSearchParams,
} from '@tanstack/react-router';
import { parseAddressQuery, writeAddressQuery } from '../ui/urlState.ts';
import type { PageEntry, ShellName } from './pageEntry.ts';
import { pages } from './pages.ts';
import { CrashPage, FailedPage, LostPage, WaitingPage } from './shells/OtherPages.tsx';
import { PersonGate } from './shells/PersonGate.tsx';
import { VisitorShell } from './shells/VisitorShell.tsx';

interface AddressQuery {
  /** The tenant focus (R5.1): goes along from page to page. */
  tenant?: string;
  [name: string]: string | undefined;
}

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: LostPage,
  validateSearch: (search: Record<string, unknown>) => search as AddressQuery,
  search: { middlewares: [retainSearchParams(['tenant'])] },
});

const visitor = createRoute({ getParentRoute: () => root, id: 'visitor', component: VisitorShell });
const person = createRoute({ getParentRoute: () => root, id: 'person', component: PersonGate });

function shell(name: ShellName, load: () => Promise<Record<string, unknown>>, component: string) {
  return createRoute({
    getParentRoute: () => person,
    id: name,
    component: lazyRouteComponent(load as never, component as never),
  });
}

const shells = {
  visitor,
  selfservice: shell('selfservice', () => import('./shells/SelfServiceShell.tsx'), 'SelfServiceShell'),
  workspace: shell('workspace', () => import('./shells/SideShell.tsx'), 'WorkspaceShell'),
  administration: shell('administration', () => import('./shells/SideShell.tsx'), 'AdministrationShell'),
};

function routeOf(entry: PageEntry) {
  return createRoute({
    getParentRoute: () => shells[entry.shell],
    path: entry.path,
    staticData: { when: entry.when, closed: entry.closed },
    component: lazyRouteComponent(entry.load as never, 'component' as never),
    errorComponent: FailedPage,
  });
}

const of = (name: ShellName) => pages.filter((entry) => entry.shell === name).map(routeOf);

export const router = createRouter({
  routeTree: root.addChildren([
    visitor.addChildren(of('visitor')),
    person.addChildren([
      shells.selfservice.addChildren(of('selfservice')),
      shells.workspace.addChildren(of('workspace')),
      shells.administration.addChildren(of('administration')),
    ]),
  ]),
  parseSearch: parseAddressQuery,
  stringifySearch: writeAddressQuery,
  defaultPreload: 'intent',
  defaultErrorComponent: CrashPage,
  defaultPendingComponent: WaitingPage,
  defaultPendingMs: 300,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    when?: PageEntry['when'];
    closed?: PageEntry['closed'];
  }
}
