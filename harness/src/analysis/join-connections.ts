/**
 * Joins the peer's log and the link log to the attempts of the environments (design §5): by the link, else by hello's bootId
 * or logStream, never by addresses. On one machine a link's peer-side address is the peer log's `remote`: that is the link's word.
 * Attempts that only the peer or the link saw are added; where the link could not reach the peer it overrides what the function saw.
 */
import type { CodePhase } from "../../../functions/src/contract.ts";
import { attach, lastStartedBy, lastStartedIndex } from "./attach-attempts.ts";
import type { Attempt, Boot, Environment, Invocation } from "./environment.ts";
import type { LinkConnection } from "./link-timeline.ts";
import { matchAttempts, timeOf } from "./match-attempts.ts";
import { gaveUp, type PeerConnection, type PeerTimeline } from "./peer-timeline.ts";

export interface JoinInput {
  readonly environments: readonly Environment[];
  readonly peer: PeerTimeline | null;
  readonly links: ReadonlyMap<string, LinkConnection[]> | null;
  readonly clockToleranceMs: number;
}

export function joinConnections(input: JoinInput): void {
  const started = new Map<Environment, Invocation[]>();
  for (const environment of input.environments) {
    const list = environment.invocations.filter((invocation) => invocation.start !== null);
    started.set(environment, list.sort((a, b) => (a.start ?? 0) - (b.start ?? 0)));
  }
  const linkByAddress = input.links === null ? null : addresses(input.links);
  if (input.peer !== null) joinPeer(input, input.peer, linkByAddress, started);
  if (input.links === null) return;
  for (const environment of input.environments) {
    joinLinks(environment, input.links.get(environment.id) ?? [], started.get(environment) ?? []);
  }
}

function joinPeer(
  input: JoinInput,
  peer: PeerTimeline,
  linkByAddress: Map<string, LinkConnection[]> | null,
  started: Map<Environment, Invocation[]>,
): void {
  const find = new BootFinder(input.environments, input.clockToleranceMs);
  const byBoot = new Map<Boot, PeerConnection[]>();
  const linkOf = new Map<PeerConnection, LinkConnection>();
  for (const connection of peer.connections) {
    if (connection.acceptedAt === null && connection.refusedAt === null && !gaveUp(connection)) continue;
    const link = linkByAddress === null ? null : linkAt(linkByAddress, connection);
    if (link !== null) linkOf.set(connection, link);
    const named = find.byHello(connection);
    // Hello knows the boot better than counting does; which environment it was, the link knows better.
    const boot = link === null || named?.environment.id === link.environment ? named : find.byLink(link);
    if (boot === null) continue;
    const list = byBoot.get(boot);
    if (list === undefined) byBoot.set(boot, [connection]);
    else list.push(connection);
  }
  for (const [boot, connections] of byBoot) {
    matchAttempts(boot, connections, input.clockToleranceMs);
    for (const connection of connections) {
      if (connection.attempt === null && !connection.abandoned) {
        addPeerAttempt(boot, connection, started.get(boot.environment) ?? [], input.clockToleranceMs);
      }
      const link = linkOf.get(connection);
      if (link !== undefined && connection.attempt !== null) bind(connection.attempt, link);
    }
    boot.attempts.sort((a, b) => a.time - b.time);
  }
}

/** An attempt that only the peer saw: no line of the function's own was found for it. */
function addPeerAttempt(boot: Boot, connection: PeerConnection, started: readonly Invocation[], toleranceMs: number): void {
  const outcome = connection.acceptedAt !== null ? "accepted" : connection.refusedAt !== null ? "refused" : "timed-out";
  const time = timeOf(connection);
  const phase = codePhase(connection.hello?.phase ?? null);
  const attempt: Attempt = {
    environment: boot.environment, boot, time, clock: "peer", phase, requestId: null, outcome, ownLine: false,
    number: null, disconnect: null, peer: connection, link: null, invocation: null,
  };
  connection.attempt = attempt;
  boot.attempts.push(attempt);
  if (phase !== "invoke" && phase !== null) return;
  const invocation = nearestInvocation(started, time, toleranceMs);
  if (invocation !== null) attach(attempt, invocation);
}

