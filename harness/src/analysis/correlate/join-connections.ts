/**
 * Joins the peer's log and the link log to the attempts of the environments (docs/contracts.md#the-peer-log-line), and adds attempts that
 * only the peer or the link saw. A connection belongs to the boot that its link or its hello names. If a link carried the
 * connection, `remote` in the peer's log is the address from which the link connected to the peer.
 */
import { durationMs, type DurationMs, type EpochMs } from "../../base/time.ts";
import { NEVER, between, earlier, later, onAxis } from "../../base/clocks.ts";
import { firstIndex } from "../../base/first-index.ts";
import { groupBy } from "../../base/group-by.ts";
import type { CodePhase } from "../../../../functions/src/contract.ts";
import { attach, lastStartedIndex, runningAt } from "../timeline/attach-attempts.ts";
import type {
  Attempt,
  LinkConnection,
  ObservedBoot,
  ObservedEnvironment,
  ObservedInvocation,
  ObservedPeerConnection,
} from "../timeline/environment.ts";
import { BootFinder } from "./find-boot.ts";
import { bindLink, joinLinks, openedByInit, ranInitAgain } from "./join-links.ts";
import type { Answers } from "./link-outcome.ts";
import type { ProbedManner } from "./outcome-by-manner.ts";
import { matchAttempts } from "./match-attempts.ts";
import { ROUNDING_MS, timeOf, type PeerClock } from "./pair-attempts.ts";
import { gaveUp, type PeerTimeline } from "../timeline/peer-timeline.ts";
import { OpenerFinder, type BootConnection } from "./find-openers.ts";

export interface JoinConnectionsInput {
  readonly environments: readonly ObservedEnvironment[];
  readonly peer: PeerTimeline | null;
  readonly links: ReadonlyMap<string, LinkConnection[]> | null;
  readonly clock: PeerClock;
  /** Whether one machine wrote all lines. */
  readonly local: boolean;
  /** What the answers of the invocations show about connections of which neither the function nor a peer wrote a line. */
  readonly answers: Answers;
  /** The connections that held a place although the peer sent no byte on them, or no byte that shows an outcome. */
  readonly silent: ReadonlySet<LinkConnection>;
  readonly manner: ProbedManner | null;
}

/**
 * If the peer's times seem to be in another time zone than they say, returns by how much they must be later to fit the invocations. Else
 * returns null.
 */
export function joinConnections(input: JoinConnectionsInput): DurationMs | null {
  if (input.peer === null && input.links === null) return null;
  const started = new Map<ObservedEnvironment, ObservedInvocation[]>();
  for (const environment of input.environments) {
    const list = environment.invocations.filter((invocation) => invocation.start !== null);
    started.set(
      environment,
      list.sort((a, b) => (a.start ?? 0) - (b.start ?? 0)),
    );
  }
  const linkByAddress = input.links === null ? null : addresses(input.links);
  const zoneShift = input.peer === null ? null : joinPeer(input, input.peer, linkByAddress, started);
  if (input.links === null) return zoneShift;
  for (const environment of input.environments) {
    const links = input.links.get(environment.id) ?? [];
    joinLinks(environment, links, {
      started: started.get(environment) ?? [],
      answers: input.answers,
      silent: input.silent,
      manner: input.manner,
    });
  }
  return zoneShift;
}

