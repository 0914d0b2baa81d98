/** What the evidence knows about a log stream, in memory and in the store. */
import type { RecordPosition } from "../domain/record-order.ts";
import type { FewTexts } from "./few-texts.ts";
import type { IntervalSet } from "./interval-set.ts";
import type { BootCount, InvocationWatch, WatchState } from "./invocation-watch.ts";

/** What is in memory only while events of the stream come. */
export interface AwakeStream {
  /** Null if no invocation of this stream can be quiet (evidence-need.ts). */
  watch: InvocationWatch | null;
  readonly oddTimes: IntervalSet;
  births: number[];
  boots: readonly BootCount[];
  attempts: number;
  initStart: number | null;
  /** Only the position of the last event is kept. */
  last: RecordPosition | null;
  readonly seenAtLast: FewTexts;
}

/** What is stored of a stream while no events of it come. */
export interface RestingStream extends Omit<AwakeStream, "watch" | "oddTimes" | "seenAtLast"> {
  readonly watch: WatchState | null;
  readonly oddTimes: readonly number[];
  readonly seenAtLast: readonly string[];
}
