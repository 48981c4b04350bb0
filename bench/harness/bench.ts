import { openRecorder } from '../floor/capture.ts';
import { type Script, scriptOf } from '../floor/scripts.ts';
import type { FloorSettings } from '../floor/server.ts';
import { type PlannedTenant, type Size, sizes } from '../generator/forest.ts';
import { everybodysPassword } from '../generator/loading-people.ts';
import { type PlannedPerson, planPeople } from '../generator/people.ts';
import { type Caller, type PlainRequest, signInAs } from './caller.ts';
import type { Cluster } from './cluster.ts';
import { administrator, type Prepared, prepareInstallation, providerSlug } from './installations.ts';
import { bypassingLogin } from './logins.ts';
import { Clients, type Target, type Wanted } from './measuring.ts';
import { type Program, startProgram, startTenantry } from './program.ts';

/** A case: what it measures, as lines of the table. */
export interface Case {
  name: string;
  /** Takes longer than a quick run has. */
  long?: boolean;
  run(bench: Bench): Promise<import('./lines.ts').Line[]>;
}

/** An installation with the program running on it. */
export interface Site {
  size: Size['name'];
  prepared: Prepared;
  program: Program;
  /** The first tenant of a branch; null: this forest has no such branch. */
  tenant(branch: string): PlannedTenant | null;
  people(tenant: Pick<PlannedTenant, 'owner'>): PlannedPerson[];
  /** Signed in: of a branch's first tenant, or one of the provider's by its user name. */
  actor(who: { branch: string; place?: number } | { provider: string }): Promise<Caller>;
  /** The analyst of any tenant. */
  analystOf(tenant: PlannedTenant): Promise<Caller>;
  administrator(): Promise<Caller>;
  target(name: string, requests: PlainRequest[]): Target;
}

export interface Bench {
  quick: boolean;
  rounds: number;
  /** Milliseconds of a round. */
  round: number;
  cluster: Cluster;
  clients: Clients;
  /** The greatest installation of this run. */
  greatest: Size['name'];
  site(size: Size['name']): Promise<Site>;
  /** What the program's requests are compared with: starts a process that answers the same statements. */
  floor(site: Site, scripts: Record<string, Script>): Promise<Program>;
  /** The statements of requests, recorded from the program's own code. */
  record(site: Site, requests: Record<string, PlainRequest>): Promise<Record<string, Script>>;
  wanted(clients: number): Wanted;
  say(line: string): void;
  close(): Promise<void>;
}

export function openBench(
  cluster: Cluster,
  { quick, greatest }: Pick<Bench, 'quick' | 'greatest'>,
  say: Bench['say'],
): Bench {
  const sites = new Map<string, Promise<Site>>();
  const floors: Program[] = [];
  const round = Number(process.env.BENCH_ROUND ?? (quick ? 400 : 2000));
  return {
    quick,
    rounds: Number(process.env.BENCH_ROUNDS ?? 5),
    round,
    cluster,
    clients: new Clients(cluster.postmaster),
    greatest,
    say,
    wanted: (clients) => ({ clients, milliseconds: round, least: 20 * clients }),
    site(size) {
      const open = sites.get(size) ?? openSite(cluster, sizes[size], say);
      sites.set(size, open);
      return open;
    },
    async record(site, requests) {
      const recorder = await openRecorder(cluster.url(site.prepared.database));
      try {
        const scripts: Record<string, Script> = {};
        for (const [name, request] of Object.entries(requests)) {
          const sent = await recorder.statementsOf(request);
          scripts[name] = scriptOf(sent, request.method === 'GET' ? sent : await recorder.statementsOf(request));
        }
        return scripts;
      } finally {
        await recorder.close();
      }
    },
    async floor(site, scripts) {
      const message: FloorSettings = { database: await bypassingLogin(cluster, site.prepared.database), scripts };
      const floor = await startProgram({
        name: 'floor',
        file: 'bench/floor/server.ts',
        env: {},
        path: '/hello',
        message,
      });
      floors.push(floor);
      return floor;
    },
    async close() {
      for (const floor of floors) await floor.stop();
      for (const site of sites.values()) await (await site).program.stop();
    },
  };
}

async function openSite(cluster: Cluster, size: Size, say: Bench['say']): Promise<Site> {
  const prepared = await prepareInstallation(cluster, size, say);
  const program = await startTenantry(`tenantry-${size.name}`, cluster.url(prepared.database));
  const everybody = planPeople(prepared.forest);
  const signedIn = new Map<string, Promise<Caller>>();
  const signIn = (name: string, password: string) => {
    const caller = signedIn.get(name) ?? signInAs(program.port, name, password);
    signedIn.set(name, caller);
    return caller;
  };
  const site: Site = {
    size: size.name,
    prepared,
    program,
    tenant: (branch) => prepared.forest.tenants.find((tenant) => tenant.branch === branch) ?? null,
    people: ({ owner }) => everybody.get(owner) ?? [],
    analystOf: (tenant) => signIn(`${site.people(tenant)[0]?.userName}@${tenant.slug}`, everybodysPassword),
    administrator: () => signIn(`${administrator.user}@${providerSlug}`, administrator.password),
    actor(who) {
      if ('provider' in who) return signIn(`${who.provider}@${providerSlug}`, everybodysPassword);
      const tenant = site.tenant(who.branch) as PlannedTenant;
      return signIn(`${site.people(tenant)[who.place ?? 0]?.userName}@${tenant.slug}`, everybodysPassword);
    },
    target: (name, requests) => ({ name, port: program.port, pid: program.pid, requests }),
  };
  return site;
}
