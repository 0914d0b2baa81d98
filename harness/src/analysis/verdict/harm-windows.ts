/**
 * Groups harmed invocations into windows, which an operator would see as one outage. A window lasts from the start of the first harmed invocation
 * to the start of the next served invocation (with several places: the next one that shows a free place), or to the end of the run. A window has
 * the holder of the peer, the time since which the peer was held, the phase in which that connection was opened, and the environments that failed.
 */
import type {
  Harmed,
  HarmFindings,
  PeerHeld,
  PlacesHeld,
  ServerWords,
} from "../../domain/findings/harm-findings.ts";
import type { Coded } from "../../domain/findings/coded.ts";
import type { JudgedWindow } from "../../domain/judgement.ts";
import { epochMs, isoTime } from "../../units/time.ts";
import { invocationsIn } from "../timeline/add-condensed.ts";
import type { Attempt, ObservedEnvironment, ObservedInvocation } from "../timeline/environment.ts";
import { holdFrom } from "../timeline/hold.ts";
import { serverWords } from "../timeline/server-words.ts";
import type { AssessedInvocation } from "./assessed-invocation.ts";

export interface OpenHarmWindow {
  readonly from: number;
  to: number | null;
  invocations: number;
  readonly environments: ObservedEnvironment[];
  readonly holder: ObservedEnvironment;
  readonly hold: Attempt;
  readonly witness: "own-lines" | "other";
  /** Whether the holder blocked a later process of its own environment. */
  earlierProcess: boolean;
  /** Set if the peer has several places. */
  readonly among: OpenPlaces | null;
  /** What the server said to the first client that it turned away. */
  refusal: ServerWords | null;
}

interface OpenPlaces {
  /** The connections of idle environments that held places. */
  readonly idle: Set<Attempt>;
  /** The largest number of these connections at one time. */
  idlePlaces: number;
  readonly places: number | null;
}

/** Harmed invocations are always among those "around trouble". The counts are needed for the number of invocations that the holder handled. */
export const HARM_WINDOW_NEEDS = ["around-trouble", "invocation-counts"] as const;

/** Returns the windows in order. `to` is null if no served invocation ended the window. */
export function findHarmWindows(
  judged: Iterable<AssessedInvocation>,
  { single }: { readonly single: boolean },
): OpenHarmWindow[] {
  const windows: OpenHarmWindow[] = [];
  let open: OpenHarmWindow | null = null;
  for (const { assessment, invocation, from } of judged) {
    if (assessment === null || invocation === null || from === null) continue;
    if (assessment.judged === "served" && open !== null && (single || endsWindow(open, invocation))) {
      open.to = from;
      open = null;
    }
    if (assessment.judged !== "harmed") continue;
    if (open === null) {
      open = {
        from,
        to: null,
        invocations: 0,
        environments: [],
        holder: assessment.holder,
        hold: assessment.hold,
        witness: assessment.witness,
        earlierProcess: false,
        refusal: null,
        among:
          assessment.among === undefined
            ? null
            : { idle: new Set(), idlePlaces: 0, places: assessment.among.places },
      };
      windows.push(open);
    }
    open.invocations += 1;
    open.refusal ??= refusalOf(invocation);
    if (assessment.holder === invocation.environment && assessment.hold.boot === open.hold.boot)
      open.earlierProcess = true;
    if (open.among !== null && assessment.among !== undefined) {
      for (const hold of assessment.among.idle) open.among.idle.add(hold);
      open.among.idlePlaces = Math.max(open.among.idlePlaces, assessment.among.idle.length);
    }
    if (!open.environments.includes(invocation.environment)) open.environments.push(invocation.environment);
  }
  return windows;
}

/**
 * Whether a served invocation ends the window, if the peer has several places. It does if it opened a new connection, or if its environment failed
 * before. It does not if it used a connection that its environment had kept.
 */
function endsWindow(
  { environments }: OpenHarmWindow,
  { attempts, environment }: ObservedInvocation,
): boolean {
  return environments.includes(environment) || attempts.some(({ outcome }) => outcome === "accepted");
}

function refusalOf({ attempts, boot }: ObservedInvocation): ServerWords | null {
  const refused = [...boot.initAttempts, ...attempts].findLast(
    (attempt) => attempt.outcome === "refused" && serverWords(attempt) !== null,
  );
  return refused === undefined ? null : serverWords(refused);
}

export function describeHarmWindow(window: OpenHarmWindow, runEnd: number): JudgedWindow {
  const to = Math.max(window.to ?? runEnd, window.from);
  return {
    from: isoTime(epochMs(window.from)),
    to: isoTime(epochMs(to)),
    durationMs: to - window.from,
    invocations: window.invocations,
    environments: window.environments.map((environment) => environment.id),
    holder: window.holder.id,
    ...sayHeld(window, runEnd),
  };
}

/** At most this many of the environments that failed are named. */
const FAILED_NAMED_MAX = 3;

/** At most this many of the environments that held places are named. */
const HOLDERS_NAMED_MAX = 10;

export function sayHeld(
  window: OpenHarmWindow,
  runEnd: number,
): Coded<Pick<HarmFindings, "peer-held" | "places-held">> {
  return window.among === null
    ? { code: "peer-held", parameters: peerHeld(window, runEnd) }
    : { code: "places-held", parameters: placesHeld(window, window.among, runEnd) };
}

function placesHeld(window: OpenHarmWindow, among: OpenPlaces, runEnd: number): PlacesHeld {
  const idle = [...among.idle].sort((a, b) => holdFrom(a) - holdFrom(b));
  return {
    holders: idle.slice(0, HOLDERS_NAMED_MAX).map((hold) => ({
      environment: hold.environment.id,
      earlierProcess: window.environments.includes(hold.environment),
      since: isoTime(epochMs(holdFrom(hold))),
      openedIn: hold.phase,
      invocations: invocationsIn(hold.environment),
    })),
    moreHolders: Math.max(0, idle.length - HOLDERS_NAMED_MAX),
    idlePlaces: among.idlePlaces,
    places: among.places,
    ...harmedIn(window, runEnd),
  };
}

function peerHeld(window: OpenHarmWindow, runEnd: number): PeerHeld {
  const { holder, hold } = window;
  return {
    holder: holder.id,
    earlierProcess: window.earlierProcess,
    since: isoTime(epochMs(holdFrom(hold))),
    openedIn: hold.phase,
    holderInvocations: invocationsIn(holder),
    ...harmedIn(window, runEnd),
  };
}

function harmedIn(window: OpenHarmWindow, runEnd: number): Harmed {
  const { environments } = window;
  return {
    failed: environments.slice(0, FAILED_NAMED_MAX).map(({ id }) => id),
    moreFailed: Math.max(0, environments.length - FAILED_NAMED_MAX),
    invocations: window.invocations,
    durationMs: Math.max(window.to ?? runEnd, window.from) - window.from,
    untilRunEnd: window.to === null,
    ownLinesOnly: window.witness === "own-lines",
    ...(window.refusal === null ? {} : { refusal: window.refusal }),
  };
}
