/**
 * Finds the exposures (docs/checks.md#exposure): pairs of environments that were both alive when an invocation began in one of them. A pair
 * does not count while the peer was down or held by a stranger, because harm could not have shown then.
 */
import { earlier as earliest, later as latest } from "../../base/clocks.ts";
import { epochMs, type EpochMs } from "../../base/time.ts";
import { firstIndex } from "../../base/first-index.ts";
import type { ObservedEnvironment, ObservedInvocation } from "../timeline/environment.ts";
import { isBeforeRun } from "../attribution/before-run.ts";
import { peerUnavailable } from "../attribution/peer-available.ts";
import { lifeOf, usableFrom, type Life } from "../attribution/environment-lives.ts";
import type { Exposure, Overlap } from "./exposure.ts";
import { findPlacesExposures } from "./find-places-exposures.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

interface ExposureCandidate {
  readonly environment: ObservedEnvironment;
  readonly life: Life;
  /** The time from which the environment can count as the later one of a pair. */
  readonly initEnd: EpochMs | null;
}

/** With one place, every overlap (an invocation of one environment while another one was alive) is an exposure. */
export function findExposures(history: FunctionHistory, overlaps: readonly Overlap[]): readonly Exposure[] {
  if (history.capacity.places === 1) return overlaps;
  const enough = othersForExposure(history);
  return enough === null ? [] : findPlacesExposures(history, enough);
}

/** Returns how many other environments must be alive for an exposure. Null if the number of places is not known. */
export function othersForExposure({ capacity, settings }: FunctionHistory): number | null {
  // If the user allows kept connections, one idle environment is an exposure. The check `peak-within-capacity` judges whether there are enough
  // places.
  if (capacity.places === 1 || settings.keptConnections === "allowed") return 1;
  return capacity.places === null ? null : Math.ceil(capacity.places / capacity.perEnvironment);
}

/** Returns the first overlap of each pair, in order of time. */
export function findOverlaps(history: FunctionHistory): Overlap[] {
  // The life of an environment begins with its first line.
  const inOrder = [...history.environments].sort((a, b) => a.firstLine - b.firstLine);
  const exposures: Overlap[] = [];
  // Lives that have ended are removed, so that not all pairs must be examined.
  let alive: ExposureCandidate[] = [];
  for (const environment of inOrder) {
    const later = { environment, life: lifeOf(history, environment), initEnd: usableFrom(environment) };
    alive = alive.filter((earlier) => earlier.life.to >= later.life.from);
    for (const earlier of alive) {
      const exposure = exposureOf(history, earlier, later);
      if (exposure !== null) exposures.push(exposure);
    }
    alive.push(later);
  }
  return exposures.sort((a, b) => a.at - b.at);
}

/**
 * Returns the first START in one of the two environments at which both were alive, the Init of the later one had ended, and the peer was
 * available.
 */
function exposureOf(
  history: FunctionHistory,
  earlier: ExposureCandidate,
  later: ExposureCandidate,
): Overlap | null {
  if (later.initEnd === null) return null;
  const from = latest(later.initEnd, later.life.from);
  const to = earliest(earlier.life.to, later.life.to);
  if (from > to) return null;
  const found = [
    firstStart(history, earlier.environment, from, to),
    firstStart(history, later.environment, from, to),
  ];
  const first = found.filter((one) => one !== null).sort((a, b) => (a.start ?? 0) - (b.start ?? 0))[0];
  if (first?.start == null) return null;
  const other = first.environment === later.environment ? earlier : later;
  const guessed = other.life.guessed && first.start > other.environment.lastLine;
  return {
    earlier: earlier.environment,
    later: later.environment,
    others: [other.environment],
    invocation: first,
    at: first.start,
    guessed,
  };
}

function firstStart(
  history: FunctionHistory,
  environment: ObservedEnvironment,
  from: EpochMs,
  to: EpochMs,
): ObservedInvocation | null {
  const { invocations } = environment;
  const first = firstIndex(invocations.length, (index) => startOrEnd(invocations.at(index)) >= from);
  for (let index = first; index < invocations.length; index += 1) {
    const invocation = invocations.at(index);
    if (invocation?.start == null) continue;
    if (invocation.start > to) return null;
    if (invocation.start < from || isBeforeRun(history, invocation)) continue;
    if (!peerUnavailable(history, invocation)) return invocation;
  }
  return null;
}

function startOrEnd(invocation: ObservedInvocation | undefined): EpochMs {
  return invocation?.start ?? invocation?.end ?? epochMs(0);
}
