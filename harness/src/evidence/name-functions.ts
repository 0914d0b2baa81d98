/**
 * Decides to which function each log stream belongs (docs/contracts.md#reading-what-others-wrote). A function is account, Region and name.
 * What no source names is one function only within one source.
 */
import { wrongInput } from "../base/errors.ts";
import { functionLabel, nameInLabel } from "../words/function-label.ts";
import { groupBy } from "../base/group-by.ts";
import type { CollectedStream } from "./stream-collector.ts";
import { familyNamed } from "../catalogue/runtimes/all-runtimes.ts";
import { exportOfPath, functionOfGroup, functionOfStream } from "../logs/stream-name.ts";

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

/** `asked` is a name, or the label of one of several functions with this name, such as `name (eu-central-1)`. */
export function nameFunctions(streams: readonly CollectedStream[], asked: string | null): NamedFunctions {
  const anonymous = streams.filter((stream) => namedFunction(stream) === null);
  const namer = asked === null ? namerOfNameless(streams) : () => nameInLabel(asked);
  if (asked === null) refuseSeveralNameless(anonymous, namer);
  const byName = groupBy(streams, (stream) => namedFunction(stream) ?? namer(stream));
  const all = [...byName].flatMap(([name, own]) => [...byOwner(name, own)]);
  const isAsked = (label: string): boolean =>
    asked === null ||
    label === asked ||
    (nameInLabel(label) === asked && !label.startsWith(UNKNOWN_FUNCTION));
  const result = all.filter(([label]) => isAsked(label)).sort(([a], [b]) => (a < b ? -1 : 1));
  const named = new Set(streams.map(namedFunction));
  const labels = all.flatMap(([label]) => (named.has(nameInLabel(label)) ? [label] : [])).sort();
  if (result.length === 0 && streams.length > 0) return { ok: false, named: labels };
  return {
    ok: true,
    streams: new Map(result),
    others: labels.filter((label) => !isAsked(label)),
  };
}

const DIMENSIONS = [
  { of: ({ account }: CollectedStream) => account, word: "account" },
  { of: ({ region }: CollectedStream) => region, word: "Region" },
] as const;

/**
 * Functions of several accounts or Regions can have one name. They are different functions, so an environment of one must not be blamed for
 * the failures of another. If a stream does not show to which of them it belongs, the logs are refused.
 */
function byOwner(
  name: string,
  streams: readonly CollectedStream[],
): ReadonlyMap<string, readonly CollectedStream[]> {
  const several = DIMENSIONS.filter(
    ({ of }) => new Set(streams.map(of).filter((one) => one !== null)).size > 1,
  );
  for (const { of, word } of several) {
    const silent = streams.filter((stream) => of(stream) === null);
    if (silent.length === 0) continue;
    const what = name.startsWith(UNKNOWN_FUNCTION) ? "logs" : `logs of ${name}`;
    const found = [...new Set(streams.map(of))].filter((one) => one !== null).sort();
    throw wrongInput(
      `expected ${what} from one ${word}, found ${found.join(", ")}, and ${silent.length} of ${streams.length} log streams that do not show their ${word}, such as ${silent[0]?.logStreamName}.`,
      {
        hint: `In each ${word} the function has its own execution environments. Analyze the logs of each ${word} alone.`,
      },
    );
  }
  return groupBy(streams, (stream) =>
    functionLabel(
      name,
      several.map(({ of }) => of(stream)),
    ),
  );
}

/**
 * Returns a callback that decides to which Lambda function a log stream belongs if the stream names no function: to the only function that
 * its source names. Streams with different runtimes belong to different Lambda functions, which are judged separately even if they have
 * no names.
 */
function namerOfNameless(streams: readonly CollectedStream[]): (stream: CollectedStream) => string {
  const pairs = streams.flatMap((stream) => [...exportsOf(stream)].map((source) => ({ source, stream })));
  const bySource = groupBy(pairs, ({ source }) => source);
  const namers = new Map(
    [...bySource].map(([source, own]) => [source, namerWithin(own.map(({ stream }) => stream))]),
  );
  return (stream) => {
    const names = [...exportsOf(stream)].map((source) => namers.get(source)?.(stream) ?? UNKNOWN_FUNCTION);
    return names.find((name) => !name.startsWith(UNKNOWN_FUNCTION)) ?? names[0] ?? UNKNOWN_FUNCTION;
  };
}

function namerWithin(streams: readonly CollectedStream[]): (stream: CollectedStream) => string {
  const named = new Set(streams.map(namedFunction).filter((name) => name !== null));
  const [only = null] = named.size === 1 ? named : [];
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

/** Two exports that name no function can be logs of two functions. Their accounts can tell them apart. */
function refuseSeveralNameless(
  anonymous: readonly CollectedStream[],
  namer: (stream: CollectedStream) => string,
): void {
  const nameless = anonymous.filter((stream) => namer(stream).startsWith(UNKNOWN_FUNCTION));
  for (const own of groupBy(nameless, ({ account }) => account).values()) {
    const sources = [...new Set(own.flatMap((stream) => [...exportsOf(stream)]))];
    const [first, second] = sources;
    if (first === undefined || second === undefined) continue;
    if (sources.some((source) => own.every((stream) => exportsOf(stream).has(source)))) continue;
    throw wrongInput(
      `${first}: expected logs that name their function, found ${sources.length} files or exports without a name; another one is ${second}. They can be logs of different functions.`,
      {
        hint: "If all of them are logs of one function, give its name with --function. Else analyze the logs of each function alone.",
      },
    );
  }
}

function exportsOf({ sources }: CollectedStream): ReadonlySet<string> {
  return new Set(sources.map(exportOfPath));
}

export function namedFunction({ functionName, logStreamName, logGroup }: CollectedStream): string | null {
  return functionName ?? functionOfStream(logStreamName) ?? functionOfGroup(logGroup);
}
