/**
 * Groups harmed invocations into windows. An operator would see each window as one outage. A window lasts until an invocation shows that
 * the peer is free, or until the end of the run. With one place, harm by another connection begins another window.
 */
import type {
  Harmed,
  HarmFindings,
  PeerHeld,
  PlacesHeld,
  ServerWords,
} from "../../result/findings/harm-findings.ts";
import type { Coded } from "../../record/coded.ts";
import type { JudgedWindow } from "../../result/judgement.ts";
import { epochMs, isoTime, type EpochMs, type DurationMs } from "../../base/time.ts";
import { attemptsFor } from "../attribution/shared-attempt.ts";
import type { Attempt, ObservedInvocation, ObservedEnvironment } from "../timeline/environment.ts";
import { holdFrom, holdTo, shownSpan } from "../timeline/hold.ts";
import { openedIn } from "../timeline/opened-in.ts";
import { serverWords } from "../timeline/server-words.ts";
import type { AssessedInvocation } from "./assessed-invocation.ts";
import type { InvocationAssessment } from "./invocation-assessment.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export interface OpenHarmWindow {
  readonly from: EpochMs;
  to: EpochMs | null;
  readonly requestIds: string[];
  readonly environments: ObservedEnvironment[];
  readonly holder: ObservedEnvironment;
  readonly hold: Attempt;
  readonly witness: "own-lines" | "other";
  /** Infinity if the clocks of peer and function differ by more than is allowed. */
  readonly orderToleranceMs: DurationMs;
  /** Whether the holder blocked a later process of its own environment. */
  earlierProcess: boolean;
  /** Set if the peer has several places. */
  readonly among: OpenPlaces | null;
  /** What the server said to the first client that it turned away. */
  refusal: ServerWords | null;
  /**
   * Set if the holder's connection had ended before the window began. This connection had kept an environment from the peer, and an
   * invocation of that environment failed only later.
   */
  readonly late: LateFailure | null;
}

type HarmedAssessment = Extract<InvocationAssessment, { judged: "harmed" }>;

interface LateFailure {
  readonly heldUntil: EpochMs;
  /** When the holder kept the first environment of the window from the peer. */
  readonly keptOutAt: EpochMs;
}

interface OpenPlaces {
  readonly idle: Set<Attempt>;
  /** Those of the `idle` connections that belong to an earlier process of an environment that failed. */
  readonly earlier: Set<Attempt>;
  /** The largest number of `idle` connections at one time. */
  idlePlaces: number;
  readonly places: number | null;
}

/** Returns the windows in order of time. `to` is null if nothing ended the window. */
export function findHarmWindows(
  judged: Iterable<AssessedInvocation>,
  { capacity, orderToleranceMs }: FunctionHistory,
): OpenHarmWindow[] {
  const single = capacity.places === 1;
  const windows: OpenHarmWindow[] = [];
  let open: readonly OpenHarmWindow[] = [];
  for (const { assessment, invocation, from } of judged) {
    if (assessment === null || invocation === null || from === null) continue;
    if (assessment.judged === "served" || (single && holdsPlaceItself(assessment)))
      open = keepOpen(open, from, (window) => !single && !endsWindow(window, invocation));
    if (assessment.judged !== "harmed") continue;
    let current = open.find((window) => isOf(window, assessment));
    if (current === undefined) {
      current = newWindow(assessment, from, orderToleranceMs);
      windows.push(current);
      open = [...open, current];
    }
    const here = current;
    // Only one connection can hold the only place. A late failure does not show who held it at that time.
    if (single && here.late === null) open = keepOpen(open, from, (window) => window === here);
    addTo(here, assessment, invocation);
  }
  return windows;
}

function holdsPlaceItself(assessment: InvocationAssessment): boolean {
  return assessment.judged === "not-harmed" && assessment.why === "own-connections";
}

/** Returns the windows for which `isKept` is true, and ends the other windows at the time `at`. */
function keepOpen(
  open: readonly OpenHarmWindow[],
  at: EpochMs,
  isKept: (window: OpenHarmWindow) => boolean,
): readonly OpenHarmWindow[] {
  const kept = open.filter(isKept);
  for (const window of open) if (!kept.includes(window)) window.to = at;
  return kept;
}

function isOf(window: OpenHarmWindow, { hold, among }: HarmedAssessment): boolean {
  return among === undefined ? window.hold === hold : window.among !== null;
}

function newWindow(
  { holder, hold, at, witness, among }: HarmedAssessment,
  from: EpochMs,
  toleranceMs: DurationMs,
): OpenHarmWindow {
  const heldUntil = among === undefined ? holdTo(hold) : null;
  return {
    from,
    to: null,
    requestIds: [],
    environments: [],
    holder,
    hold,
    witness,
    orderToleranceMs: toleranceMs,
    earlierProcess: false,
    refusal: null,
    among:
      among === undefined
        ? null
        : { idle: new Set(), earlier: new Set(), idlePlaces: 0, places: among.places },
    late:
      heldUntil !== null && heldUntil < from - toleranceMs && at < from ? { heldUntil, keptOutAt: at } : null,
  };
}

