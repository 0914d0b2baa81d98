/** Makes the evidence of each function from the store, without the quiet invocations (evidence-need.ts) that no step needs. */
import { functionEvidence, type StoredFunction } from "./function-evidence.ts";
import {
  INVOCATIONS_HELD_MAX,
  type Condensing,
  type CondenseOptions,
  type FunctionSources,
  type FunctionStream,
} from "./function-sources.ts";
import { joinSources, undisturbed } from "./join-sources.ts";
import { leaveOut } from "./leave-out.ts";
import { retainNeeded } from "./needs/retain-needed.ts";
import type { RecordStore } from "./record-store.ts";
import { reorderStream } from "./reorder-stream.ts";
import { repeatedRequests } from "./repeated-requests.ts";
import { RowSet } from "./row-set.ts";
import type { OrderedStream } from "./stored-stream.ts";

export function storedFunctions(
  functions: ReadonlyMap<string, FunctionSources>,
  store: RecordStore,
  options: CondenseOptions,
): ReadonlyMap<string, StoredFunction> {
  const ordered = [...functions].filter(([, sources]) => isCondensable(sources, options));
  const sorted = ordered.map(([name, { streams, others }]) => ({
    name,
    others,
    streams: streams.map((stream) => inItsOrder(store, stream, options)),
  }));
  // Sorting a stream adds rows, so the number of rows is known only now.
  store.endAdding();
  const kept = new RowSet(store.length);
  const condensing = sorted.map((one): Condensing => {
    const input = {
      ...one,
      store,
      toleranceMs: options.clockToleranceMs,
      environmentNumber: options.environmentNumber,
    };
    const partners = joinSources(input);
    const isUndisturbed = undisturbed(input, partners);
    if (one.others.driver !== null) return { ...one, partners, isQuiet: isUndisturbed };
    // Without a driver, the outcome of a repeated request id is uncertain.
    const repeated = repeatedRequests(store, one.streams);
    return { ...one, partners, isQuiet: (row) => !repeated.has(row) && isUndisturbed(row) };
  });
  if (condensing.length > 0) retainNeeded(store, condensing, kept, options);
  const leftOut = new Map(condensing.map((one) => [one.name, leaveOut(store, one, kept, options.needs)]));
  return new Map(
    [...functions].map(([name, sources]) => [
      name,
      functionEvidence(store, sources, leftOut.get(name) ?? null, kept),
    ]),
  );
}

/** In a run with several peers, all invocations are kept, because counts do not show which of the peers a quiet invocation used. */
function isCondensable(
  { streams, others }: FunctionSources,
  { heldMax = INVOCATIONS_HELD_MAX, needs, severalPeers }: CondenseOptions,
): boolean {
  const starts = streams.reduce((sum, { parts }) => sum + parts.reduce((of, part) => of + part.starts, 0), 0);
  const { driver, peer, link } = others;
  return (
    !severalPeers &&
    !needs.has("every-invocation") &&
    starts > heldMax &&
    [driver, peer?.store ?? null, link?.store ?? null].every((source) => source?.whole !== false) &&
    !streams.some(({ logStreamName }) => peer?.bootless.has(logStreamName) === true)
  );
}

function inItsOrder(
  store: RecordStore,
  { logStreamName, parts, signs }: FunctionStream,
  { clockToleranceMs }: CondenseOptions,
): OrderedStream {
  const [only] = parts;
  const isInOrder = only !== undefined && parts.length === 1 && !only.disordered;
  const part = isInOrder ? only : reorderStream(store, parts, { watch: true, reachMs: 2 * clockToleranceMs });
  return { logStreamName, part, signs };
}
