/**
 * For a connection that only the peer logged, finds the invocation to which it belongs. The peer's clock can be ahead or behind by up to the
 * tolerance. First all connections whose boot is known bound this difference: each was opened in an Init or an invocation of its
 * environment, and before the function's line about it. If a connection then fits only one invocation, it belongs to that invocation.
 * Ambiguous connections stay unattributed.
 */
import { ATTEMPT_MS_MAX } from "../../domain/time-limits.ts";
import { groupBy } from "../../domain/group-by.ts";
import type { CodePhase } from "../../../../functions/src/contract.ts";
import { lastStartedIndex } from "../timeline/attach-attempts.ts";
import { boundShifts, mostFitting, overlap, type Span } from "../timeline/clock-shifts.ts";
import type {
  ObservedBoot,
  ObservedEnvironment,
  ObservedInvocation,
  ObservedPeerConnection,
} from "../timeline/environment.ts";
import { ROUNDING_MS, timeOf } from "./pair-attempts.ts";

/** After the runtime's answer, code can run on until the freeze. What it sends can reach the peer up to this much after the answer. */
const AFTER_END_MS = 20;
/** The largest difference of the clocks that is examined, to find out whether it is greater than the tolerance. */
const ELSEWHERE_MS = 15 * 60_000;
const SAMPLE = 100;
/** More connections than this do not bound the shift any better. */
const CONSTRAINTS_MAX = 5_000;
/** If there are more spans than this, differences beyond the tolerance are not examined. */
const SPANS_MAX = 1_000_000;
/** If one log begins or ends earlier than the other log, this many connections can fit better at another shift by chance. */
const CHANCE = 2;

export interface Placed {
  /** The invocations to which the connection can belong. */
  readonly invocations: readonly ObservedInvocation[];
  /** Whether it can have been opened only in the Init. */
  readonly inInit: boolean;
}

export interface BootConnection {
  readonly boot: ObservedBoot;
  readonly connection: ObservedPeerConnection;
  readonly phase: CodePhase | null;
}

export class ConnectionPlaces {
  readonly #started: ReadonlyMap<ObservedEnvironment, readonly ObservedInvocation[]>;
  readonly #within: Span;
  readonly #shifts = new Map<ObservedEnvironment, readonly Span[]>();

  /** `all` has all connections that the peer logged for this function. Those about which the function wrote a line are already paired. */
  constructor(
    all: readonly BootConnection[],
    started: ReadonlyMap<ObservedEnvironment, readonly ObservedInvocation[]>,
    toleranceMs: number,
  ) {
    this.#started = started;
    this.#within = { from: -toleranceMs, to: toleranceMs };
    // The clock of an environment with lifecycle lines is closely bounded. All environments without such lines share one bound.
    const groups = groupBy(all, ({ boot: { environment } }) =>
      environment.boots.some(({ lines }) => lines > 0) ? environment : null,
    );
    for (const list of groups.values()) {
      const shifts = this.#shiftsOf(list);
      for (const { boot } of list) this.#shifts.set(boot.environment, shifts);
    }
  }

  /** How far the peer's clock can be ahead of this environment's. Null if no shift within the tolerance fits. */
  ahead(environment: ObservedEnvironment): Span | null {
    const shifts = this.#shifts.get(environment) ?? [this.#within];
    const [first, last] = [shifts[0], shifts.at(-1)];
    return first === undefined || last === undefined ? null : { from: first.from, to: last.to };
  }

  place(one: BootConnection): Placed {
    const shifts = this.#shifts.get(one.boot.environment) ?? [this.#within];
    const near = this.#near(one, this.#within.to);
    const fits = (place: Place): boolean => overlap(shiftsTo(place, one.connection.firstAt), shifts);
    const fitting = near.filter(fits);
    const invocations = fitting.flatMap(({ invocation }) => invocation ?? []);
    return { invocations, inInit: fitting.length > 0 && invocations.length === 0 };
  }

