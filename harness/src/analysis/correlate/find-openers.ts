/**
 * Finds the invocation that opened a connection that only the peer logged. First, the possible differences between the peer's clock and
 * the environment's clock (`shifts`) are bounded. For this, each connection of a known boot is used: it was opened in an Init or an
 * invocation of its environment, and before the function wrote its line about the connection. A connection is attributed to an invocation
 * if no other invocation fits at any of the possible shifts.
 */
import { durationMs, type DurationMs, type EpochMs } from "../../base/time.ts";
import {
  NEVER,
  after,
  between,
  earlier,
  earlierBy,
  later,
  onAxis,
  type Moment,
  type Span,
} from "../../base/clocks.ts";
import { ATTEMPT_MS_MAX } from "../../words/time-limits.ts";
import { groupBy } from "../../base/group-by.ts";
import type { CodePhase } from "../../../../functions/src/contract.ts";
import { lastStartedIndex } from "../timeline/attach-attempts.ts";
import { boundShifts, mostFitting, overlap, type Shifts } from "../timeline/clock-shifts.ts";
import type {
  ObservedBoot,
  ObservedEnvironment,
  ObservedInvocation,
  ObservedPeerConnection,
} from "../timeline/environment.ts";
import { ROUNDING_MS, timeOf, type PeerClock } from "./pair-attempts.ts";

/** Code can run after the runtime's answer until the freeze. So a connection can reach the peer up to this long after the answer. */
const AFTER_END_MS = 20;
/** Differences of the clocks up to this are examined, to find out whether they exceed the tolerance. */
const ELSEWHERE_MS = durationMs(15 * 60_000);
const SAMPLE = 100;
/** Offsets of time zones are whole quarters of an hour. */
export const ZONE_STEP_MS = 15 * 60_000;
/** The greatest difference of a time zone from UTC. */
const ZONE_QUARTERS_MAX = 14 * 4;
/** With fewer connections, a shift can fit by chance. */
const ZONE_CONNECTIONS_MIN = 3;
/**
 * A time zone explains the difference only on two conditions. Without the zone, at most this share of the connections fits. With the zone,
 * at most this share of the connections does not fit.
 */
const ZONE_LOST_SHARE_MAX = 0.1;
/** More connections than this do not bound the shift any better. */
const CONSTRAINTS_MAX = 5_000;
/** With more possible spans than this, differences beyond the tolerance are not examined. */
const SPANS_MAX = 1_000_000;
/** If the two logs do not cover the same time, up to this many more connections can match at a wrong shift by chance. */
const CHANCE = 2;

export interface PossibleOpeners {
  readonly invocations: readonly ObservedInvocation[];
  /** True if only the Init can have opened the connection. */
  readonly inInit: boolean;
}

export interface BootConnection {
  readonly boot: ObservedBoot;
  readonly connection: ObservedPeerConnection;
  readonly phase: CodePhase | null;
}

export class OpenerFinder {
  readonly #started: ReadonlyMap<ObservedEnvironment, readonly ObservedInvocation[]>;
  readonly #within: Span<DurationMs>;
  readonly #cutMs: DurationMs;
  readonly #logCutMs: DurationMs;
  readonly #shifts = new Map<ObservedEnvironment, readonly Shifts[]>();

  /** `all` are all connections that the peer logged for this function. They are already paired with the function's lines. */
  constructor(
    all: readonly BootConnection[],
    started: ReadonlyMap<ObservedEnvironment, readonly ObservedInvocation[]>,
    { toleranceMs, cutMs, logCutMs }: PeerClock,
  ) {
    this.#started = started;
    this.#cutMs = cutMs;
    this.#logCutMs = logCutMs;
    this.#within = { from: durationMs(0 - toleranceMs), to: toleranceMs };
    // Lifecycle lines of an environment bound the shift of its clock closely. All environments without such lines share one bound.
    const groups = groupBy(all, ({ boot: { environment } }) =>
      environment.boots.some(({ lines }) => lines > 0) ? environment : null,
    );
    for (const list of groups.values()) {
      const shifts = this.#shiftsOf(list);
      for (const { boot } of list) this.#shifts.set(boot.environment, shifts);
    }
  }

