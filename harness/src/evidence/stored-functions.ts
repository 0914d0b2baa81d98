/**
 * What is in the store, function by function, as evidence: each log stream is read back when it is asked for, without the quiet invocations
 * that only need to be counted, and the other sources without what they say of these.
 */
import { RetainedSelector } from "./select-retained.ts";
import { countCondensed } from "./count-condensed.ts";
import { functionEvidence, type StoredFunction } from "./function-evidence.ts";
import { reorderStream } from "./reorder-stream.ts";
import { IntervalSet } from "./interval-set.ts";
import { joinSources, undisturbed } from "./join-sources.ts";
import { looseTimes } from "./loose-times.ts";
import { ROW, type RecordStore } from "./record-store.ts";
import { RowSet } from "./row-set.ts";
import { SkewExtremes } from "./skew-extremes.ts";
import type { Condensing, FunctionSources, StoredStream, CondenseOptions } from "./function-sources.ts";
import type { OrderedStream } from "./stored-stream.ts";
import { MostConcurrent } from "./most-concurrent.ts";

interface Choosing {
  readonly chooser: RetainedSelector;
  readonly together: MostConcurrent;
  readonly extremes: SkewExtremes;
}

export function storedFunctions(
  functions: ReadonlyMap<string, FunctionSources>,
  store: RecordStore,
  options: CondenseOptions,
): ReadonlyMap<string, StoredFunction> {
  const ordered = [...functions].filter(([, sources]) => isCondensable(sources, options.heldMax));
  const sorted = ordered.map(([name, { streams, others }]) => ({
    name,
    others,
    streams: streams.map((stream) => inItsOrder(store, stream, options)),
  }));
  // Sorting a stream adds rows: only now is it known how many there are.
  const kept = new RowSet(store.length);
  const condensing = sorted.map((one): Condensing => {
    const input = {
      ...one,
      store,
      toleranceMs: options.clockToleranceMs,
      environmentNumber: options.environmentNumber,
    };
    const partners = joinSources(input);
    return { ...one, partners, isQuiet: undisturbed(input, partners) };
  });
  choose(store, condensing, kept, options);
  const counted = countCondensed(store, condensing, kept);
  return new Map(
    [...functions].map(([name, sources]) => [
      name,
      functionEvidence(store, sources, counted.get(name) ?? null, kept),
    ]),
  );
}

function isCondensable({ streams, others }: FunctionSources, heldMax: number): boolean {
  const starts = streams.reduce((sum, { parts }) => sum + parts.reduce((of, part) => of + part.starts, 0), 0);
  const { driver, peer, link } = others;
  return (
    starts > heldMax &&
    [driver, peer?.store ?? null, link?.store ?? null].every((source) => source?.whole !== false) &&
    !streams.some(({ logStreamName }) => peer?.bootless.has(logStreamName) === true)
  );
}

function inItsOrder(
  store: RecordStore,
  { logStreamName, parts, signs }: StoredStream,
  { clockToleranceMs }: CondenseOptions,
): OrderedStream {
  const [only] = parts;
  const isInOrder = only !== undefined && parts.length === 1 && !only.disordered;
  const part = isInOrder ? only : reorderStream(store, parts, { watch: true, reachMs: 2 * clockToleranceMs });
  return { logStreamName, part, signs };
}

/** All functions in one look at the rows, and one by their starts. */
function choose(
  store: RecordStore,
  functions: readonly Condensing[],
  kept: RowSet,
  { clockToleranceMs }: CondenseOptions,
): void {
  if (functions.length === 0) return;
  const byStream = new Map<number, Choosing>();
  const choosing = functions.map((one): Choosing => {
    const chosen = {
      chooser: chooserOf(store, one, kept, clockToleranceMs),
      together: new MostConcurrent(store, clockToleranceMs),
      extremes: new SkewExtremes(store, one),
    };
    for (const { part } of one.streams) byStream.set(part.number, chosen);
    return chosen;
  });
  const byStart = store.rows.order();
  for (let row = 0; row < store.length; row += 1) {
    const one = byStream.get(store.stream(row));
    if (one === undefined) continue;
    one.chooser.take(row);
    one.extremes.take(row);
    if (store.kind(row) !== ROW.loose) byStart.add(store.start(row), row);
  }
  for (const row of byStart.rows()) byStream.get(store.stream(row))?.together.take(row);
  byStart.close();
  for (const { chooser, together, extremes } of choosing) {
    chooser.finish();
    for (const row of [...together.rows(), ...extremes.rows()]) kept.add(row);
  }
}

function chooserOf(
  store: RecordStore,
  { streams, others, partners, isQuiet }: Condensing,
  kept: RowSet,
  clockToleranceMs: number,
): RetainedSelector {
  const elsewhere = new IntervalSet(2 * clockToleranceMs, 2 * clockToleranceMs + 1);
  const loose = looseTimes(store, { streams, others, partners, isQuiet });
  for (const time of [...loose.driver, ...loose.peer, ...loose.link, ...loose.log]) elsewhere.add(time);
  const odd = IntervalSet.merged([...streams.map(({ part }) => part.oddTimes), elsewhere]);
  const chooser = new RetainedSelector({ store, odd, isQuiet, keep: (row) => kept.add(row) });
  const births = Float64Array.from(birthsOf(streams, loose.peer)).sort();
  for (const { part } of streams)
    chooser.addStream(part.number, { births, lifecycleLines: part.lifecycleLines });
  return chooser;
}

/** From when a stranger is gone, or the peer is there again, an exposure may count. */
function* birthsOf(streams: readonly OrderedStream[], peer: readonly number[]): Generator<number> {
  for (const { part, signs } of streams) {
    yield* part.births;
    for (const { event } of signs) yield event.timestamp;
  }
  yield* peer;
}
