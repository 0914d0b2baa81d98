/**
 * Shares the engine's time among the logs of its environments, so that a function that writes without end cannot stop the others. In each
 * turn of the event loop, only a bounded amount of log is written: ordinary lines at once, everything beyond it in the next turns, one
 * environment after the other. What cannot be written (LogsUnwritable) stays in its queue and is tried again.
 */
import { LogsUnwritable } from "../log-sink.ts";

/** Writes at most one event. Returns what that cost; null if nothing is left to write. If it throws, it can be called again. */
export type LogStep = () => number | null;

/** Costs are counted in bytes. Handling an event takes about as long as writing this many bytes of a long one. */
export const EVENT_COST = 1_024;
/** What is written in one turn: about 60 short lines, which takes a fraction of a millisecond. */
export const TURN_COST = 65_536;
const RETRY_MS = 100;

export class LogTurns {
  /** What may still be written at once in this turn. */
  #direct = TURN_COST;
  /** What is left of the share that is being used. */
  #left = 0;
  readonly #ready = new Set<LogQueue>();
  /** The queues whose first step could not be written when it was last tried. */
  readonly #stuck = new Set<LogQueue>();
  #turn: NodeJS.Immediate | null = null;
  #retry: NodeJS.Timeout | null = null;

  /** Carries out a step of an empty queue, as far as the share of this turn allows. Returns whether the step is done. */
  atOnce(queue: LogQueue, step: LogStep): boolean {
    this.#left = this.#direct;
    const done = this.#work(queue, step);
    this.#direct = this.#left;
    this.#nextTurn();
    return done;
  }

  /** To be called when steps wait in the queue. */
  wait(queue: LogQueue): void {
    if (!this.#stuck.has(queue)) this.#ready.add(queue);
    this.#nextTurn();
  }

  isStuck(queue: LogQueue): boolean {
    return this.#stuck.has(queue);
  }

  /** How many steps wait because they, or steps before them, cannot be written. */
  get stuckSteps(): number {
    return [...this.#stuck].reduce((sum, queue) => sum + queue.length, 0);
  }

  /** Resolves when everything that waits now is written, or cannot be written. */
  async settled(): Promise<void> {
    await Promise.all(
      [...this.#ready].map((queue) => new Promise<void>((resolve) => queue.whenWritten(resolve))),
    );
  }

  /** Writes everything that waits, because the engine ends. Returns how many steps could not be carried out. */
  finish(): number {
    const queues = [...new Set([...this.#ready, ...this.#stuck])];
    this.#left = Infinity;
    for (const queue of queues) this.#through(queue);
    this.#ready.clear();
    this.#stuck.clear();
    if (this.#turn !== null) clearImmediate(this.#turn);
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#turn = this.#retry = null;
    return queues.reduce((sum, queue) => sum + queue.length, 0);
  }

  /** Returns whether the step is done. It is not if nothing is left of this turn, or if it cannot be written. */
  #work(queue: LogQueue, step: LogStep): boolean {
    while (this.#left > 0) {
      let cost: number | null;
      try {
        cost = step();
      } catch (error) {
        if (!(error instanceof LogsUnwritable)) throw error;
        this.#block(queue);
        return false;
      }
      this.#stuck.delete(queue);
      if (cost === null) return true;
      this.#left -= cost;
    }
    return false;
  }

  /** Carries out the steps of the queue. */
  #through(queue: LogQueue): void {
    for (let step = queue.first; step !== undefined && this.#work(queue, step); step = queue.first)
      queue.shift();
  }

  #nextTurn(): void {
    if (this.#ready.size === 0 && this.#direct === TURN_COST) return;
    this.#turn ??= setImmediate(() => {
      this.#turn = null;
      this.#left = TURN_COST;
      for (const queue of this.#ready) {
        // The queue comes last in the next turn, if something of it is left.
        this.#ready.delete(queue);
        this.#through(queue);
        if (queue.length > 0 && !this.#stuck.has(queue)) this.#ready.add(queue);
        if (this.#left <= 0) break;
      }
      this.#direct = TURN_COST;
      this.#nextTurn();
    });
  }

  #block(queue: LogQueue): void {
    this.#ready.delete(queue);
    this.#stuck.add(queue);
    queue.release();
    this.#retry ??= setTimeout(() => {
      this.#retry = null;
      for (const one of this.#stuck) this.#ready.add(one);
      this.#nextTurn();
    }, RETRY_MS).unref();
  }
}

/** What one environment has to write to its log, in order. */
export class LogQueue {
  /** The bytes of output that wait. */
  bytes = 0;
  readonly #turns: LogTurns;
  #steps: { readonly step: LogStep; readonly bytes: number }[] = [];
  #done = 0;
  readonly #waiting = new Set<() => void>();

  constructor(turns: LogTurns) {
    this.#turns = turns;
  }

  add(step: LogStep, bytes = 0): void {
    if (this.length === 0 && this.#turns.atOnce(this, step)) return;
    this.#steps.push({ step, bytes });
    this.bytes += bytes;
    this.#turns.wait(this);
  }

  get length(): number {
    return this.#steps.length - this.#done;
  }

  get first(): LogStep | undefined {
    return this.#steps[this.#done]?.step;
  }

  shift(): void {
    this.bytes -= this.#steps[this.#done]?.bytes ?? 0;
    this.#done += 1;
    if (this.#done * 2 < this.#steps.length) return;
    this.#steps = this.#steps.slice(this.#done);
    this.#done = 0;
  }

  /** Calls `then` when everything that waits now is written; at once if nothing waits, or if it cannot be written. */
  whenWritten(then: () => void): void {
    if (this.length === 0 || this.#turns.isStuck(this)) return then();
    this.#waiting.add(then);
    this.add(() => {
      if (this.#waiting.delete(then)) then();
      return null;
    });
  }

  /** Calls everybody who waits, because what waits cannot be written. */
  release(): void {
    for (const then of this.#waiting) then();
    this.#waiting.clear();
  }
}