  /** How far the peer's times, as written, can be ahead of this environment's times. Null if no shift within the tolerance is possible. */
  ahead(environment: ObservedEnvironment): Shifts | null {
    const shifts = this.#shifts.get(environment) ?? [this.#within];
    const [first, last] = [shifts[0], shifts.at(-1)];
    return first === undefined || last === undefined
      ? null
      : { from: first.from - this.#cutMs, to: last.to + this.#logCutMs };
  }

  /**
   * Returns the shift, a whole number of quarters of an hour, that must be added to the peer's times so that they fit. Null if they fit as
   * they are written, or if there is no such shift or more than one.
   */
  zoneShift(all: readonly BootConnection[]): DurationMs | null {
    const some = sampleOf(all.filter(({ connection }) => connection.attempt?.ownLine !== true));
    const lostMax = some.length * ZONE_LOST_SHARE_MAX;
    const fitting = (shift: number): number =>
      some.filter((one) => this.#near(one, this.#within.to, shift).length > 0).length;
    if (some.length < ZONE_CONNECTIONS_MIN || fitting(0) > lostMax) return null;
    const shifts = Array.from(
      { length: 2 * ZONE_QUARTERS_MAX + 1 },
      (_, index) => (index - ZONE_QUARTERS_MAX) * ZONE_STEP_MS,
    ).filter((shift) => fitting(shift) >= some.length - lostMax);
    const [only] = shifts;
    return shifts.length === 1 && only !== undefined ? durationMs(only) : null;
  }

  openersOf(one: BootConnection): PossibleOpeners {
    const shifts = this.#shifts.get(one.boot.environment) ?? [this.#within];
    const near = this.#near(one, this.#within.to);
    const fits = (running: RunSpan): boolean =>
      overlap(this.#shiftsTo(running, one.connection.firstAt), shifts);
    const fitting = near.filter(fits);
    const invocations = fitting.flatMap(({ invocation }) => invocation ?? []);
    return { invocations, inInit: fitting.length > 0 && invocations.length === 0 };
  }

  #shiftsOf(all: readonly BootConnection[]): readonly Shifts[] {
    const every = Math.ceil(all.length / CONSTRAINTS_MAX);
    const some = all.filter((_, index) => index % every === 0);
    // The pairs of a function's line and a peer's line give the best bound.
    const known = boundShifts(
      all.flatMap((one) => this.#ownShifts(one) ?? []),
      this.#within,
    );
    const [first, last] = [known[0], known.at(-1)];
    if (first === undefined || last === undefined || this.#fitsElsewhere(all)) return [];
    const constraints = some.map((one) => this.#fitting(one)).filter((spans) => spans !== null);
    return boundShifts(constraints, { from: first.from, to: last.to });
  }

  /**
   * Whether clearly more connections match at a shift beyond the tolerance than at a shift within it. A few more prove nothing: if
   * invocations come at equal intervals, nearly as many match when the times are shifted by whole intervals.
   */
  #fitsElsewhere(all: readonly BootConnection[]): boolean {
    const some = sampleOf(all.filter(({ connection }) => connection.attempt?.ownLine !== true));
    const constraints = some.map((one) =>
      this.#near(one, ELSEWHERE_MS).map((running) => this.#shiftsTo(running, one.connection.firstAt)),
    );
    if (constraints.reduce((sum, spans) => sum + spans.length, 0) > SPANS_MAX) return false;
    const elsewhere = mostFitting(constraints, { from: 0 - ELSEWHERE_MS, to: ELSEWHERE_MS });
    const here = mostFitting(constraints, this.#within);
    return elsewhere === some.length ? here < elsewhere : here < elsewhere - CHANCE;
  }

  /**
   * Returns the shifts at which the connection lies in an Init or invocation of its environment. Null if the connection does not bound the
   * shift.
   */
  #fitting(one: BootConnection): readonly Shifts[] | null {
    const { connection } = one;
    if (this.#ownShifts(one) !== null) return null;
    const near = this.#near(one, this.#within.to);
    if (near.length === 0 && !this.#isCovered(one)) return null;
    return near.map((running) => this.#shiftsTo(running, connection.firstAt));
  }

  /**
   * Whether the evidence must contain the Init or invocation that opened the connection, because the evidence of the environment begins
   * before the connection and goes on after it.
   */
  #isCovered({ boot, connection, phase }: BootConnection): boolean {
    const { environment } = boot;
    // Only the first Init has a span, and only if its end is known.
    if (phase === "init" && (boot.number > 1 || environment.init?.end == null)) return false;
    const started = this.#started.get(environment) ?? [];
    const first = environment.init?.start ?? started[0]?.start ?? Infinity;
    return (
      phase !== "shutdown" &&
      first <= onAxis(connection.firstAt) &&
      onAxis(connection.firstAt) <= (started.at(-1)?.start ?? -Infinity)
    );
  }

  #near(
    { boot: { environment }, connection, phase }: BootConnection,
    distanceMs: DurationMs,
    shiftMs = 0,
  ): readonly RunSpan[] {
    const started = this.#started.get(environment) ?? [];
    const reach = distanceMs + AFTER_END_MS;
    const time = after(onAxis(connection.firstAt), shiftMs);
    const spans: RunSpan[] = [];
    const { init } = environment;
    if (phase !== "invoke" && init?.end != null && init.start - reach <= time && time <= init.end + reach)
      spans.push({ from: init.start, to: init.end, invocation: null });
    if (phase === "init" || phase === "shutdown") return spans;
    for (let index = lastStartedIndex(started, after(time, reach)) + 1; index >= 0; index -= 1) {
      const invocation = started[index];
      if (invocation?.start == null) continue;
      const from = ranFrom(invocation, invocation.start);
      if (from > time + reach) continue;
      const to = invocation.end ?? started[index + 1]?.start ?? NEVER;
      if (to < time - reach) break;
      spans.push({ from, to, invocation });
    }
    return spans.reverse();
  }

  /**
   * Returns the shifts at which the peer's line agrees with the function's line. Null if the function wrote no line about the connection.
   */
  #ownShifts({ boot, connection }: BootConnection): readonly (readonly Shifts[])[] | null {
    const { attempt } = connection;
    if (attempt?.ownLine !== true || connection.queuedAt !== null) return null;
    const begun = attempt.invocation?.start ?? boot.from;
    const from = earlier(later(begun, earlierBy(attempt.time, ATTEMPT_MS_MAX)), attempt.time);
    return [[this.#shiftsTo({ from, to: attempt.time }, timeOf(connection))]];
  }

  /** Returns how far the peer's clock can be ahead if the peer's line belongs to this span. */
  #shiftsTo({ from, to }: Span, seen: Moment<"peer">): Shifts {
    const time = onAxis(seen);
    return { from: time - to - this.#logCutMs - AFTER_END_MS, to: time + this.#cutMs - from + ROUNDING_MS };
  }
}

/** If a repeated Init failed, then in text format it ran before the START of the invocation that waited for it. */
function ranFrom({ boot, initFailed }: ObservedInvocation, start: EpochMs): EpochMs {
  return initFailed === null ? start : earlier(boot.from, start);
}

/** A span in which code of an environment ran. */
interface RunSpan extends Span {
  /** Null if the span is the Init. */
  readonly invocation: ObservedInvocation | null;
}

/**
 * Of many connections, returns the first `SAMPLE` and the last `SAMPLE`, because one of the logs may begin or end among these. Of the
 * connections between them, it returns only some.
 */
function sampleOf(all: readonly BootConnection[]): readonly BootConnection[] {
  if (all.length <= 3 * SAMPLE) return all;
  const byTime = [...all].sort((a, b) => between(b.connection.firstAt, a.connection.firstAt));
  const every = Math.ceil((byTime.length - 2 * SAMPLE) / SAMPLE);
  return byTime.filter(
    (_, index) => index < SAMPLE || index >= byTime.length - SAMPLE || index % every === 0,
  );
}
