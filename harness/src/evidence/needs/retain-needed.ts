/** Keeps the quiet invocations that the declared needs require (evidence-need.ts). */
import type { EvidenceNeed, EvidenceNeeds } from "../evidence-need.ts";
import type { Condensing } from "../function-sources.ts";
import { ROW, type RecordStore } from "../record-store.ts";
import type { RowSet } from "../row-set.ts";
import { retainAroundTrouble } from "./around-trouble.ts";
import { retainClockBounds } from "./clock-bounds.ts";
import { retainEnvironmentEnds } from "./environment-ends.ts";
import { retainEnvironmentNeighbours } from "./environment-neighbours.ts";
import { retainFirstAfterBirth } from "./first-after-birth.ts";
import { retainMostConcurrent } from "./most-concurrent.ts";
import type { Retainer, Retaining } from "./retainer.ts";
import { retainSilentInvocations } from "./silent-invocations.ts";

type RetainedNeed = Exclude<
  EvidenceNeed,
  "invocation-counts" | "source-counts" | "durations" | "invocation-times" | "every-invocation"
>;

const RETAINERS: Readonly<Record<RetainedNeed, (retaining: Retaining) => Retainer>> = {
  "environment-ends": retainEnvironmentEnds,
  "environment-neighbours": retainEnvironmentNeighbours,
  "first-after-birth": retainFirstAfterBirth,
  "around-trouble": retainAroundTrouble,
  "most-concurrent": retainMostConcurrent,
  "clock-bounds": retainClockBounds,
  "silent-invocations": retainSilentInvocations,
};

export interface RetainOptions {
  readonly needs: EvidenceNeeds;
  readonly clockToleranceMs: number;
}

interface OfFunction {
  readonly isQuiet: (row: number) => boolean;
  readonly retainers: readonly Retainer[];
}

/** Adds to `kept` the rows of the store (record-store.ts) that the needs require. */
export function retainNeeded(
  store: RecordStore,
  functions: readonly Condensing[],
  kept: RowSet,
  { needs, clockToleranceMs }: RetainOptions,
): void {
  const byStream: (OfFunction | undefined)[] = [];
  const lastRows = new Int32Array(store.streams).fill(-1);
  const all = functions.map((one): OfFunction => {
    const retaining = { ...one, store, clockToleranceMs, keep: (row: number) => kept.add(row) };
    const retainers = Object.entries(RETAINERS)
      .filter(([need]) => needs.has(need as RetainedNeed))
      .map(([, make]) => make(retaining));
    const own = { isQuiet: one.isQuiet, retainers };
    for (const { part } of one.streams) {
      byStream[part.number] = own;
      lastRows[part.number] = part.lastRow;
    }
    return own;
  });
  const byStart = store.rows.order();
  for (let row = 0; row < store.length; row += 1) {
    const stream = store.stream(row);
    const own = byStream[stream];
    if (own === undefined) continue;
    take(store, own, row, kept);
    if (lastRows[stream] === row) for (const retainer of own.retainers) retainer.ended?.(stream);
    if (store.kind(row) !== ROW.loose) byStart.add(store.start(row), row);
  }
  for (const row of byStart.rows())
    for (const retainer of byStream[store.stream(row)]?.retainers ?? []) retainer.byStart?.(row);
  byStart.close();
  for (const { retainers } of all) for (const retainer of retainers) retainer.finish?.();
}

function take(store: RecordStore, { isQuiet, retainers }: OfFunction, row: number, kept: RowSet): void {
  const kind = store.kind(row);
  // If the log shows that an invocation is not quiet, its events have separate rows, which are always kept.
  if (kind === ROW.odd) return;
  const quiet = kind !== ROW.loose && isQuiet(row);
  if (!quiet && kind !== ROW.loose) kept.add(row);
  for (const retainer of retainers) {
    if (quiet) retainer.quiet?.(row);
    else retainer.other?.(row);
  }
}
