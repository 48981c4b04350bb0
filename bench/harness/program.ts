import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { memoryOptions } from '../../setup/memory.mjs';
import { cache } from './cluster.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A process of its own that answers HTTP: the program as it is shipped, or what it is compared with. */
export interface Program {
  port: number;
  pid: number;
  /** Milliseconds from its start to its first answer. */
  startedIn: number;
  child: ChildProcess;
  stop(): Promise<void>;
}

interface Wanted {
  name: string;
  file: string;
  env: Record<string, string>;
  /** What is asked until it answers. */
  path: string;
  /** What it is told at its start, where that is more than fits into an environment. */
  message?: object;
}

export async function startProgram({ name, file, env, path, message }: Wanted): Promise<Program> {
  const port = await freePort();
  const log = await open(join(cache, `${name}.log`), 'w');
  const begin = performance.now();
  const child = spawn(process.execPath, [...memoryOptions(''), file], {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', LOG_LEVEL: 'warn', ...env, PORT: String(port) },
    stdio: ['ignore', log.fd, log.fd, 'ipc'],
  });
  await log.close();
  if (message) child.send(message);
  while (!(await answers(port, path))) {
    if (child.exitCode !== null) throw new Error(`${name} ended while it started: see ${join(cache, `${name}.log`)}`);
    await new Promise((done) => setTimeout(done, 10));
  }
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  };
  return { port, pid: child.pid as number, startedIn: performance.now() - begin, child, stop };
}

/** The program as `npm start` runs it, on one of the cluster's databases. */
export function startTenantry(name: string, databaseUrl: string, env: Record<string, string> = {}): Promise<Program> {
  return startProgram({ name, file: 'src/main.ts', env: { DATABASE_URL: databaseUrl, ...env }, path: '/api/v1/me' });
}

async function answers(port: number, path: string): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}${path}`).then(
    (response) => response.arrayBuffer().then(() => response.status < 500),
    () => false,
  );
}

async function freePort(): Promise<number> {
  const from = Number(process.env.BENCH_PORT ?? 0);
  for (let port = from; ; port = from && port + 1) {
    const server = createServer();
    const taken = await new Promise<number>((resolve) => {
      server.once('error', () => resolve(0));
      server.listen(port, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    if (!taken) continue;
    await new Promise((done) => server.close(done));
    return taken;
  }
}
