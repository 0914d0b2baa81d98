/** What the discipline checks share: how well a boot's connections are known, and when each had to be closed. */
import { connectionsUnknown, type ConnectionsUnknown } from "../../../domain/findings/discipline-findings.ts";
import type {
  Attempt,
  ObservedBoot,
  ObservedEnvironment,
  ObservedInvocation,
} from "../../timeline/environment.ts";
import { lastStartedIndex } from "../../timeline/attach-attempts.ts";
import type { EvidenceView } from "../../correlate/evidence-view.ts";
import type { PartialFinding } from "./check.ts";
import { HABIT_NEEDS } from "../../attribution/writes-disconnects.ts";

export const CONNECTION_NEEDS = [
  "around-trouble",
  "source-counts",
  "environment-ends",
  "environment-neighbours",
  ...HABIT_NEEDS,
] as const;
type ConnectionView = EvidenceView<typeof CONNECTION_NEEDS>;

/** Longer than this between an Init's end and the first START, and the environment was frozen in between. */
const FROZEN_AFTER_MS = 1_000;

/** Whether all connections of a boot are known: by its own lines, or by links or a peer log that count without a hole. */
export function connectionsKnown(history: ConnectionView, boot: ObservedBoot): boolean {
  if (boot.lines > 0) return !boot.missingLines;
  if (linksCover(history, boot)) return true;
  if (history.peer === null && history.links !== null) return false;
  if (
    boot.attempts.length > 0 &&
    boot.attempts.every((attempt) => attempt.peer !== null || attempt.link !== null)
  )
    return true;
  return peerLogCovers(history, boot);
}

/** Why they are not all known. */
export function whyConnectionsUnknown({ peer }: ConnectionView, { lines }: ObservedBoot): ConnectionsUnknown {
  return lines === 0 &&
    peer !== null &&
    peer.connections.length > 0 &&
    (!peer.numbered || peer.missingLines > 0)
    ? connectionsUnknown("connections-not-counted")
    : connectionsUnknown("connections-not-shown");
}

/** Silence of a link is knowledge where its numbers show that nothing is missing, and of each connection it is known what it was. */
function linksCover(history: ConnectionView, boot: ObservedBoot): boolean {
  const links = history.links?.get(boot.environment.id) ?? [];
  return history.linksWhole && links.every((link) => link.attempt !== null);
}

/** Silence in a peer log proves nothing, unless its own numbering shows that nothing is missing around this life. */
function peerLogCovers(history: ConnectionView, boot: ObservedBoot): boolean {
  const { peer } = history;
  if (
    peer === null ||
    !peer.numbered ||
    peer.missingLines > 0 ||
    peer.firstTime === null ||
    peer.lastTime === null
  )
    return false;
  if (peer.connections.some((connection) => connection.hello === null)) return false;
  const from = boot.from - history.settings.clockToleranceMs;
  const to = (boot.to ?? boot.environment.lastLine) + history.settings.clockToleranceMs;
  return peer.firstTime <= from && peer.lastTime >= to;
}

export type Deadline =
  /** By this instant the connection had to be closed, or it was held across a freeze. */
  | { readonly at: number; readonly invocation: ObservedInvocation | null }
  /** Its process or environment ended first: no flaw. */
  | "ended"
  | "unknown";

export function closingDeadline(attempt: Attempt): Deadline {
  const { boot, environment } = attempt;
  const invocation =
    attempt.phase === "init"
      ? invocationAfter(environment, attempt)
      : (attempt.invocation ?? invocationAfter(environment, attempt));
  const init = environment.init;
  if (attempt.phase === "init" && boot === environment.boots[0] && init?.end != null) {
    if (init.status !== "success") return "ended";
    const start = invocation?.start ?? null;
    if (start === null || start - init.end > FROZEN_AFTER_MS) return { at: init.end, invocation: null };
  }
  if (invocation === null) return boot.reset !== null ? "ended" : "unknown";
  if (invocation.reset !== null) return "ended";
  if (invocation.endedBy === "driver") return "ended";
  if (invocation.end === null) return "unknown";
  return { at: invocation.end, invocation };
}

/** The first invocation of the same boot that was running, or began, after the attempt. */
function invocationAfter(environment: ObservedEnvironment, attempt: Attempt): ObservedInvocation | null {
  const { invocations } = environment;
  for (
    let index = Math.max(0, lastStartedIndex(invocations, attempt.time));
    index < invocations.length;
    index += 1
  ) {
    const invocation = invocations.at(index);
    if (invocation?.start == null || invocation.boot !== attempt.boot) continue;
    if (invocation.start >= attempt.time || (invocation.end ?? Infinity) >= attempt.time) return invocation;
  }
  return null;
}

/**
 * Closed by the deadline, by any witness; the peer's clock alone gets the tolerance, and null where it cannot be compared. That the function
 * closed it itself afterwards is in one stream with the deadline, and needs no other clock.
 */
export function closedBy(history: ConnectionView, attempt: Attempt, deadline: number): boolean | null {
  if (attempt.disconnect !== null && attempt.disconnect.time <= deadline) return true;
  if (attempt.link?.closedAt != null && attempt.link.closedAt <= deadline) return true;
  const peerEnd = attempt.peer?.endedAt ?? null;
  if (peerEnd === null || attempt.disconnect?.outcome === null) return false;
  if (!Number.isFinite(history.orderToleranceMs)) return null;
  const tolerance = attempt.ownLine && history.local ? 0 : history.settings.clockToleranceMs;
  if (peerEnd > deadline + tolerance) return false;
  // Who writes lines and none about this end: inside the tolerance it may have been its environment's.
  return !attempt.ownLine || peerEnd <= deadline - tolerance ? true : null;
}

/** What was found and what is unknown, by environment; `clear` where there is neither. */
export function perEnvironment(
  history: ConnectionView,
  answer: (environment: ObservedEnvironment) => PartialFinding | null,
  clear: PartialFinding,
): PartialFinding[] {
  const found: PartialFinding[] = [];
  const unknown: PartialFinding[] = [];
  for (const environment of history.environments) {
    const result = answer(environment);
    if (result === null) continue;
    (result.status === "found" ? found : unknown).push({ ...result, environment });
  }
  if (found.length + unknown.length > 0) return [...found, ...unknown];
  if (history.environments.length === 0)
    return [{ status: "unknown", code: "no-environment", parameters: {} }];
  return [clear];
}
