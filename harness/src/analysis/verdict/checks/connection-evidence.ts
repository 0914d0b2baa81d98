/** Tells whether the connections of a boot are known, and by when each one had to be closed. */
import type { EpochMs } from "../../../base/time.ts";
import { onAxis } from "../../../base/clocks.ts";
import { connectionsUnknown, type ConnectionsUnknown } from "../../../result/findings/discipline-findings.ts";
import type {
  Attempt,
  LinkConnection,
  ObservedBoot,
  ObservedEnvironment,
  ObservedInvocation,
} from "../../timeline/environment.ts";
import { openedByInit } from "../../correlate/join-links.ts";
import { isAside } from "../../correlate/link-outcome.ts";
import { lastStartedIndex } from "../../timeline/attach-attempts.ts";
import type { PeerTimeline } from "../../timeline/peer-timeline.ts";
import { orClear, sayUnknown, type Check, type PartialFinding } from "./check.ts";
import { environmentsOfRun } from "../../attribution/before-run.ts";
import { letGoBeforeFreeze } from "../../attribution/close-under-way.ts";
import type { FunctionHistory } from "../../correlate/function-history.ts";

/** If the gap between the end of an Init and the first START is longer than this, the environment was frozen in the gap. */
const FROZEN_AFTER_MS = 1_000;

/**
 * Whether all connections of the boot are known. If the boot wrote lifecycle lines, its connections are known if no line is missing. If it
 * wrote none, the link log or the peer log must have all its connections.
 */
export function connectionsKnown(history: FunctionHistory, boot: ObservedBoot): boolean {
  if (boot.lines > 0) return !boot.missingLines;
  if (linksCover(history, boot)) return true;
  if (history.peer === null && history.links !== null) return false;
  const shown = boot.attempts.every((attempt) => attempt.peer !== null || attempt.link !== null);
  if (boot.attempts.length > 0 && shown && !hasNamelessOfServer(history.peer)) return true;
  return peerLogCovers(history, boot);
}

/** Whether a real server's log has connections that name no client and match no attempt. Any environment may have opened them. */
function hasNamelessOfServer(peer: PeerTimeline | null): boolean {
  return (
    peer !== null &&
    peer.ofServer &&
    peer.connections.some((one) => one.hello === null && one.attempt === null)
  );
}

export function whyConnectionsUnknown(
  { peer }: FunctionHistory,
  { lines }: ObservedBoot,
): ConnectionsUnknown {
  return lines === 0 &&
    peer !== null &&
    peer.connections.length > 0 &&
    (!peer.numbered || peer.missingLines > 0)
    ? connectionsUnknown("connections-not-counted")
    : connectionsUnknown("connections-not-shown");
}

/** Whether the link log misses no connection, and each connection of the boot is matched with an attempt or is a part of one. */
function linksCover(history: FunctionHistory, boot: ObservedBoot): boolean {
  const links = history.links?.get(boot.environment.id) ?? [];
  return (
    history.linksWhole &&
    links.every((link) => link.attempt !== null || cutByCrash(boot, link) || besideAttempt(link, links))
  );
}

/**
 * Whether a crash of the plan ended the connection before the server had answered. Such an attempt has no outcome.
 */
function cutByCrash({ environment }: ObservedBoot, link: LinkConnection): boolean {
  const { closedAt } = link;
  if (closedAt === null || link.acceptedAt !== null || openedByInit(environment, link) !== false)
    return false;
  return environment.crashes.some(({ from, to }) => from <= closedAt && link.openedAt <= to);
}

/** Whether this connection is part of another attempt: its client used it only to ask whether the server encrypts, or to cancel a query. */
function besideAttempt(link: LinkConnection, links: readonly LinkConnection[]): boolean {
  const { openedAt, closedAt } = link;
  if (closedAt === null || !isAside(link)) return false;
  return links.some(({ attempt }) => {
    const invocation = attempt?.invocation ?? null;
    if (invocation?.start == null || invocation.end === null) return false;
    return invocation.start <= openedAt && closedAt <= invocation.end;
  });
}

/** Whether the peer log misses no connection, each connection has a hello, and the log covers the life of the boot. */
function peerLogCovers(history: FunctionHistory, boot: ObservedBoot): boolean {
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
  return onAxis(peer.firstTime) <= from && onAxis(peer.lastTime) >= to;
}

export type Deadline =
  /** A connection that was not closed by this time was held across a freeze. */
  | { readonly at: EpochMs; readonly invocation: ObservedInvocation | null }
  /** The process or environment ended before the deadline, which is not a flaw. */
  | "ended"
  | "unknown";

/**
 * Returns when a connection must be closed. If an invocation opened it, that is when the runtime is done with this invocation. If an Init
 * opened it, that is when the runtime is done with the first invocation, or the end of the Init if no invocation followed within a second.
 */
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
    const within = init.withinMs ?? 0;
    if (start === null || start - init.end - within > FROZEN_AFTER_MS)
      return { at: init.end, invocation: null };
    if (within > 0 && start - init.end + within > FROZEN_AFTER_MS) return "unknown";
  }
  if (invocation === null) return boot.reset !== null ? "ended" : "unknown";
  if (invocation.reset !== null) return "ended";
  if (invocation.endedBy === "driver") return "ended";
  if (invocation.end === null) return "unknown";
  return { at: invocation.end, invocation };
}

/** Returns the first invocation of the same boot that ran at the attempt or began after it. */
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
 * Whether the connection was closed, or the function had let it go, by the deadline. Null if the peer's clock does not allow a decision.
 */
export function closedBy(history: FunctionHistory, attempt: Attempt, deadline: EpochMs): boolean | null {
  if (attempt.disconnect !== null && attempt.disconnect.time <= deadline) return true;
  if (attempt.link?.closedAt != null && attempt.link.closedAt <= deadline) return true;
  // If the function let the connection go, the server closes it without another message of the function.
  if (letGoBeforeFreeze(attempt, deadline)) return true;
  // The link decides before the peer's log, because the link has the clock of the deadline and the peer's times are less exact.
  if ((attempt.link?.functionEndedAt ?? deadline) > deadline) return false;
  const peerEnd = onAxis(attempt.peer?.endedAt);
  if (peerEnd === null || attempt.disconnect?.outcome === null) return false;
  if (!Number.isFinite(history.orderToleranceMs)) return null;
  const tolerance = attempt.ownLine && history.local ? 0 : history.settings.clockToleranceMs;
  if (peerEnd > deadline + tolerance) return false;
  // The function writes lines but has none about this end, and the end is close to the deadline. So the connection may have ended with its
  // environment.
  return !attempt.ownLine || peerEnd <= deadline - tolerance ? true : null;
}

type ClearCode = "none-opened-in-init" | "none-held-across-freeze" | "none-open-at-shutdown";

/** Makes a check from `answer`, which examines one environment. Lists `found` findings before `unknown` ones. */
export function connectionCheck(
  name: string,
  clear: ClearCode,
  answer: (history: FunctionHistory, environment: ObservedEnvironment) => PartialFinding | null,
): Check {
  return {
    name,
    kind: "discipline",
    run({ history }) {
      const environments = environmentsOfRun(history);
      if (environments.length === 0) return [sayUnknown("no-environment")];
      const findings = environments.flatMap((environment) => {
        const finding = answer(history, environment);
        return finding === null ? [] : [{ ...finding, environment }];
      });
      const found = findings.filter(({ status }) => status === "found");
      return orClear([...found, ...findings.filter(({ status }) => status !== "found")], clear);
    },
  };
}
