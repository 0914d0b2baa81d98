/**
 * Extracts from one run what the platform did with one function: its Inits, how long environments lived, and when they were replaced. AWS
 * does not log the end of an environment. If an end is unknown, it lies between the environment's last invocation and the next
 * invocation, which another environment served.
 */
import { NEVER, earlier } from "../../base/clocks.ts";
import type { EnvironmentResult } from "../../result/environment-result.ts";
import type { FunctionResult } from "../../result/function-result.ts";
import { firstIndex } from "../../base/first-index.ts";
import { durationMs, epochMs, parseIsoTime, type DurationMs, type EpochMs } from "../../base/time.ts";
import { gapsBetween, type UncertainTime } from "./gaps-between.ts";
import type { Length } from "./length.ts";

/** When the run invoked the function, in milliseconds since 1970. */
export interface Window {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

type InitKind = "waited-for" | "ahead" | "without-invoke" | "other";

export interface ObservedFunction {
  readonly inits: Readonly<Record<InitKind, number>>;
  readonly ahead: readonly Length[];
  readonly lives: readonly Length[];
  readonly idle: readonly Length[];
  readonly gaps: {
    readonly retire: readonly Length[];
    readonly "initialise-ahead": readonly Length[];
    readonly "ahead-elsewhere": readonly Length[];
  };
}

interface SeenEnvironment {
  readonly kind: InitKind;
  readonly initStart: EpochMs | null;
  readonly initEnd: EpochMs | null;
  readonly gapMs: DurationMs | null;
  readonly first: EpochMs | null;
  readonly last: EpochMs | null;
  readonly end: EpochMs | null;
}

type ServingEnvironment = SeenEnvironment & { readonly first: EpochMs; readonly last: EpochMs };

/** The end of an environment that was invoked. `next` is the time of the next invocation, which was in another environment. */
interface Departure extends UncertainTime {
  readonly of: ServingEnvironment;
  readonly next: EpochMs;
}

/** `idleLifeMs`: how long an environment that was never invoked counts as alive, if its end is not known. */
export function observeFunction(
  { environments }: FunctionResult,
  window: Window,
  idleLifeMs: DurationMs,
): ObservedFunction {
  const seen = environments.map(see);
  const served = seen.filter((one): one is ServingEnvironment => one.first !== null && one.last !== null);
  const departures = departuresOf(served, window);
  const waits = new Set(served.flatMap(({ kind, first }) => (kind === "waited-for" ? [first] : [])));
  const passedOver = new Map(
    seen.flatMap((one) => {
      const after = one.kind === "without-invoke" ? passingOver(one, departures, waits, idleLifeMs) : null;
      return after === null ? [] : [[one, after] as const];
    }),
  );
  const elsewhere = new Set(passedOver.values());
  const ends = new Map(departures.map((one) => [one.of, one]));
  const begun = seen.filter(({ initStart }) => within(initStart, window));
  const ahead = begun.filter(
    (one) => (one.kind === "ahead" || one.kind === "without-invoke") && !passedOver.has(one),
  );
  const breaks = [...elsewhere].map(({ low }) => low);
  const unclear = begun.flatMap(({ kind, initStart }) => (kind === "other" ? [initStart ?? epochMs(0)] : []));
  const gaps = (events: readonly UncertainTime[], at: readonly EpochMs[]): Length[] =>
    gapsBetween(events, at, window.to);
  return {
    inits: countKinds(begun),
    ahead: begun.flatMap(({ kind, gapMs }) =>
      kind === "ahead" && gapMs !== null ? [{ low: gapMs, high: gapMs }] : [],
    ),
    lives: served.flatMap((one) => lifeOf(one, ends.get(one), window)),
    idle: served.flatMap(({ last, end }) =>
      end === null || !within(end, window) ? [] : [{ low: end - last, high: end - last }],
    ),
    gaps: {
      retire: gaps(
        departures.filter((one) => !elsewhere.has(one)),
        breaks,
      ),
      "initialise-ahead": gaps(
        ahead.map(({ initStart }) => ({ low: initStart ?? epochMs(0), high: initStart ?? epochMs(0) })),
        [...breaks, ...unclear],
      ),
      "ahead-elsewhere": gaps([...elsewhere], []),
    },
  };
}

function see(one: EnvironmentResult): SeenEnvironment {
  const at = (time: string | null): EpochMs | null => (time === null ? null : parseIsoTime(time));
  return {
    kind: kindOf(one),
    initStart: at(one.initStart),
    initEnd: at(one.initEnd),
    gapMs: durationMs(one.initGapMs),
    first: at(one.firstInvoke),
    last: at(one.lastInvoke),
    end: at(one.end),
  };
}

function kindOf({ initWaitedFor, initWithoutInvoke }: EnvironmentResult): InitKind {
  if (initWithoutInvoke === true) return "without-invoke";
  if (initWaitedFor === null) return "other";
  return initWaitedFor ? "waited-for" : "ahead";
}

function within(time: EpochMs | null, { from, to }: Window): boolean {
  return time !== null && time >= from && time <= to;
}

/** An environment has a departure if its last invocation was in the window, and a later invocation was in another environment. */
function departuresOf(served: readonly ServingEnvironment[], window: Window): readonly Departure[] {
  const ascending = (times: readonly EpochMs[]): readonly EpochMs[] => [...times].sort((a, b) => a - b);
  const [firsts, lasts] = [
    ascending(served.map((one) => one.first)),
    ascending(served.map((one) => one.last)),
  ];
  return served
    .flatMap((of): readonly Departure[] => {
      const next = earlier(nextOf(firsts, of.last), nextOf(lasts, of.last));
      if (next === NEVER || !within(of.last, window)) return [];
      const known = of.end !== null && of.end >= of.last && of.end <= window.to ? of.end : null;
      return [{ of, next, low: known ?? of.last, high: known ?? next }];
    })
    .sort((one, other) => one.next - other.next);
}

/** `NEVER` if there is none. */
function nextOf(ascending: readonly EpochMs[], time: EpochMs): EpochMs {
  return ascending[firstIndex(ascending.length, (index) => (ascending[index] ?? Infinity) > time)] ?? NEVER;
}

/**
 * Returns the departure after which an environment that was never invoked was passed over. It was passed over if it was alive, but the next
 * invocation waited for the Init of another environment. Null if there is no such departure.
 */
function passingOver(
  { initEnd, end }: SeenEnvironment,
  departures: readonly Departure[],
  waits: ReadonlySet<number>,
  idleLifeMs: DurationMs,
): Departure | null {
  if (initEnd === null) return null;
  const at = firstIndex(departures.length, (index) => (departures[index]?.next ?? Infinity) > initEnd);
  const departure = departures[at];
  if (departure === undefined || !waits.has(departure.next)) return null;
  return departure.next < (end ?? initEnd + idleLifeMs) ? departure : null;
}

/**
 * Returns nothing for a life that began before the window. Of such lives, long ones reach into the window more often than short ones. So with
 * them the observed lives would be too long.
 */
function lifeOf(
  { initStart }: ServingEnvironment,
  end: Departure | undefined,
  window: Window,
): readonly Length[] {
  if (initStart === null || !within(initStart, window)) return [];
  return end === undefined
    ? [{ low: Math.max(0, window.to - initStart), high: Infinity }]
    : [{ low: end.low - initStart, high: end.high - initStart }];
}

function countKinds(begun: readonly SeenEnvironment[]): Record<InitKind, number> {
  const counts = { "waited-for": 0, ahead: 0, "without-invoke": 0, other: 0 };
  for (const { kind } of begun) counts[kind] += 1;
  return counts;
}
