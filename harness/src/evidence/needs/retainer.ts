/** Decides for one need which quiet invocations of a function a judgement has to see one by one. */
import type { Condensing } from "../function-sources.ts";
import type { RecordStore } from "../record-store.ts";

export interface Retaining extends Condensing {
  readonly store: RecordStore;
  readonly clockToleranceMs: number;
  /** Keeps a row; to keep one twice changes nothing. */
  readonly keep: (row: number) => void;
}

/** Gets each row of the function once. All that is not quiet is kept anyway. */
export interface Retainer {
  /** Invocations that are quiet; those of one environment in their order. */
  quiet?(row: number): void;
  /** Whatever is not: a single event, or an invocation; among the quiet ones of its environment in its order. */
  other?(row: number): void;
  /** All invocations again, quiet or not, by their START. */
  byStart?(row: number): void;
  /** There are no more rows. */
  finish?(): void;
}
