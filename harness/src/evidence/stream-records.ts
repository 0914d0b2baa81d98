/** Writes one log stream into the store. After an event out of order, nothing counts as quiet until the stream is sorted. */
import { INIT_MS_MAX } from "../domain/time-limits.ts";
import { compareRecords, type RecordPosition } from "../domain/record-order.ts";
import { ownTime, type StreamEvent } from "../logs/stream-event.ts";
import {
  InvocationWatch,
  type BootCount,
  type WatchedInvocation,
  type WatchSink,
} from "./invocation-watch.ts";
import { FewTexts } from "./few-texts.ts";
import { IntervalSet } from "./interval-set.ts";
import { isOfOrdinaryInit } from "./ordinary-init.ts";
import type { OrderedEvent } from "./ordered-event.ts";
import type { RecordStore } from "./record-store.ts";
import { withMore } from "./with-more.ts";
import type { PlatformEvent } from "../logs/platform-event.ts";

/** Events that show that an environment was made or became usable. */
const BIRTHS: ReadonlySet<PlatformEvent["event"]> = new Set([
  "init-report",
  "restore-start",
  "restore-report",
  "web-start",
] as const);

export interface StreamOptions {
  readonly watch: boolean;
  /** Two events that are at most this far apart count as near to each other. */
  readonly reachMs: number;
}

const NO_BOOTS: readonly BootCount[] = [];

export class StreamRecords implements WatchSink {
  readonly number: number;
  /** Intervals around all events outside quiet invocations and ordinary Inits, by the log's time and by the function's own time. */
  readonly oddTimes: IntervalSet;
  births: number[] = [];
  lifecycleLines = false;
  starts = 0;
  readonly #store: RecordStore;
  /** Null if nothing of this stream can be quiet. */
  #watch: InvocationWatch | null;
  #boots = NO_BOOTS;
  #attempts = 0;
  #disordered = false;
  #lastRow = -1;
  #initStart: number | null = null;
  /** Only the position of the last event is kept, because streams that have ended stay in memory. */
  #last: RecordPosition | null = null;
  readonly #seenAtLast = new FewTexts();

  constructor(store: RecordStore, { watch, reachMs }: StreamOptions) {
    this.#store = store;
    this.number = store.newStream();
    this.oddTimes = new IntervalSet(reachMs, reachMs + 1);
    this.#watch = watch ? new InvocationWatch(this) : null;
  }

  /** Whether the events must be sorted before any of them can be left out. */
  get disordered(): boolean {
    return this.#disordered;
  }

  get boots(): readonly BootCount[] {
    return this.#boots;
  }

  get attempts(): number {
    return this.#attempts;
  }

  /** The row that was added last, or -1. */
  get lastRow(): number {
    return this.#lastRow;
  }

  /** In the order in which their events came. */
  rows(): readonly number[] {
    return this.#store.rowsOf(this.#lastRow);
  }

  add(one: OrderedEvent): void {
    const { event } = one;
    this.#noteTimes(event);
    if (!this.#disordered && this.#last !== null && compareRecords(this.#last, event) > 0) this.#giveUp();
    if (this.#disordered) return this.odd(one);
    if (this.#last?.timestamp !== event.timestamp) this.#seenAtLast.clear();
    if (!this.#seenAtLast.add(event.identity)) return;
    const { timestamp, ingestionTime, eventId } = event;
    this.#last = { timestamp, ingestionTime, eventId };
    if (this.#watch === null) this.odd(one);
    else this.#watch.take(one);
  }

  finish(): void {
    if (this.#watch === null) return;
    this.#watch.finish();
    this.#boots = this.#watch.boots;
    this.#attempts = this.#watch.attempts;
    this.#watch = null;
  }

  #giveUp(): void {
    this.finish();
    this.#disordered = true;
    this.#seenAtLast.clear();
  }

  odd(one: OrderedEvent): void {
    this.#lastRow = this.#store.addLoose(this.#position(), one);
    if (this.starts === 0 && isOfOrdinaryInit(one.event)) return;
    const [timestamp, time] = [one.event.timestamp, ownTime(one.event)];
    this.oddTimes.add(timestamp);
    if (time !== timestamp) this.oddTimes.add(time);
  }

  ended(invocation: WatchedInvocation): void {
    this.#lastRow = this.#store.addInvocation(this.#position(), invocation);
  }

  #position(): { readonly stream: number; readonly previous: number } {
    return { stream: this.number, previous: this.#lastRow };
  }

  #noteTimes({ timestamp, said }: StreamEvent): void {
    if (said.kind === "lifecycle") {
      this.lifecycleLines = true;
      return;
    }
    if (said.kind !== "platform") return;
    const { platform } = said;
    if (platform.event === "start") {
      if (this.starts === 0) this.#bornAt(timestamp);
      this.starts += 1;
    }
    if (platform.event === "init-start") this.#initStart ??= timestamp;
    // If the log format does not show the end of an Init, the Init counts as ended after the longest time that an Init can take.
    if (platform.event === "init-start") this.#bornAt(timestamp, timestamp + INIT_MS_MAX);
    if (BIRTHS.has(platform.event)) this.#bornAt(timestamp);
    const initMs = platform.event === "report" ? platform.initDurationMs : null;
    const initStart = this.#initStart;
    if (initMs !== null && initStart !== null) this.#bornAt(initStart + initMs);
  }

  #bornAt(...times: readonly number[]): void {
    this.births = withMore(this.births, ...times);
  }
}
