import { Socket } from 'node:net';

/**
 * A connection that sends at once what is written in one turn of the event loop: the statements that a unit of work sends
 * together, and the end of the one before, cost one call of the operating system, and one awakening of the database, instead of one each.
 */
export class GatheringSocket extends Socket {
  #gathers = false;

  override connect(...where: unknown[]): this {
    (super.connect as (...where: unknown[]) => this)(...where);
    // Node gives a socket that connects its own `write`, which would hide ours.
    delete (this as { write?: unknown }).write;
    return this;
  }

  override write(...written: unknown[]): boolean {
    if (!this.#gathers) {
      this.#gathers = true;
      this.cork();
      setImmediate(() => {
        this.#gathers = false;
        this.uncork();
      });
    }
    return (super.write as (...written: unknown[]) => boolean)(...written);
  }
}
