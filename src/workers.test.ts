import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { emptyDatabase } from '../test/database.ts';
import { freePort, stormPassword } from '../test/storm.program.ts';

// Several workers of one program, as a browser reaches them: which one answers is chance, so everything is asked many times.
vi.setConfig({ testTimeout: 180_000 });

let database: Awaited<ReturnType<typeof emptyDatabase>>;
let port: number;
let program: ChildProcess;
let said = '';
let administrator = '';
const workers = 3;

beforeAll(async () => {
  database = await emptyDatabase();
  port = await freePort();
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    PORT: String(port),
    LOG_LEVEL: 'error',
    ADMIN_USER: 'admin',
    ADMIN_PASSWORD: stormPassword,
  };
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  program = spawn(process.execPath, [main, '--without-pages', '--workers', String(workers)], { env });
  for (const stream of [program.stdout, program.stderr]) stream?.on('data', (chunk) => (said += chunk));
  await until(() => said.includes('Tenantry is ready') || program.exitCode !== null);
  administrator = await signedIn('admin');
}, 180_000);
afterAll(async () => {
  if (program.exitCode === null) program.kill('SIGKILL');
  await database.close();
});

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < 120_000; waited += 25) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(`it never came to that: ${said}`);
}

/** On a connection of its own each, so that another worker may answer. */
async function call<T>(cookie: string, method: string, path: string, body?: unknown) {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
    method,
    headers: {
      'tenantry-request': '1',
      connection: 'close',
      cookie: `tenantry_session=${cookie}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  const set = /tenantry_session=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1];
  return { status: answer.status, body: (text ? JSON.parse(text) : null) as T, cookie: set ?? '' };
}

async function signedIn(userName: string): Promise<string> {
  const { status, cookie } = await call('', 'POST', '/session', { userName, password: stormPassword });
  expect(status).toBe(200);
  return cookie;
}

const everywhere = async (cookie: string, path: string) =>
  new Set((await Promise.all(Array.from({ length: 24 }, () => call(cookie, 'GET', path)))).map(({ status }) => status));

async function done(offering: string, values: object): Promise<void> {
  const made = await call<{ number: string }>(administrator, 'POST', '/requests', { offering, values });
  expect([made.status, made.body]).toMatchObject([201, {}]);
  await until(async () => {
    const { body } = await call<{ phase: string }>(administrator, 'GET', `/requests/${made.body.number}`);
    return body.phase === 'completed';
  });
}

/** A tenant's analyst, signed in. */
async function analyst(userName: string, tenant: string): Promise<string> {
  type Roles = { items: { id: string; stock: string }[] };
  const roles = await call<Roles>(administrator, 'GET', '/roles?public=only&limit=200');
  const roleId = roles.body.items.find((role) => role.stock === 'tenant-analyst')?.id;
  const values = { userName, displayName: userName, roleId, tenant };
  const person = await call<{ id: string }>(administrator, 'POST', '/people', values);
  const link = await call<{ path: string }>(administrator, 'POST', `/people/${person.body.id}/link`);
  const token = link.body.path.split('#')[1];
  return (await call('', 'POST', '/links/use', { token, password: stormPassword })).cookie;
}

/** The processes that answer: children of the primary. */
const answering = () =>
  execFileSync('ps', ['-o', 'pid=', '--ppid', String(program.pid)], { encoding: 'utf8' })
    .trim()
    .split(/\s+/)
    .map(Number);

/** A live connection, begun: what it hears, and when it ends. */
async function listening(cookie: string) {
  const { body } = await call<{ acting: { membershipId: string } }>(cookie, 'GET', '/me');
  const path = `/api/v1/live?memberships=${body.acting.membershipId}`;
  const request = get({ port, path, agent: false, headers: { cookie: `tenantry_session=${cookie}` } });
  const [response] = await once(request, 'response');
  expect(response.statusCode).toBe(200);
  const heard: string[] = [];
  response.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
  return { heard, ended: once(response, 'end') };
}

test('R1.2 R5.8 R9.3 sessions, jobs, switch, live updates and deactivation are right whichever worker answers', async () => {
  expect(answering()).toHaveLength(workers);
  expect(await everywhere(administrator, '/me')).toEqual(new Set([200]));
  await done('multi-tenancy', { state: 'on', providerName: 'Northwind' });
  for (const name of ['Alpha', 'Beta']) await done('add-tenant', { name });
  const [ana, ben] = [await analyst('ana', 'alpha'), await analyst('ben', 'beta')];
  const streams = await Promise.all(Array.from({ length: 12 }, () => listening(ana).catch(() => null)));
  // Eight of a session: by each worker.
  const open = streams.filter((one) => one !== null);
  expect(open.length).toBeGreaterThanOrEqual(8);
  const ticket = await call<{ number: string }>(ben, 'POST', '/tickets', { title: 'Of Ben' });
  const path = `/tickets/${ticket.body.number}`;
  expect([await everywhere(ben, path), await everywhere(ana, path)]).toEqual([new Set([200]), new Set([404])]);
  await call(ana, 'POST', '/tickets', { title: 'Of Ana' });
  await until(() => open.every(({ heard }) => heard.join('').includes('tickets')));
  const preview = await call<{ id: string }>(administrator, 'POST', '/multi-tenancy/exposure-previews');
  await done('multi-tenancy', { state: 'off', previewId: preview.body.id, confirmation: 'Northwind' });
  expect(await everywhere(ana, path)).toEqual(new Set([200]));
  await Promise.all(open.map(({ ended }) => ended));
  await done('multi-tenancy', { state: 'on' });
  expect(await everywhere(ana, path)).toEqual(new Set([404]));
  await done('manage-tenants', { action: 'deactivate', tenants: ['beta'] });
  expect(await everywhere(ben, path)).toEqual(new Set([403]));
  expect((await call(ana, 'DELETE', '/session')).status).toBe(204);
  expect(await everywhere(ana, '/me')).toEqual(new Set([401]));
});

test('a worker that dies is replaced, whichever it is, and meanwhile the others answer', async () => {
  const victims = answering();
  for (const [index, victim] of victims.entries()) {
    process.kill(victim, 'SIGKILL');
    await until(() => said.match(/another takes its place/g)?.length === index + 1);
    expect(await everywhere(administrator, '/me')).toEqual(new Set([200]));
    await until(() => said.match(/answers again/g)?.length === index + 1);
  }
  expect(answering()).toHaveLength(workers);
  expect(answering().filter((pid) => victims.includes(pid))).toEqual([]);
  // The one that looks for what was left is among them.
  await done('add-tenant', { name: 'Gamma' });
});

test('asked to end, all of them let their open requests finish, and the program ends with 0', async () => {
  const children = answering();
  const ended = once(program, 'exit');
  const open = Promise.all(Array.from({ length: 12 }, () => call(administrator, 'GET', '/people')));
  await new Promise((done) => setTimeout(done, 5));
  program.kill('SIGTERM');
  for (const { status } of await open.catch(() => [])) expect(status).toBe(200);
  expect((await ended)[0]).toBe(0);
  expect(children.filter((pid) => isAlive(pid))).toEqual([]);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
