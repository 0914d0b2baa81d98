/**
 * Environments that are prepared before they are needed, so that a cold start is shorter: folder and mounts are made, and a shell waits,
 * which becomes the runtime's process when an invocation or the plan needs the environment. An environment is created for one function and never given to another.
 * Without it, a cold start of a function in Rust would take 2.2 × the time of the program's direct start (bound: 2 ×).
 * The pool is filled after a cold start, while no invocation runs, so that cold starts at the same time do not slow each other down.
 */
import type { FunctionSnapshot } from "../function-snapshot.ts";
import type { ExecutionEnvironment } from "../lifecycle/execution-environment.ts";

/** The length of the date at the beginning of an environment's id. */
const DATE_LENGTH = "YYYY/MM/DD".length;

export interface ParkedOptions {
  /** The number of environments in the pool; 0 switches it off. */
  readonly size: number;
  readonly create: (snapshot: FunctionSnapshot) => Promise<ExecutionEnvironment>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Whether no invocation runs. */
  readonly isIdle: () => boolean;
}

export class ParkedEnvironments {
  readonly #options: ParkedOptions;
  #parked: readonly ExecutionEnvironment[] = [];
  /** The function that had the last cold start. Null when the pool has been filled for this function. */
  #wanted: FunctionSnapshot | null = null;
  #filling = false;

  constructor(options: ParkedOptions) {
    this.#options = options;
  }

  /** Returns null if a new environment must be created. */
  take(snapshot: FunctionSnapshot): ExecutionEnvironment | null {
    if (this.#options.size === 0) return null;
    this.#wanted = snapshot;
    // The id is the log stream's name and contains the day, so an environment that was parked on an earlier day is not used.
    this.discard((one) => !one.isParked || dayOf(one) !== dayAt(this.#options.now()));
    const found = this.#parked.find((one) => one.snapshot === snapshot) ?? null;
    this.#parked = this.#parked.filter((one) => one !== found);
    return found;
  }

  /**
   * Fills the pool for the function that had the last cold start. To be called when an invocation has ended, or an Init for which no
   * invocation waited.
   */
  fill(): void {
    if (this.#wanted === null || this.#filling || !this.#options.isIdle()) return;
    this.#filling = true;
    // Begins in a later turn of the event loop, so that the answer is sent first.
    setImmediate(() => void this.#fillNow().finally(() => (this.#filling = false)));
  }

  discard(which: (environment: ExecutionEnvironment) => boolean): void {
    const discarded = this.#parked.filter(which);
    this.#parked = this.#parked.filter((one) => !discarded.includes(one));
    for (const environment of discarded) void environment.destroy();
  }

  /** To be called when a function's settings or code have changed, or when it was removed. */
  forget(which: (snapshot: FunctionSnapshot) => boolean): void {
    if (this.#wanted !== null && which(this.#wanted)) this.#wanted = null;
    this.discard(({ snapshot }) => which(snapshot));
  }

  async #fillNow(): Promise<void> {
    for (let snapshot = this.#wanted; snapshot !== null; snapshot = this.#wanted) {
      const missing = this.#options.size - this.#parked.filter((one) => one.snapshot === snapshot).length;
      if (missing <= 0 || !(await this.#add(snapshot))) {
        if (this.#wanted === snapshot) this.#wanted = null;
        return;
      }
      // The end of the invocation calls `fill` again.
      if (!this.#options.isIdle()) return;
    }
  }

  /** Returns false if the function has changed, or no environment could be prepared. A cold start will then show the reason. */
  async #add(snapshot: FunctionSnapshot): Promise<boolean> {
    const [oldest] = this.#parked.filter((one) => one.snapshot !== snapshot);
    if (this.#parked.length >= this.#options.size) this.discard((one) => one === oldest);
    let environment: ExecutionEnvironment;
    try {
      environment = await this.#options.create(snapshot);
    } catch {
      return false;
    }
    await environment.park().catch(() => undefined);
    // The function may have changed meanwhile.
    const isUseful = environment.isParked && this.#wanted === snapshot;
    if (isUseful) this.#parked = [...this.#parked, environment];
    else void environment.destroy();
    return isUseful;
  }
}

const dayOf = ({ id }: ExecutionEnvironment): string => id.slice(0, DATE_LENGTH);
const dayAt = (atMs: number): string =>
  new Date(atMs).toISOString().slice(0, DATE_LENGTH).replaceAll("-", "/");