/** Design §9: a refusal that only the peer logged joins the nearest invocation within the tolerance. */
function nearestInvocation(started: readonly Invocation[], time: number, toleranceMs: number): Invocation | null {
  const index = lastStartedIndex(started, time);
  const before = started[index] ?? null;
  const after = started[index + 1] ?? null;
  const distance = (invocation: Invocation | null): number => {
    if (invocation?.start == null) return Infinity;
    if (time < invocation.start) return invocation.start - time;
    return invocation.end === null || time <= invocation.end ? 0 : time - invocation.end;
  };
  const best = distance(before) <= distance(after) ? before : after;
  return distance(best) <= toleranceMs ? best : null;
}

function joinLinks(environment: Environment, links: readonly LinkConnection[], started: readonly Invocation[]): void {
  const attempts = environment.boots.flatMap((boot) => boot.attempts).filter((attempt) => attempt.link === null);
  attempts.sort((a, b) => a.time - b.time);
  const free = links.filter((link) => link.attempt === null);
  let next = 0;
  let candidate: LinkConnection | null = null;
  const passed: LinkConnection[] = [];
  for (const attempt of attempts) {
    // The line is written when the attempt has ended, so its connection is the last one opened by then.
    for (let link = free[next]; link !== undefined && link.openedAt <= attempt.time; link = free[next]) {
      if (candidate !== null) passed.push(candidate);
      candidate = link;
      next += 1;
    }
    if (candidate === null) continue;
    bind(attempt, candidate);
    candidate = null;
  }
  if (candidate !== null) passed.push(candidate);
  for (const link of [...passed, ...free.slice(next)]) addLinkAttempt(environment, link, started);
  for (const boot of environment.boots) boot.attempts.sort((a, b) => a.time - b.time);
  for (const link of links) noteEnd(environment, link);
}

function bind(attempt: Attempt, link: LinkConnection): void {
  attempt.link = link;
  link.attempt = attempt;
  // Through a link TCP always opens: that nobody listened behind it is the link's knowledge.
  if (link.failedAt !== null) attempt.outcome = "failed";
}

/** How long after its answer a connection must stay open to be more than a refusal: the limit of connect and hello. */
const REFUSAL_LASTS_MS_MAX = 2_000;

function addLinkAttempt(environment: Environment, link: LinkConnection, started: readonly Invocation[]): void {
  const outcome = linkOutcome(link);
  if (outcome === null) return;
  const boot = environment.boots[link.boot - 1] ?? environment.boots.at(-1);
  if (boot === undefined) return;
  const endsAt = link.failedAt ?? link.closedAt ?? link.silencedAt ?? link.openedAt;
  const time = outcome === "accepted" ? (link.connectedAt ?? link.openedAt) : endsAt;
  const inInit = environment.init !== null && environment.init.end !== null && link.openedAt <= environment.init.end;
  const attempt: Attempt = {
    environment, boot, time, clock: "link", phase: inInit ? "init" : "invoke", requestId: null, outcome, ownLine: false, number: null,
    disconnect: null, peer: null, link, invocation: null,
  };
  bind(attempt, link);
  boot.attempts.push(attempt);
  if (inInit) return;
  const invocation = lastStartedBy(started, link.openedAt);
  if (invocation !== null && (invocation.end === null || invocation.end >= link.openedAt)) attach(attempt, invocation);
}

/** What a connection without any line of the function was; null where the link alone cannot tell busy from served. */
function linkOutcome(link: LinkConnection): Attempt["outcome"] | null {
  if (link.failedAt !== null) return "failed";
  if (link.connectedAt === null) return null;
  const lasted = link.closedAt === null ? Infinity : link.closedAt - link.connectedAt;
  if (link.answered) return link.by !== "peer" && lasted > REFUSAL_LASTS_MS_MAX ? "accepted" : null;
  if (link.closedAt === null && link.silencedAt === null) return null;
  return link.by === "peer" ? "refused" : "timed-out";
}