function joinPeer(
  input: JoinConnectionsInput,
  peer: PeerTimeline,
  linkByAddress: LinksByAddress | null,
  started: Map<ObservedEnvironment, ObservedInvocation[]>,
): DurationMs | null {
  const find = new BootFinder(input.environments, input.clock.toleranceMs);
  const byBoot = new Map<ObservedBoot, ObservedPeerConnection[]>();
  const linkOf = new Map<ObservedPeerConnection, LinkConnection>();
  for (const connection of peer.connections) {
    if (connection.acceptedAt === null && connection.refusedAt === null && !gaveUp(connection)) continue;
    const link = linkByAddress === null ? null : linkAt(linkByAddress, connection);
    if (link !== null) linkOf.set(connection, link);
    const named = find.byHello(connection);
    // The hello is the better source for the boot, because the link knows a boot only by its number. The link is the better source for the
    // environment.
    const boot = link === null || named?.environment.id === link.environment ? named : find.byLink(link);
    if (boot === null) continue;
    if (boot.lines === 0 && link !== null && isAbandoned(connection, link)) {
      connection.abandoned = true;
      continue;
    }
    const list = byBoot.get(boot);
    if (list === undefined) byBoot.set(boot, [connection]);
    else list.push(connection);
  }
  for (const [boot, connections] of byBoot) {
    matchAttempts(boot, connections, {
      clock: input.local ? { ...input.clock, toleranceMs: durationMs(0) } : input.clock,
      peerComplete: peer.numbered && peer.missingLines === 0,
    });
  }
  const all: BootConnection[] = [];
  for (const [boot, connections] of byBoot) {
    for (const connection of connections)
      if (!connection.abandoned) all.push({ boot, connection, phase: phaseOf(boot, connection, linkOf) });
  }
  const finder = input.local ? null : new OpenerFinder(all, started, input.clock);
  const zoneShift = finder?.zoneShift(all) ?? null;
  for (const one of all) {
    const { boot, connection } = one;
    if (finder !== null)
      boot.environment.peerAhead = zoneShift === null ? finder.ahead(boot.environment) : null;
    const link = linkOf.get(connection) ?? null;
    if (connection.attempt === null)
      addPeerAttempt(one, started.get(boot.environment) ?? [], { finder, link });
    else if (link !== null) bindLink(connection.attempt, link);
  }
  for (const boot of byBoot.keys()) boot.attempts.sort((a, b) => a.time - b.time);
  return zoneShift;
}

function phaseOf(
  boot: ObservedBoot,
  connection: ObservedPeerConnection,
  linkOf: ReadonlyMap<ObservedPeerConnection, LinkConnection>,
): CodePhase | null {
  return codePhase(connection.hello?.phase ?? null) ?? phaseByLink(linkOf.get(connection), boot);
}

function addPeerAttempt(
  { boot, connection, phase }: BootConnection,
  started: readonly ObservedInvocation[],
  { finder, link }: { readonly finder: OpenerFinder | null; readonly link: LinkConnection | null },
): void {
  const outcome =
    connection.acceptedAt !== null ? "accepted" : connection.refusedAt !== null ? "refused" : "timed-out";
  const mayBeInvoke = phase === "invoke" || phase === null;
  const openers = finder !== null && mayBeInvoke ? finder.openersOf({ boot, connection, phase }) : null;
  const possible = (
    openers?.invocations ??
    [mayBeInvoke ? (openedIn(started, link) ?? nearestInvocation(started, connection)) : null].filter(isThere)
  )
    // If the boot writes lines, the `invoke` line shows in which boot an invocation ran.
    .filter((one) => one.boot === boot || one.invokedAt === null || boot.lines === 0);
  const only = possible.length === 1 ? (possible[0] ?? null) : null;
  const tooLate = only !== null && link !== null && isTooLate(connection, only);
  const exact = finder === null && only !== null && distanceTo(only, connection) > ROUNDING_MS;
  const attempt: Attempt = {
    environment: boot.environment,
    boot,
    time: gaveUpAt(connection, link) ?? timeInFunction(boot.environment, connection, exact ? null : only),
    clock: "peer",
    phase: openers?.inInit === true ? "init" : phase,
    requestId: null,
    outcome,
    ownLine: false,
    number: null,
    disconnect: null,
    peer: connection,
    link: null,
    invocation: null,
  };
  connection.attempt = attempt;
  boot.attempts.push(attempt);
  if (link !== null) bindLink(attempt, link);
  if (tooLate) attempt.invocation = only;
  else if (only !== null) attach(attempt, only);
  else for (const one of possible) one.perhaps = [...one.perhaps, attempt];
}

/** Whether the function had ended a connection from the queue before the peer served it. Then the link alone shows the attempt. */
function isAbandoned({ queuedAt, acceptedAt }: ObservedPeerConnection, link: LinkConnection): boolean {
  return queuedAt !== null && acceptedAt !== null && (link.functionEndedAt ?? Infinity) < onAxis(acceptedAt);
}

/**
 * The link sees when the function ended a connection that waited in the queue. The peer may see this end only when the connection's turn
 * comes.
 */
function gaveUpAt(connection: ObservedPeerConnection, link: LinkConnection | null): EpochMs | null {
  const at = link?.functionEndedAt ?? null;
  return at === null || !gaveUp(connection) ? null : earlier(at, onAxis(timeOf(connection)));
}