function addTo(
  window: OpenHarmWindow,
  { holder, hold, among }: HarmedAssessment,
  invocation: ObservedInvocation,
): void {
  window.requestIds.push(invocation.requestId);
  window.refusal ??= refusalOf(invocation);
  if (holder === invocation.environment && hold.boot === window.hold.boot) window.earlierProcess = true;
  if (window.among !== null && among !== undefined) {
    for (const one of among.idle) {
      window.among.idle.add(one);
      if (one.environment === invocation.environment && one.boot.number < invocation.boot.number)
        window.among.earlier.add(one);
    }
    window.among.idlePlaces = Math.max(window.among.idlePlaces, among.idle.length);
  }
  if (!window.environments.includes(invocation.environment)) window.environments.push(invocation.environment);
}

/** With several places, a served invocation ends the window if its connection is new, or if its environment had failed before. */
function endsWindow(
  { environments }: OpenHarmWindow,
  { attempts, environment }: ObservedInvocation,
): boolean {
  return environments.includes(environment) || attempts.some(({ outcome }) => outcome === "accepted");
}

/** Returns what the server said when it last refused the invocation. Null if it said nothing. */
export function refusalOf(invocation: ObservedInvocation): ServerWords | null {
  const refused = attemptsFor(invocation).findLast(
    (attempt) => attempt.outcome === "refused" && serverWords(attempt) !== null,
  );
  return refused === undefined ? null : serverWords(refused);
}

/** Describes a window in the form of result.json. */
export function describeHarmWindow(window: OpenHarmWindow, runEnd: EpochMs): JudgedWindow {
  const to = Math.max(window.to ?? runEnd, window.from);
  return {
    from: isoTime(epochMs(window.from)),
    to: isoTime(epochMs(to)),
    durationMs: to - window.from,
    invocations: window.requestIds.length,
    environments: window.environments.map((environment) => environment.id),
    holder: window.holder.id,
    ...sayHeld(window, runEnd),
  };
}

const FAILED_NAMED_MAX = 3;

const HOLDERS_NAMED_MAX = 10;

export function sayHeld(
  window: OpenHarmWindow,
  runEnd: EpochMs,
): Coded<Pick<HarmFindings, "peer-held" | "places-held">> {
  return window.among === null
    ? { code: "peer-held", parameters: peerHeld(window, runEnd) }
    : { code: "places-held", parameters: placesHeld(window, window.among, runEnd) };
}

function placesHeld(window: OpenHarmWindow, among: OpenPlaces, runEnd: EpochMs): PlacesHeld {
  const idle = [...among.idle].sort((a, b) => holdFrom(a) - holdFrom(b));
  return {
    holders: idle.slice(0, HOLDERS_NAMED_MAX).map((hold) => ({
      environment: hold.environment.id,
      earlierProcess: among.earlier.has(hold),
      since: sinceOf(hold, window),
      openedIn: openedIn(hold),
      invocations: hold.environment.invocations.length,
      ...(hold.environment.init === null ? { initMissing: true } : {}),
    })),
    moreHolders: Math.max(0, idle.length - HOLDERS_NAMED_MAX),
    idlePlaces: among.idlePlaces,
    places: among.places,
    ...harmedIn(window, runEnd),
  };
}

function peerHeld(window: OpenHarmWindow, runEnd: EpochMs): PeerHeld {
  const { holder, hold, late } = window;
  return {
    holder: holder.id,
    earlierProcess: window.earlierProcess,
    since: sinceOf(hold, window),
    openedIn: openedIn(hold),
    holderInvocations: holder.invocations.length,
    ...(holder.init === null ? { holderInitMissing: true } : {}),
    ...(late === null
      ? {}
      : {
          until: isoTime(epochMs(late.heldUntil)),
          keptOutAt: isoTime(epochMs(late.keptOutAt)),
        }),
    ...harmedIn(window, runEnd),
  };
}

function sinceOf(hold: Attempt, { orderToleranceMs }: OpenHarmWindow): string {
  return isoTime(epochMs(shownSpan(hold, orderToleranceMs).from));
}

function harmedIn(window: OpenHarmWindow, runEnd: EpochMs): Harmed {
  const { environments } = window;
  return {
    failed: environments.slice(0, FAILED_NAMED_MAX).map(({ id }) => id),
    moreFailed: Math.max(0, environments.length - FAILED_NAMED_MAX),
    invocations: window.requestIds.length,
    durationMs: Math.max(window.to ?? runEnd, window.from) - window.from,
    untilRunEnd: window.to === null,
    ownLinesOnly: window.witness === "own-lines",
    ...(window.refusal === null ? {} : { refusal: window.refusal }),
  };
}
