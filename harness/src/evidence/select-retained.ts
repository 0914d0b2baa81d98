/**
 * Which quiet invocations of a function a judgement has to see, so that it comes to the same result as if it saw all: the neighbours of everything
 * that is not quiet, in time and in their own stream. The rest is counted. One look at each row, in the order in which they were added.
 *
 * What each part is for: first and last of a stream (its life, its first START); neighbours in the stream (an error line behind
 * an invocation, a connection that was kept); the first START of every stream after each instant at which an environment came to be
 * usable (exposures); neighbours in time (who was served last before a refusal and first after it).
 */
import { IntervalNeighbours } from "./interval-neighbours.ts";
import { ROW, type RecordStore } from "./record-store.ts";

export interface StreamTraits {
  /** Instants at which an environment of the function began to exist or to be usable, ascending. */
  readonly births: Float64Array;
  /** Its process wrote lines of its own: where it wrote none, that is said of each invocation. */
  readonly lifecycleLines: boolean;
}

export interface SelectorInput {
  readonly store: RecordStore;
  /** Intervals around instants at which something happened that is not quiet; bounds from and to in turns, ascending. */
  readonly odd: Float64Array;
  /** Of an invocation that is quiet by its log: whether it is by everything else. */
  readonly isQuiet: (row: number) => boolean;
  readonly keep: (row: number) => void;
}

/** Rows of a stream that are kept before and behind one that is not quiet. */
const NEIGHBOURS = 2;

interface StreamState extends StreamTraits {
  quiet: number;
  /** The last quiet rows. */
  recent: readonly number[];
  /** So many more quiet rows are kept. */
  behind: number;
  nextBirth: number | null;
}

export class RetainedSelector {
  readonly #store: RecordStore;
  readonly #isQuiet: (row: number) => boolean;
  readonly #keep: (row: number) => void;
  readonly #streams = new Map<number, StreamState>();
  readonly #byStart: IntervalNeighbours;
  readonly #servedByStart: IntervalNeighbours;
  readonly #servedByConnection: IntervalNeighbours;

  constructor({ store, odd, isQuiet, keep }: SelectorInput) {
    this.#store = store;
    this.#isQuiet = isQuiet;
    this.#keep = keep;
    this.#byStart = new IntervalNeighbours(odd, keep);
    this.#servedByStart = new IntervalNeighbours(odd, keep);
    this.#servedByConnection = new IntervalNeighbours(odd, keep);
  }

  addStream(stream: number, { births, lifecycleLines }: StreamTraits): void {
    const state = { births, lifecycleLines, quiet: 0, recent: [], behind: 0, nextBirth: null };
    this.#streams.set(stream, state);
  }

  /** Rows of one stream come in their order. */
  take(row: number): void {
    const store = this.#store;
    const state = this.#streams.get(store.stream(row));
    const kind = store.kind(row);
    if (state === undefined || kind === ROW.odd) return;
    if (kind === ROW.loose || !this.#isQuiet(row)) {
      if (kind !== ROW.loose) this.#keep(row);
      state.recent.forEach(this.#keep);
      state.behind = NEIGHBOURS;
      return;
    }
    const start = store.start(row);
    if (state.quiet < NEIGHBOURS || state.behind > 0 || (kind === ROW.unseen && state.lifecycleLines))
      this.#keep(row);
    if (followsBirth(state, start)) this.#keep(row);
    state.quiet += 1;
    state.behind = Math.max(0, state.behind - 1);
    state.recent = state.recent.slice(1 - NEIGHBOURS).concat(row);
    this.#byStart.take(start, row);
    if (kind !== ROW.served) return;
    this.#servedByStart.take(start, row);
    this.#servedByConnection.take(store.connectedAt(row), row);
  }

  finish(): void {
    for (const { recent } of this.#streams.values()) recent.forEach(this.#keep);
    for (const near of [this.#byStart, this.#servedByStart, this.#servedByConnection]) near.finish();
  }
}

/** It is the first of its stream that started after a birth, or more than one. */
function followsBirth(state: StreamState, start: number): boolean {
  const { births } = state;
  let next = state.nextBirth ?? firstAtLeast(births, start);
  const before = next;
  while (next < births.length && (births[next] as number) <= start) next += 1;
  state.nextBirth = next;
  return next > before;
}

function firstAtLeast(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
