/** A reason to end with one sentence and without a stack: what is wrong and what to do. */
export class Refused extends Error {}

export function say(line) {
  process.stdout.write(`${line}\n`);
}
