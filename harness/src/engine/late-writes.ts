/**
 * Log events that are written in the next turn of the event loop at the latest, so that an answer which is there in that turn does not wait
 * for them. Every other access to the logs writes them first, so nobody sees that they were late.
 */
export class LateWrites {
  #waiting: (() => void)[] = [];

  add(write: () => void): void {
    this.#waiting.push(write);
    // The first of the two callbacks runs in this turn.
    if (this.#waiting.length === 1) setImmediate(() => setImmediate(() => this.flush()));
  }

  /** To be called before anything else is written or read. */
  flush(): void {
    while (this.#waiting.length > 0) {
      const writes = this.#waiting;
      this.#waiting = [];
      for (const write of writes) write();
    }
  }
}