/** The link knows when an environment ended; no check requires it. */
function noteEnd(environment: Environment, link: LinkConnection): void {
  const at = link.silencedAt ?? (link.by === "environment-end" ? link.closedAt : null);
  if (at === null) return;
  // A crash ends the process and its links, not the environment: more from the same stream after it says so.
  if (environment.lastLine > at) return;
  if (environment.end !== null && environment.end >= at) return;
  environment.end = at;
  environment.ending = link.silencedAt === null ? "shutdown" : "vanished";
}

function addresses(links: ReadonlyMap<string, LinkConnection[]>): Map<string, LinkConnection[]> {
  const byAddress = new Map<string, LinkConnection[]>();
  for (const list of links.values()) {
    for (const link of list) {
      if (link.upstreamLocal === null) continue;
      const same = byAddress.get(link.upstreamLocal);
      if (same === undefined) byAddress.set(link.upstreamLocal, [link]);
      else same.push(link);
    }
  }
  return byAddress;
}

/** Ports are used again: the one that was open when the peer saw the connection. */
function linkAt(byAddress: Map<string, LinkConnection[]>, connection: PeerConnection): LinkConnection | null {
  const time = timeOf(connection);
  const list = connection.remote === null ? undefined : byAddress.get(connection.remote);
  if (list === undefined) return null;
  const open = (link: LinkConnection): boolean => (link.connectedAt ?? link.openedAt) <= time + 1_000 && (link.closedAt ?? Infinity) >= time - 1_000;
  return list.findLast(open) ?? null;
}

function codePhase(text: string | null): CodePhase | null {
  return text === "init" || text === "invoke" || text === "shutdown" ? text : null;
}

/** Finds the boot that a hello or a link names; a boot that no line showed is added. */
class BootFinder {
  private readonly byId = new Map<string, Boot>();
  private readonly environments: ReadonlyMap<string, Environment>;
  private readonly toleranceMs: number;

  constructor(environments: readonly Environment[], toleranceMs: number) {
    this.toleranceMs = toleranceMs;
    this.environments = new Map(environments.map((environment) => [environment.id, environment]));
    for (const environment of environments) {
      for (const boot of environment.boots) if (boot.bootId !== null) this.byId.set(boot.bootId, boot);
    }
  }

  byLink(link: LinkConnection): Boot | null {
    const environment = this.environments.get(link.environment);
    return environment?.boots[link.boot - 1] ?? null;
  }

  byHello(connection: PeerConnection): Boot | null {
    const hello = connection.hello;
    if (hello === null) return null;
    const known = hello.bootId === null ? undefined : this.byId.get(hello.bootId);
    if (known !== undefined) return known;
    const environment = hello.logStream === null ? undefined : this.environments.get(hello.logStream);
    if (environment === undefined) return null;
    const time = timeOf(connection);
    const boot = environment.boots.findLast((one) => one.from <= time + this.toleranceMs) ?? environment.boots[0];
    if (hello.bootId === null) return boot ?? null;
    if (boot !== undefined && boot.bootId === null) {
      boot.bootId = hello.bootId;
      this.byId.set(hello.bootId, boot);
      return boot;
    }
    return this.added(environment, hello.bootId, time);
  }

  private added(environment: Environment, bootId: string, time: number): Boot {
    const boot: Boot = {
      environment, number: environment.boots.length + 1, bootId, from: time, to: null, reset: null, bootLine: false, lines: 0, sequences: [],
      attempts: [], accepted: [], initAttempts: [], missingLines: false, shutdown: null,
    };
    environment.boots.push(boot);
    this.byId.set(bootId, boot);
    return boot;
  }
}
