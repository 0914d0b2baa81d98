/**
 * Log events that are written a few turns of the event loop later, so that an answer which comes in these turns does not wait for them.
 * Every other access to the logs writes them first, so nobody sees that they were late.
 */
export class LateWrites {
  readonly #report: (error: unknown) => void;
  #waiting: (() => void)[] = [];

  /** `report` gets the errors of writes, because whoever causes a late write is not the one whose event it is. */
  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  add(write: () => void): void {
    this.#waiting.push(write);
    if (this.#waiting.length === 1) this.#flushAfter(TURNS);
  }

  /** To be called before anything else is written or read. */
  flush(): void {
    while (this.#waiting.length > 0) {
      const writes = this.#waiting;
      this.#waiting = [];
      for (const write of writes) this.#run(write);
    }
  }

  #run(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.#report(error);
    }
  }

  #flushAfter(turns: number): void {
    setImmediate(() => {
      if (turns === 1) this.flush();
      else if (this.#waiting.length > 0) this.#flushAfter(turns - 1);
    });
  }
}

/**
 * The callbacks run at the end of this turn and of the next ones. Two turns bring the answer of a client that asks for its next event in
 * a second request: one for the answer, one for the next request.
 */
const TURNS = 3;
