import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

// Whole starts, on machines that do other things, too.
vi.setConfig({ testTimeout: 90_000 });

let folder: string;
let dataDir: string;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenantry-main-'));
  // Where root runs the tests, the account of the database has to reach it.
  await chmod(folder, 0o711);
  dataDir = join(folder, 'data');
});

afterAll(async () => {
  for (const child of running) child.kill('SIGTERM');
  await rm(folder, { recursive: true, force: true });
});

interface Started {
  child: ChildProcess;
  /** Everything that was said so far. */
  output: () => string;
  ready: Promise<void>;
  ended: Promise<number | null>;
}

function start(environment: Record<string, string>): Started {
  const env = { PATH: process.env.PATH, LOG_LEVEL: 'silent', DATA_DIR: dataDir, ...environment };
  const child = spawn(process.execPath, ['src/main.ts', '--without-pages'], { env });
  running.add(child);
  let said = '';
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        said += data;
        if (said.includes('Tenantry is ready')) resolve();
      });
    }
    ended.then(() => reject(new Error(`it ended: ${said}`)));
  });
  ready.catch(() => {});
  ended.then(() => running.delete(child));
  return { child, output: () => said, ready, ended };
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

/** A command on the same folder, with no other settings. */
function command(args: string[]): Promise<{ code: number; said: string }> {
  const env = { PATH: process.env.PATH, DATA_DIR: dataDir };
  return new Promise((resolve) => {
    execFile(process.execPath, ['src/cli/main.ts', ...args], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, said: out + err }),
    );
  });
}

const admin = { ADMIN_USER: 'ana', ADMIN_PASSWORD: 'seven green bicycles' };

// The server of the run plays no part here: once is enough.
describe('a start on the embedded database', () => {
  test('a weak password for the first administrator stops it', async () => {
    const { ended, output } = start({ PORT: await freePort(), ADMIN_USER: 'ana', ADMIN_PASSWORD: 'short' });
    expect(await ended).toBe(1);
    expect(output()).toMatch(/ADMIN_USER and ADMIN_PASSWORD make no administrator: .+\n$/);
  });

  test('makes the administrator, keeps others out, and ends well when asked to', async () => {
    const PORT = await freePort();
    const first = start({ PORT, ...admin });
    await first.ready;
    expect((await stat(dataDir)).mode & 0o007).toBe(0);
    expect((await stat(join(dataDir, 'secret'))).mode & 0o777).toBe(0o600);
    const link = await command(['admin', 'link', '--as', 'ana']);
    expect(link.said).toContain(`http://localhost:${PORT}/link#`);
    const sameFolder = start({ PORT: await freePort() });
    expect(await sameFolder.ended).toBe(1);
    expect(sameFolder.output()).toMatch(/^The folder .* is in use by another start \(process \d+\): .*\n$/);
    const answer = await fetch(`http://127.0.0.1:${PORT}/api/v1/nothing`);
    expect(answer.status).toBe(404);
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
    await expect(stat(join(dataDir, 'postgresql', 'pgdata', 'postmaster.pid'))).rejects.toThrow(/ENOENT/);
  });

  test('a command in the second of the start waits for the database, and finds the program on its port', async () => {
    const PORT = await freePort();
    const starting = start({ PORT });
    const lock = join(dataDir, 'postgresql', 'tenantry.pid');
    while (!(await stat(lock).catch(() => null))) await new Promise((resolve) => setTimeout(resolve, 5));
    const [state] = await Promise.all([command(['multitenancy', 'status']), starting.ready]);
    expect(state).toEqual({ code: 0, said: 'off\n' });
    expect((await command(['admin', 'link', '--as', 'ana'])).said).toContain(`http://localhost:${PORT}/link#`);
    starting.child.kill('SIGTERM');
    expect(await starting.ended).toBe(0);
    expect((await command(['admin', 'link', '--as', 'ana'])).said).toContain('http://localhost:8080/link#');
  });

  test('after a kill the next start recovers by itself, and says nothing of administrators', async () => {
    const killed = start({ PORT: await freePort() });
    await killed.ready;
    const orphan = Number(
      (await readFile(join(dataDir, 'postgresql', 'pgdata', 'postmaster.pid'), 'utf8')).split('\n')[0],
    );
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(process.kill(orphan, 0)).toBe(true);
    const next = start({ PORT: await freePort() });
    await next.ready;
    next.child.kill('SIGTERM');
    expect(await next.ended).toBe(0);
    expect(next.output()).not.toMatch(/administrator/);
  });

  test('a port that is taken, a secret that is gone and a folder of other things are refused with one sentence', async () => {
    const PORT = await freePort();
    const taken = createServer().listen(Number(PORT), '127.0.0.1');
    const second = start({ PORT });
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(/^The port \d+ of 127.0.0.1 is taken by another program: .*\n$/m);
    await new Promise((resolve) => taken.close(resolve));
    await rm(join(dataDir, 'secret'));
    const locked = start({ PORT });
    expect(await locked.ended).toBe(1);
    expect(locked.output()).toMatch(/^The file .*secret is missing.*\n$/);
    await writeFile(join(folder, 'letter.txt'), 'Dear');
    const foreign = start({ PORT, DATA_DIR: folder });
    expect(await foreign.ended).toBe(1);
    expect(foreign.output()).toMatch(/^The folder .* holds other files: .*\n$/);
    // Not even root writes below a file.
    const nowhere = start({ PORT, DATA_DIR: join(folder, 'letter.txt', 'data') });
    expect(await nowhere.ended).toBe(1);
    expect(nowhere.output()).toMatch(/^The folder .* cannot be .*: .*\n$/);
  });
});