/** The link and the platform's lines have the same clock. */
function openedIn(
  started: readonly ObservedInvocation[],
  link: LinkConnection | null,
): ObservedInvocation | null {
  return link === null ? null : runningAt(started, link.openedAt);
}

/** Whether the invocation had ended before the peer accepted or refused its connection. */
function isTooLate({ acceptedAt, refusedAt }: ObservedPeerConnection, { end }: ObservedInvocation): boolean {
  const decidedAt = onAxis(acceptedAt ?? refusedAt);
  return decidedAt !== null && end !== null && decidedAt > end + ROUNDING_MS;
}

function isThere<T>(one: T | null): one is T {
  return one !== null;
}

function timeInFunction(
  { peerAhead }: ObservedEnvironment,
  connection: ObservedPeerConnection,
  invocation: ObservedInvocation | null,
): EpochMs {
  const { from, to } = peerAhead ?? { from: 0, to: 0 };
  const time = onAxis(timeOf(connection), Math.min(Math.max(0, from), to));
  if (invocation?.start == null || connection.queuedAt !== null) return time;
  return earlier(later(time, invocation.start), invocation.end ?? NEVER);
}

/** Used for logs of one machine, which have one clock. */
function nearestInvocation(
  started: readonly ObservedInvocation[],
  connection: ObservedPeerConnection,
): ObservedInvocation | null {
  const index = lastStartedIndex(started, presence(connection).from);
  const before = started[index] ?? null;
  const after = started[index + 1] ?? null;
  const best = distanceTo(before, connection) <= distanceTo(after, connection) ? before : after;
  return distanceTo(best, connection) <= ROUNDING_MS ? best : null;
}

function distanceTo(invocation: ObservedInvocation | null, connection: ObservedPeerConnection): DurationMs {
  if (invocation?.start == null) return durationMs(Infinity);
  const { from, to } = presence(connection);
  if (to < invocation.start) return between(to, invocation.start);
  return invocation.end === null || from <= invocation.end ? durationMs(0) : between(invocation.end, from);
}

/**
 * Returns the time that is compared with invocations. For an accepted connection, it is the time of the acceptance. Otherwise it is the span
 * from the connection's first line to the refusal, or to the end of the client's wait.
 */
function presence(connection: ObservedPeerConnection): { readonly from: EpochMs; readonly to: EpochMs } {
  const to = onAxis(timeOf(connection));
  return { from: connection.acceptedAt === null ? earlier(onAxis(connection.firstAt), to) : to, to };
}

type LinksByAddress = ReadonlyMap<string | null, LinkConnection[]>;

/** Each list is in the order in which its connections reached the peer. */
function addresses(links: ReadonlyMap<string, LinkConnection[]>): LinksByAddress {
  const byAddress = groupBy([...links.values()].flat(), ({ upstreamLocal }) => upstreamLocal);
  for (const list of byAddress.values()) list.sort((a, b) => connectedAt(a) - connectedAt(b));
  return byAddress;
}

const NEAR_MS = 1_000;

/** Later connections can have the same port, so the link must have been open when the peer saw the connection. */
function linkAt(byAddress: LinksByAddress, connection: ObservedPeerConnection): LinkConnection | null {
  const time = onAxis(timeOf(connection));
  const list = connection.remote === null ? undefined : byAddress.get(connection.remote);
  if (list === undefined) return null;
  const end = firstIndex(list.length, (index) => connectedAt(list[index] as LinkConnection) > time + NEAR_MS);
  for (let index = end - 1; index >= 0; index--) {
    const link = list[index] as LinkConnection;
    if ((link.closedAt ?? Infinity) >= time - NEAR_MS) return link;
  }
  return null;
}

function connectedAt(link: LinkConnection): EpochMs {
  return link.connectedAt ?? link.openedAt;
}

/** Used if the hello has no phase. The link and the platform's lines have the same clock. */
function phaseByLink(link: LinkConnection | undefined, boot: ObservedBoot): CodePhase | null {
  const inInit = link === undefined ? null : openedByInit(boot.environment, link);
  if (link === undefined || inInit === null) return null;
  return inInit || ranInitAgain(boot, link) ? "init" : "invoke";
}

function codePhase(text: string | null): CodePhase | null {
  return text === "init" || text === "invoke" || text === "shutdown" ? text : null;
}