  #shiftsOf(all: readonly BootConnection[]): readonly Span[] {
    const every = Math.ceil(all.length / CONSTRAINTS_MAX);
    const some = all.filter((_, index) => index % every === 0);
    // The pairs of a function's line and a peer's line give the best bound.
    const known = boundShifts(
      all.flatMap((one) => ownShifts(one) ?? []),
      this.#within,
    );
    const [first, last] = [known[0], known.at(-1)];
    if (first === undefined || last === undefined || this.#fitsElsewhere(all)) return [];
    const constraints = some.map((one) => this.#fitting(one)).filter((spans) => spans !== null);
    return boundShifts(constraints, { from: first.from, to: last.to });
  }

  /**
   * Whether a shift beyond the tolerance places clearly more connections than any shift within the tolerance. This shows that the clocks are
   * further apart than the tolerance. A few more connections prove nothing: invocations at equal intervals fit nearly as well if they are
   * shifted by whole intervals.
   */
  #fitsElsewhere(all: readonly BootConnection[]): boolean {
    const some = sampleOf(all.filter(({ connection }) => connection.attempt?.ownLine !== true));
    const constraints = some.map((one) =>
      this.#near(one, ELSEWHERE_MS).map((place) => shiftsTo(place, one.connection.firstAt)),
    );
    if (constraints.reduce((sum, spans) => sum + spans.length, 0) > SPANS_MAX) return false;
    const elsewhere = mostFitting(constraints, { from: -ELSEWHERE_MS, to: ELSEWHERE_MS });
    const here = mostFitting(constraints, this.#within);
    return elsewhere === some.length ? here < elsewhere : here < elsewhere - CHANCE;
  }

  /** The shifts at which the connection lies in an Init or invocation of its environment. Null if the connection bounds nothing. */
  #fitting(one: BootConnection): readonly Span[] | null {
    const { connection } = one;
    if (ownShifts(one) !== null) return null;
    const near = this.#near(one, this.#within.to);
    if (near.length === 0 && !this.#isCovered(one)) return null;
    return near.map((place) => shiftsTo(place, connection.firstAt));
  }

  /** Whether the evidence has invocations before and after the connection. Then the connection must lie in one of them. */
  #isCovered({ boot, connection, phase }: BootConnection): boolean {
    const { environment } = boot;
    // A repeated Init ran inside an invocation.
    if (phase === "init" && (boot.number > 1 || environment.init?.end == null)) return false;
    const started = this.#started.get(environment) ?? [];
    const first = environment.init?.start ?? started[0]?.start ?? Infinity;
    return (
      phase !== "shutdown" &&
      first <= connection.firstAt &&
      connection.firstAt <= (started.at(-1)?.start ?? -Infinity)
    );
  }

  /** The spans near the connection in which code of its environment ran. */
  #near({ boot: { environment }, connection, phase }: BootConnection, distanceMs: number): readonly Place[] {
    const started = this.#started.get(environment) ?? [];
    const reach = distanceMs + AFTER_END_MS;
    const time = connection.firstAt;
    const places: Place[] = [];
    const { init } = environment;
    if (phase !== "invoke" && init?.end != null && init.start - reach <= time && time <= init.end + reach)
      places.push({ from: init.start, to: init.end, invocation: null });
    if (phase === "init" || phase === "shutdown") return places;
    for (let index = lastStartedIndex(started, time + reach); index >= 0; index -= 1) {
      const invocation = started[index];
      if (invocation?.start == null) continue;
      const to = invocation.end ?? started[index + 1]?.start ?? Infinity;
      if (to < time - reach) break;
      places.push({ from: invocation.start, to, invocation });
    }
    return places.reverse();
  }
}

interface Place extends Span {
  /** Null if the span is the Init. */
  readonly invocation: ObservedInvocation | null;
}

/** The shifts at which the function's line about the connection fits. Null if there is no such line. */
function ownShifts({ boot, connection }: BootConnection): readonly (readonly Span[])[] | null {
  const { attempt } = connection;
  if (attempt?.ownLine !== true || connection.queuedAt !== null) return null;
  const begun = attempt.invocation?.start ?? boot.from;
  const from = Math.min(Math.max(begun, attempt.time - ATTEMPT_MS_MAX), attempt.time);
  return [[shiftsTo({ from, to: attempt.time }, timeOf(connection))]];
}

/**
 * Chooses connections to bound the shift: the first and the last SAMPLE connections, because evidence begins and ends there, and every n-th
 * of the rest.
 */
function sampleOf(all: readonly BootConnection[]): readonly BootConnection[] {
  if (all.length <= 3 * SAMPLE) return all;
  const byTime = [...all].sort((a, b) => a.connection.firstAt - b.connection.firstAt);
  const every = Math.ceil((byTime.length - 2 * SAMPLE) / SAMPLE);
  return byTime.filter(
    (_, index) => index < SAMPLE || index >= byTime.length - SAMPLE || index % every === 0,
  );
}

/** How far the peer's clock is ahead if its line was written within this span. */
function shiftsTo({ from, to }: Span, time: number): Span {
  return { from: time - to - AFTER_END_MS, to: time - from + ROUNDING_MS };
}
