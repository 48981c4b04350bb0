import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Answered, Load } from './client.ts';

/** A process that sends requests, so that what sending costs is nobody's to answer for. */
export class Sender {
  readonly #child = fork(fileURLToPath(new URL('client.ts', import.meta.url)), { execArgv: [] });

  get pid(): number {
    return this.#child.pid as number;
  }

  /** @throws Error when a request is refused, unless it floods: what fails quickly would look fast. */
  async send(load: Load): Promise<Answered> {
    this.#child.send(load);
    const answers = new AbortController();
    const [answered] = (await Promise.race([
      once(this.#child, 'message', answers),
      once(this.#child, 'exit', answers).then(() => Promise.reject(new Error('the process that sends has ended'))),
    ]).finally(() => answers.abort())) as [Answered];
    if (answered.failure && !load.floods) throw new Error(answered.failure);
    return answered;
  }

  /** What it sends at present is over with the answers to come. */
  stop(): void {
    this.#child.send('stop');
  }

  end(): void {
    this.#child.kill();
  }
}
