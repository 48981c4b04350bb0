import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const stormPassword = 'seven green bicycles';

/** A real program in a process of its own, with an embedded database of its own unless it is given one: to be killed. */
export class StormProgram {
  readonly #folder: string;
  readonly port: number;
  #process: ChildProcess | null = null;
  #said = '';
  cookie = '';

  readonly #databaseUrl: string;

  private constructor(folder: string, port: number, databaseUrl: string) {
    this.#databaseUrl = databaseUrl;
    this.#folder = folder;
    this.port = port;
  }

  static async make(databaseUrl = ''): Promise<StormProgram> {
    const folder = await mkdtemp(join(tmpdir(), 'tenantry-storm-'));
    // Where root runs this, the database's own account has to reach it.
    await chmod(folder, 0o711);
    return new StormProgram(folder, await freePort(), databaseUrl);
  }

  /** Answers once it listens. */
  async start(): Promise<void> {
    const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
    const env = {
      ...process.env,
      DATA_DIR: join(this.#folder, 'data'),
      DATABASE_URL: this.#databaseUrl,
      PORT: String(this.port),
      ADMIN_USER: 'admin',
      ADMIN_PASSWORD: stormPassword,
      LOG_LEVEL: 'error',
    };
    this.#said = '';
    const child = spawn(process.execPath, [main, '--without-pages'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (this.#said += chunk));
    while (!this.#said.includes('Tenantry is ready')) {
      if (child.exitCode !== null) throw new Error(`the program did not start: ${this.#said}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Without a warning, as a power cut would; with `database` its PostgreSQL in the same instant. */
  async kill({ database }: { database: boolean }): Promise<void> {
    const child = this.#process as ChildProcess;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    if (database) {
      const file = join(this.#folder, 'data/postgresql/pgdata/postmaster.pid');
      process.kill(Number((await readFile(file, 'utf8')).split('\n')[0]), 'SIGKILL');
    }
    await ended;
  }

  async stop(): Promise<void> {
    const child = this.#process;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Where its API is. */
  get address(): string {
    return `http://127.0.0.1:${this.port}/api/v1`;
  }

  get said(): string {
    return this.#said;
  }

  /** Throws when the connection breaks: then nobody knows whether it was done. */
  async call<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: T }> {
    const answer = await fetch(`${this.address}${path}`, {
      method,
      headers: {
        'tenantry-request': '1',
        cookie: `tenantry_session=${this.cookie}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text ? JSON.parse(text) : null) as T };
  }

  async signIn(): Promise<void> {
    const answer = await fetch(`${this.address}/session`, {
      method: 'POST',
      headers: { 'tenantry-request': '1', 'content-type': 'application/json' },
      body: JSON.stringify({ userName: 'admin', password: stormPassword }),
    });
    this.cookie = /tenantry_session=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? '';
    if (!this.cookie) throw new Error(`nobody is signed in: ${answer.status} ${await answer.text()}`);
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
