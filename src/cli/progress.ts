import type { Output } from './output.ts';

export interface Progress {
  /** How many are done. */
  advance(done: number): void;
  end(): void;
}

/** A bar where a person watches, a line at each tenth where not, nothing in JSON. */
export function progressOf(output: Output, what: string, total: number): Progress {
  const watched = process.stderr.isTTY && !output.json;
  let said = 0;
  const line = (done: number) => `${what} ${done}/${total}`;
  return {
    advance(done) {
      const share = total ? done / total : 1;
      if (watched) {
        const filled = Math.round(share * 30);
        process.stderr.write(`\r${'█'.repeat(filled)}${'░'.repeat(30 - filled)} ${line(done)}`);
      } else if (Math.floor(share * 10) > said) {
        said = Math.floor(share * 10);
        output.say(line(done));
      }
    },
    end() {
      if (watched) process.stderr.write('\n');
    },
  };
}
