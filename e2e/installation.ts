import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

export interface RunningInstallation {
  address: string;
  /** The one-time address that the program printed for its first administrator. */
  firstRun: string;
  stop: () => Promise<void>;
}

/** The real program on a fresh folder and a free port, without an administrator yet. */
export async function startInstallation(): Promise<RunningInstallation> {
  const port = await freePort();
  const address = `http://localhost:${port}`;
  const program = spawn(process.execPath, ['e2e/program.mjs'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      PUBLIC_URL: address,
      ADMIN_USER: '',
      ADMIN_PASSWORD: '',
      LOG_LEVEL: 'warn',
    },
  });
  const stop = async () => {
    if (program.exitCode !== null) return;
    program.kill('SIGTERM');
    await once(program, 'exit');
  };
  const said: string[] = [];
  for await (const line of createInterface({ input: program.stdout })) {
    said.push(line);
    const firstRun = /http\S+\/first-run#\S+/.exec(line)?.[0];
    if (!firstRun) continue;
    program.stdout.resume();
    return { address, firstRun, stop };
  }
  throw new Error(`the program ended before it was ready:\n${said.join('\n')}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
