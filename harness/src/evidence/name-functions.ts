/** Decides to which function each log stream belongs (docs/contracts.md#reading-what-others-wrote). */
import { groupBy } from "../domain/group-by.ts";
import type { CollectedStream } from "./stream-collector.ts";
import { familyNamed } from "../runtimes/all-runtimes.ts";
import { functionOfGroup, functionOfStream } from "../logs/stream-name.ts";

export const UNKNOWN_FUNCTION = "unknown";

export type NamedFunctions =
  | {
      readonly ok: true;
      readonly streams: ReadonlyMap<string, readonly CollectedStream[]>;
      /** Functions that the user did not ask for. */
      readonly others: readonly string[];
    }
  /** The logs name functions, but not the function that the user asked for. */
  | { readonly ok: false; readonly named: readonly string[] };

export function nameFunctions(streams: readonly CollectedStream[], asked: string | null): NamedFunctions {
  const names = streams.map(namedFunction);
  const named = [...new Set(names.filter((name) => name !== null))].sort();
  const anonymous = names.includes(null);
  if (asked !== null && streams.length > 0 && !named.includes(asked) && !anonymous)
    return { ok: false, named };
  const likely = asked === null ? namerOfNameless(streams, named) : () => asked;
  const all = groupBy(streams, (stream) => namedFunction(stream) ?? likely(stream));
  const result = new Map([...all].filter(([name]) => asked === null || name === asked));
  return {
    ok: true,
    streams: new Map([...result].sort(([a], [b]) => (a < b ? -1 : 1))),
    others: named.filter((name) => !result.has(name)),
  };
}

/**
 * Returns a callback that decides to which Lambda function a log stream belongs if the stream names no function. Streams with different
 * runtimes belong to different Lambda functions, which are judged separately even if they have no names.
 */
function namerOfNameless(
  streams: readonly CollectedStream[],
  named: readonly string[],
): (stream: CollectedStream) => string {
  const only = named.length === 1 ? (named[0] ?? null) : null;
  const familiesOf = (name: string | null): ReadonlySet<string> =>
    new Set(
      streams.flatMap((stream) =>
        stream.family !== null && namedFunction(stream) === name ? [stream.family] : [],
      ),
    );
  const ofOnly = only === null ? new Set<string>() : familiesOf(only);
  const differ = familiesOf(null).size > 1;
  return ({ family }) => {
    if (family === null) return only ?? UNKNOWN_FUNCTION;
    if (only !== null && (ofOnly.size === 0 ? !differ : ofOnly.has(family))) return only;
    return differ || only !== null
      ? `${UNKNOWN_FUNCTION} (${familyNamed(family)?.title ?? family})`
      : UNKNOWN_FUNCTION;
  };
}

export function namedFunction({ functionName, logStreamName, logGroup }: CollectedStream): string | null {
  return functionName ?? functionOfStream(logStreamName) ?? functionOfGroup(logGroup);
}
