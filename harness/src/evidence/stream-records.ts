/**
 * Writes one log stream into the store. If an event comes out of order, no invocation counts as quiet (evidence-need.ts) from then on, until
 * the stream is sorted.
 */
import { INIT_MS_MAX } from "../domain/time-limits.ts";
import { compareRecords } from "../domain/record-order.ts";
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
import type { AwakeStream } from "./resting-stream.ts";
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
  lifecycleLines = false;
  starts = 0;
  readonly #store: RecordStore;
  readonly #reachMs: number;
  /** Null while the stream rests, that is, while its state is in the store. */
  #awake: AwakeStream | null;
  /** The number of the resting stream in the store. */
  #resting = -1;
  #disordered = false;
  #lastRow = -1;

  constructor(store: RecordStore, { watch, reachMs }: StreamOptions) {
    this.#store = store;
    this.#reachMs = reachMs;
    this.number = store.newStream();
    this.#awake = {
      watch: watch ? new InvocationWatch(this, null) : null,
      oddTimes: this.#intervals([]),
      births: [],
      boots: NO_BOOTS,
      attempts: 0,
      initStart: null,
      last: null,
      seenAtLast: new FewTexts(),
    };
  }

  /**
   * Moves what is in memory to the store until the next event, because there can be very many streams and most of them have ended.
   * While an invocation runs, does nothing and returns false.
   */
  rest(): boolean {
    if (this.#awake === null) return true;
    const { watch, oddTimes, seenAtLast, ...others } = this.#awake;
    const watched = watch?.state ?? null;
    if (watch !== null && watched === null) return false;
    this.#resting = this.#store.rest({
      ...others,
      ...(watched === null ? {} : { boots: watched.boots, attempts: watched.attempts }),
      watch: watched,
      oddTimes: oddTimes.bounds,
      seenAtLast: seenAtLast.all,
    });
    this.#awake = null;
    return true;
  }

  /** Intervals around all events outside quiet invocations and ordinary Inits, by the log's time and by the function's own time. */
  get oddTimes(): IntervalSet {
    return this.#awake?.oddTimes ?? this.#intervals(this.#store.resting(this.#resting).oddTimes);
  }

  get births(): readonly number[] {
    return this.#known.births;
  }

  /** Whether the events must be sorted before any of them can be left out. */
  get disordered(): boolean {
    return this.#disordered;
  }

  get boots(): readonly BootCount[] {
    return this.#known.boots;
  }

  get attempts(): number {
    return this.#known.attempts;
  }

  /** The number of the row that was added to the store last, or -1. */
  get lastRow(): number {
    return this.#lastRow;
  }

  /** The numbers of the stream's rows, in the order in which their events came. */
  rows(): readonly number[] {
    return this.#store.rowsOf(this.#lastRow);
  }

  add(one: OrderedEvent): void {
    const { event } = one;
    const awake = (this.#awake ??= this.#wake());
    this.#noteTimes(awake, event);
    if (!this.#disordered && awake.last !== null && compareRecords(awake.last, event) > 0)
      this.#giveUp(awake);
    if (this.#disordered) return this.odd(one);
    if (awake.last?.timestamp !== event.timestamp) awake.seenAtLast.clear();
    if (!awake.seenAtLast.add(event.identity)) return;
    const { timestamp, ingestionTime, eventId } = event;
    awake.last = { timestamp, ingestionTime, eventId };
    if (awake.watch === null) this.odd(one);
    else awake.watch.take(one);
  }

  /** Called after the last event. A stream that rests has no running invocation, so nothing is left to do. */
  finish(): void {
    if (this.#awake === null || this.#awake.watch === null) return;
    const { watch } = this.#awake;
    watch.finish();
    this.#awake.boots = watch.boots;
    this.#awake.attempts = watch.attempts;
    this.#awake.watch = null;
  }

  /** What is known about the stream, awake or not. */
  get #known(): Pick<AwakeStream, "births" | "boots" | "attempts"> {
    return this.#awake ?? this.#store.resting(this.#resting);
  }

  #wake(): AwakeStream {
    const { watch, oddTimes, births, seenAtLast, ...others } = this.#store.resting(this.#resting);
    return {
      ...others,
      births: [...births],
      watch: watch === null ? null : new InvocationWatch(this, watch),
      oddTimes: this.#intervals(oddTimes),
      seenAtLast: new FewTexts(seenAtLast),
    };
  }

  #intervals(bounds: readonly number[]): IntervalSet {
    return new IntervalSet(this.#reachMs, this.#reachMs + 1, bounds);
  }

  #giveUp(awake: AwakeStream): void {
    this.finish();
    this.#disordered = true;
    awake.seenAtLast.clear();
  }

  odd(one: OrderedEvent): void {
    this.#lastRow = this.#store.addLoose(this.#position(), one);
    if (this.starts === 0 && isOfOrdinaryInit(one.event)) return;
    const [timestamp, time] = [one.event.timestamp, ownTime(one.event)];
    const { oddTimes } = this;
    oddTimes.add(timestamp);
    if (time !== timestamp) oddTimes.add(time);
  }

  ended(invocation: WatchedInvocation): void {
    this.#lastRow = this.#store.addInvocation(this.#position(), invocation);
  }

  #position(): { readonly stream: number; readonly previous: number } {
    return { stream: this.number, previous: this.#lastRow };
  }

  #noteTimes(awake: AwakeStream, { timestamp, said }: StreamEvent): void {
    const born = (...times: readonly number[]): void => {
      awake.births = withMore(awake.births, ...times);
    };
    if (said.kind === "lifecycle") {
      this.lifecycleLines = true;
      return;
    }
    if (said.kind !== "platform") return;
    const { platform } = said;
    if (platform.event === "start") {
      if (this.starts === 0) born(timestamp);
      this.starts += 1;
    }
    if (platform.event === "init-start") awake.initStart ??= timestamp;
    // If the log format does not show the end of an Init, the Init counts as ended after the longest time that an Init can take.
    if (platform.event === "init-start") born(timestamp, timestamp + INIT_MS_MAX);
    if (BIRTHS.has(platform.event)) born(timestamp);
    const initMs = platform.event === "report" ? platform.initDurationMs : null;
    const { initStart } = awake;
    if (initMs !== null && initStart !== null) born(initStart + initMs);
  }
}
