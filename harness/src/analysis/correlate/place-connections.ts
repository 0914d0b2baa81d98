/**
 * Which invocation a connection belongs to that only the peer logged. The peer's clock may be ahead or behind by as much as the
 * tolerance; by how much it can be is bounded first, by all connections of the peer's log that say whose they are (each was opened in an
 * Init or an invocation of its environment, and before the function's own line about it). What then can be of one invocation only is its
 * own; what can be of several is nobody's for certain.
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

/** Between the runtime's answer and the freeze code runs on, and what it sent arrives later. */
const AFTER_END_MS = 20;
/** Clocks that are set by hand, or hardly ever. */
const ELSEWHERE_MS = 15 * 60_000;
const SAMPLE = 100;
/** More than this many bound a shift no better. */
const CONSTRAINTS_MAX = 5_000;
/** Where invocations are that dense, they are not in equal steps. */
const SPANS_MAX = 1_000_000;
/** Evidence that begins or ends earlier in one log than in the other one may fit a little better elsewhere by chance. */
const CHANCE = 2;

export interface Placed {
  /** The invocations that it may be of. */
  readonly invocations: readonly ObservedInvocation[];
  /** It can have been opened in Init alone. */
  readonly inInit: boolean;
}

export interface Knock {
  readonly boot: ObservedBoot;
  readonly connection: ObservedPeerConnection;
  readonly phase: CodePhase | null;
}

export class ConnectionPlaces {
  readonly #started: ReadonlyMap<ObservedEnvironment, readonly ObservedInvocation[]>;
  readonly #within: Span;
  readonly #shifts = new Map<ObservedEnvironment, readonly Span[]>();

  /** `knocks`: all that the peer logged of this function, those with a line of the function's own matched to it. */
  constructor(
    knocks: readonly Knock[],
    started: ReadonlyMap<ObservedEnvironment, readonly ObservedInvocation[]>,
    toleranceMs: number,
  ) {
    this.#started = started;
    this.#within = { from: -toleranceMs, to: toleranceMs };
    // Lines of its own bound an environment's clock closely. Without them all environments are taken together.
    const groups = groupBy(knocks, ({ boot: { environment } }) =>
      environment.boots.some(({ lines }) => lines > 0) ? environment : null,
    );
    for (const list of groups.values()) {
      const shifts = this.#shiftsOf(list);
      for (const { boot } of list) this.#shifts.set(boot.environment, shifts);
    }
  }

  /** How far the peer's clock may be ahead of this environment's; null: by nothing within the tolerance. */
  ahead(environment: ObservedEnvironment): Span | null {
    const shifts = this.#shifts.get(environment) ?? [this.#within];
    const [first, last] = [shifts[0], shifts.at(-1)];
    return first === undefined || last === undefined ? null : { from: first.from, to: last.to };
  }

  place(knock: Knock): Placed {
    const shifts = this.#shifts.get(knock.boot.environment) ?? [this.#within];
    const near = this.#near(knock, this.#within.to);
    const fits = (place: Place): boolean => overlap(shiftsTo(place, knock.connection.firstAt), shifts);
    const fitting = near.filter(fits);
    const invocations = fitting.flatMap(({ invocation }) => invocation ?? []);
    return { invocations, inInit: fitting.length > 0 && invocations.length === 0 };
  }

  #shiftsOf(knocks: readonly Knock[]): readonly Span[] {
    const every = Math.ceil(knocks.length / CONSTRAINTS_MAX);
    const some = knocks.filter((_, index) => index % every === 0);
    // A line of the function's own that is matched to the peer's knows best.
    const known = boundShifts(
      knocks.flatMap((knock) => ownShifts(knock) ?? []),
      this.#within,
    );
    const [first, last] = [known[0], known.at(-1)];
    if (first === undefined || last === undefined || this.#fitsElsewhere(knocks)) return [];
    const constraints = some.map((knock) => this.#fitting(knock)).filter((spans) => spans !== null);
    return boundShifts(constraints, { from: first.from, to: last.to });
  }

  /**
   * What comes in equal steps fits nearly as well when it is shifted by whole steps: a shift beyond the tolerance at which more is in place
   * than within it shows that the clocks are further apart.
   */
  #fitsElsewhere(knocks: readonly Knock[]): boolean {
    const some = sampleOf(knocks.filter(({ connection }) => connection.attempt?.ownLine !== true));
    const constraints = some.map((knock) =>
      this.#near(knock, ELSEWHERE_MS).map((place) => shiftsTo(place, knock.connection.firstAt)),
    );
    if (constraints.reduce((sum, spans) => sum + spans.length, 0) > SPANS_MAX) return false;
    const elsewhere = mostFitting(constraints, { from: -ELSEWHERE_MS, to: ELSEWHERE_MS });
    const here = mostFitting(constraints, this.#within);
    return elsewhere === some.length ? here < elsewhere : here < elsewhere - CHANCE;
  }

  /** The shifts at which it was opened where it can have been; null: it bounds nothing. */
  #fitting(knock: Knock): readonly Span[] | null {
    const { connection } = knock;
    if (ownShifts(knock) !== null) return null;
    const near = this.#near(knock, this.#within.to);
    if (near.length === 0 && !this.#isCovered(knock)) return null;
    return near.map((place) => shiftsTo(place, connection.firstAt));
  }

  /** Invocations before it and after it are in the evidence: one that is in none of them is out of place. */
  #isCovered({ boot, connection, phase }: Knock): boolean {
    const { environment } = boot;
    // An Init that ran again did so inside an invocation.
    if (phase === "init" && (boot.number > 1 || environment.init?.end == null)) return false;
    const started = this.#started.get(environment) ?? [];
    const first = environment.init?.start ?? started[0]?.start ?? Infinity;
    return (
      phase !== "shutdown" &&
      first <= connection.firstAt &&
      connection.firstAt <= (started.at(-1)?.start ?? -Infinity)
    );
  }

  /** Where code of its environment ran, as near as that. */
  #near({ boot: { environment }, connection, phase }: Knock, distanceMs: number): readonly Place[] {
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
  /** Null: the Init. */
  readonly invocation: ObservedInvocation | null;
}

/** Null: the function wrote no line about it. */
function ownShifts({ boot, connection }: Knock): readonly (readonly Span[])[] | null {
  const { attempt } = connection;
  if (attempt?.ownLine !== true || connection.queuedAt !== null) return null;
  const begun = attempt.invocation?.start ?? boot.from;
  const from = Math.min(Math.max(begun, attempt.time - ATTEMPT_MS_MAX), attempt.time);
  return [[shiftsTo({ from, to: attempt.time }, timeOf(connection))]];
}

/** The first and the last of them tell most, since evidence begins and ends there. */
function sampleOf(knocks: readonly Knock[]): readonly Knock[] {
  if (knocks.length <= 3 * SAMPLE) return knocks;
  const byTime = [...knocks].sort((a, b) => a.connection.firstAt - b.connection.firstAt);
  const every = Math.ceil((byTime.length - 2 * SAMPLE) / SAMPLE);
  return byTime.filter(
    (_, index) => index < SAMPLE || index >= byTime.length - SAMPLE || index % every === 0,
  );
}

/** By how much the peer's clock is ahead if its line was written there. */
function shiftsTo({ from, to }: Span, time: number): Span {
  return { from: time - to - AFTER_END_MS, to: time - from + ROUNDING_MS };
}
