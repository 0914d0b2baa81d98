/** Joins the link log to the attempts of one environment, and adds attempts that only the link saw. The link decides the outcome. */
import { inOrder, matchExact } from "../../evidence/match-exact.ts";
import { attach, lastStartedIndex, lastStartedBy } from "../timeline/attach-attempts.ts";
import type { Attempt, LinkConnection, ObservedBoot, ObservedEnvironment } from "../timeline/environment.ts";
import { isHungUp } from "./held-silently.ts";
import { linkOutcome, protocolOutcome, wasDenied, type LinkSurroundings } from "./link-outcome.ts";

const NONE: ReadonlySet<LinkConnection> = new Set();

export function joinLinks(
  environment: ObservedEnvironment,
  links: readonly LinkConnection[],
  around: Pick<LinkSurroundings, "started" | "answers" | "silent" | "manner">,
): void {
  const attempts = environment.boots
    .flatMap((boot) => boot.attempts)
    // An attempt that did not get its lease never reached the link.
    .filter((attempt) => attempt.link === null && attempt.leaseHolder == null);
  attempts.sort((a, b) => a.time - b.time);
  const free = links.filter((link) => link.attempt === null);
  const left = bindInTurn(attempts, free) ? [] : bindByTime(attempts, free);
  const after = nextUsable(links);
  for (const link of left) addLinkAttempt(environment, link, { ...around, next: after.get(link) ?? null });
  for (const boot of environment.boots) boot.attempts.sort((a, b) => a.time - b.time);
  for (const link of links) noteEnd(environment, link);
}

/**
 * Maps each connection to the next one on which the peer did not hang up. An invocation cannot go on with a connection on which the peer
 * hung up, so such a connection is skipped.
 */
function nextUsable(links: readonly LinkConnection[]): ReadonlyMap<LinkConnection, LinkConnection | null> {
  const after = new Map<LinkConnection, LinkConnection | null>();
  let next: LinkConnection | null = null;
  for (const link of [...links].reverse()) {
    after.set(link, next);
    if (!isHungUp(link)) next = link;
  }
  return after;
}

/** Binds the n-th attempt to the n-th link connection, if there are equally many and their times agree. Returns whether it did. */
function bindInTurn(attempts: readonly Attempt[], free: readonly LinkConnection[]): boolean {
  const pairs = [...matchExact(inOrder(attempts, true), inOrder(free, true))];
  const inTurn =
    pairs.length === free.length &&
    pairs.every(
      ([{ time }, { openedAt }], index) =>
        openedAt <= time && openedAt >= (pairs[index - 1]?.[0].time ?? -Infinity),
    );
  if (inTurn) for (const [attempt, link] of pairs) bindLink(attempt, link);
  return inTurn;
}

/** Binds each attempt to the last link connection that was opened before the attempt's line. Returns the other link connections. */
function bindByTime(
  attempts: readonly Attempt[],
  free: readonly LinkConnection[],
): readonly LinkConnection[] {
  let next = 0;
  let candidate: LinkConnection | null = null;
  const passed: LinkConnection[] = [];
  for (const attempt of attempts) {
    for (let link = free[next]; link !== undefined && link.openedAt <= attempt.time; link = free[next]) {
      if (candidate !== null) passed.push(candidate);
      candidate = link;
      next += 1;
    }
    if (candidate === null) continue;
    bindLink(attempt, candidate);
    candidate = null;
  }
  if (candidate !== null) passed.push(candidate);
  return [...passed, ...free.slice(next)];
}

/**
 * The link also decides the attempt's outcome. If the peer's log has the attempt, the link decides only that the connect failed or that the
 * server denied the client.
 */
export function bindLink(attempt: Attempt, link: LinkConnection): void {
  attempt.link = link;
  link.attempt = attempt;
  // To the function, a TCP connection through a link always opens. Only the link knows whether something listened behind it.
  if (link.failedAt !== null) attempt.outcome = "failed";
  // The protocol shows what the server said. A client often logs something else, such as a closed connection.
  else if (attempt.peer === null || wasDenied(link))
    attempt.outcome = protocolOutcome(link) ?? attempt.outcome;
}

function addLinkAttempt(
  environment: ObservedEnvironment,
  link: LinkConnection,
  around: LinkSurroundings,
): void {
  const boot = bootOf(environment, link);
  if (boot === null) return;
  // If the process writes lifecycle lines, these lines show which attempts were accepted, even if one is missing. So the invocation's answer
  // is not used.
  const outcome = linkOutcome(link, boot.lines > 0 ? { ...around, answers: null, silent: NONE } : around);
  if (outcome === null) return;
  const endsAt =
    link.failedAt ?? link.functionEndedAt ?? link.closedAt ?? link.silencedAt ?? environment.lastLine;
  const time = outcome === "accepted" ? (link.connectedAt ?? link.openedAt) : endsAt;
  const before = lastStartedBy(around.started, link.openedAt);
  const running = before !== null && (before.end === null || before.end >= link.openedAt) ? before : null;
  const inInit = openedByInit(environment, link) === true || ranInitAgain(boot, link);
  const attempt: Attempt = {
    environment,
    boot,
    time,
    clock: "link",
    phase: inInit ? "init" : before === null ? null : "invoke",
    requestId: null,
    outcome,
    ownLine: false,
    number: null,
    disconnect: null,
    peer: null,
    link,
    invocation: null,
  };
  link.attempt = attempt;
  boot.attempts.push(attempt);
  if (!inInit && running !== null) attach(attempt, running);
}

/**
 * Whether code of the Init opened the link connection. If this code does not wait for its connect, the connection can be opened after the
 * Init. The platform writes START before the handler runs, so from the millisecond of the first START on, the invocation counts as the
 * opener. Null if the end of the Init is unknown.
 */
export function openedByInit(
  { init, invocations }: ObservedEnvironment,
  { openedAt }: LinkConnection,
): boolean | null {
  if (init === null || init.end === null) return null;
  const first = invocations.at(0);
  const begun = first === undefined ? Infinity : (first.start ?? first.invokedAt ?? init.end);
  return openedAt < Math.max(init.end, begun);
}

/**
 * Whether the link connection was opened while an Init ran again. The platform writes START after such an Init, so no invocation runs
 * during it.
 */
export function ranInitAgain(boot: ObservedBoot, { openedAt }: LinkConnection): boolean {
  const { boots, invocations } = boot.environment;
  if (boot === boots[0]) return false;
  const before = invocations.at(lastStartedIndex(invocations, openedAt)) ?? null;
  if (before?.start == null || before.start > openedAt) return true;
  return before.end !== null && before.end < openedAt && before.boot !== boot;
}

function bootOf(environment: ObservedEnvironment, link: LinkConnection): ObservedBoot | null {
  return environment.boots[link.boot - 1] ?? environment.boots.at(-1) ?? null;
}

/**
 * If a link connection shows when the environment ended, takes that time as the environment's end. No check requires this end, because AWS
 * has no links.
 */
function noteEnd(environment: ObservedEnvironment, link: LinkConnection): void {
  const at = link.silencedAt ?? (link.by === "environment-end" ? link.closedAt : null);
  if (at === null) return;
  // A crash ends the process and its links, but not the environment: its stream has later lines.
  if (environment.lastLine > at) return;
  if (environment.end !== null && environment.end >= at) return;
  environment.end = at;
  environment.ending = link.silencedAt === null ? "shutdown" : "vanished";
}
