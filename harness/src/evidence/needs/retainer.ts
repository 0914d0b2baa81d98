/** Decides for one need which quiet invocations of a function are kept (evidence-need.ts). */
import type { Condensing } from "../function-sources.ts";
import type { RecordStore } from "../record-store.ts";

export interface Retaining extends Condensing {
  readonly store: RecordStore;
  readonly clockToleranceMs: number;
  /** Keeping a row twice changes nothing. */
  readonly keep: (row: number) => void;
}

/** The methods are called for each row of the function. Rows that are not quiet are always kept. */
export interface Retainer {
  /** Takes a quiet invocation. The invocations of one environment come in their order. */
  quiet?(row: number): void;
  /**
   * Takes a single event, or an invocation that is not quiet. Within one environment, `quiet` and `other` are called in the order of the
   * events.
   */
  other?(row: number): void;
  /** Takes all invocations again, quiet or not, in the order of their START. */
  byStart?(row: number): void;
  /** Called after the last row of a stream, so that a retainer need not remember anything about streams that have ended. */
  ended?(stream: number): void;
  /** Called after the last row. */
  finish?(): void;
}
