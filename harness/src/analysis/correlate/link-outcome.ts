/**
 * Decides the outcome of a connection that only the engine's link saw. If the link recognised the protocol, the server's own message decides. If
 * not, the link cannot distinguish a refusal from any other answer. Then the outcome of the invocation decides. The client was accepted if the
 * invocation succeeded and `--success` was given. The client was turned away if the invocation failed and the peer closed the connection soon after
 * it answered. In all other cases the outcome stays unknown. Pure.
 */
import type { ConnectOutcome } from "../../../../functions/src/contract.ts";
import { distinguishesRefusals } from "../../protocols/all-protocols.ts";
import { REFUSAL_LASTS_MS_MAX, type SeenConnection } from "../../protocols/protocol.ts";
import { postgres } from "../../protocols/postgres.ts";
import { raw } from "../../protocols/raw.ts";
import { lastStartedIndex } from "../timeline/attach-attempts.ts";
import type { DriverInvocation } from "../timeline/driver-timeline.ts";
import type { ObservedInvocation, LinkConnection } from "../timeline/environment.ts";

/**
 * Returns what the answer to an invocation shows about the connection that it used. Null if the answers are not used, because a peer log or the
 * function's lines show which attempts were accepted.
 */
export type Answers = ((invocation: ObservedInvocation) => "good" | "failed" | "unsaid") | null;

/** `declared` is true if `--success` was given. Without it, an answer that is no error can hide a refusal. */
export function answersOf(
  driverByRequest: ReadonlyMap<string, DriverInvocation>,
  declared: boolean,
): NonNullable<Answers> {
  return ({ requestId }) => {
    const outcome = driverByRequest.get(requestId)?.outcome?.outcome;
    if (outcome === "succeeded") return declared ? "good" : "unsaid";
    return outcome === "function-error" ? "failed" : "unsaid";
  };
}

export interface LinkSurroundings {
  /** The connection that the same environment opened next. */
  readonly next: LinkConnection | null;
  /** The invocations of the environment in the order of START. */
  readonly started: readonly ObservedInvocation[];
  readonly answers: Answers;
  /** The connections that held a place although the peer said nothing on them. */
  readonly silent: ReadonlySet<LinkConnection>;
}

export function linkOutcome(link: LinkConnection, around: LinkSurroundings): ConnectOutcome | null {
  const said = protocolOutcome(link);
  if (said !== null) return said;
  if (around.silent.has(link)) return "accepted";
  if (isAside(link)) return null;
  const seen = seenBy(link);
  const { attempt } = raw.read(seen);
  if (attempt === "peer-down") return "failed";
  if (attempt === "timed-out" && wasKeptUnused(link, around)) return null;
  if (attempt === "refused" || attempt === "timed-out") return attempt;
  const known = isKnown(link);
  if (!known && attempt === "accepted" && link.outcome !== "unreadable") return attempt;
  // Under TLS, the answer cannot be read, but the link may conclude `accepted` from the number and the lengths of the server's replies.
  if (link.outcome === "accepted") return "accepted";
  if (seen.reached === null || !seen.peerSpoke || around.answers === null) return null;
  const served = servedBy(link, around, around.answers);
  if (served === true) return "accepted";
  if (known) return null;
  return served === false && link.by === "peer" && seen.lastedMs <= REFUSAL_LASTS_MS_MAX ? "refused" : null;
}

/** Returns the outcome that the server's own message shows, or null if no message shows it or the protocol is not known. */
export function protocolOutcome(link: LinkConnection): ConnectOutcome | null {
  if (link.contradiction !== null) return null;
  switch (link.outcome) {
    case "denied":
      return "reset";
    case "peer-down":
      return "failed";
    case "accepted":
    case "refused":
    case "timed-out":
      return isKnown(link) ? link.outcome : null;
    case "unreadable":
    case null:
      return null;
  }
}

/**
 * Whether the connection was still open after the phase that opened it, although neither side had sent a byte. Then nothing shows that the
 * function waited for an answer. Returns false if all invocations that had this connection failed, because they may have waited for an
 * answer.
 */
function wasKeptUnused(link: LinkConnection, around: LinkSurroundings): boolean {
  const { answered, protocol, openedAt, functionEndedAt, closedAt, silencedAt } = link;
  if (answered || protocol !== null || around.answers === null) return false;
  const { started } = around;
  const index = lastStartedIndex(started, openedAt);
  const last = started[index];
  const opener = last?.end == null || last.end < openedAt ? null : last;
  // A connection that no invocation opened was opened in the Init, which ends before the next START.
  const phaseEnd = opener?.end ?? started[index + 1]?.start;
  const endedAt = functionEndedAt ?? closedAt ?? silencedAt ?? Infinity;
  return phaseEnd != null && endedAt > phaseEnd && servedBy(link, around, around.answers) !== false;
}

function isKnown({ protocol }: LinkConnection): boolean {
  return protocol !== null && distinguishesRefusals(protocol);
}

/**
 * Whether the server denied the client for another reason than a lack of places, such as a wrong password. Then no other connection was the cause.
 */
export function wasDenied({ outcome }: LinkConnection): boolean {
  return outcome === "denied";
}

/**
 * Whether the client of Postgres only asked whether the server encrypts, or only asked to cancel a query: it never said who it is, and the
 * server named no error. So nobody was served or turned away. An unanswered connection counts only if TCP shows an outcome and the protocol
 * shows none, which is so only for a cancel request.
 */
export function isAside(link: LinkConnection): boolean {
  const { protocol, answered, outcome, code, user, contradiction, by } = link;
  if (protocol !== postgres.name || contradiction !== null) return false;
  if (outcome !== null || code !== null || user !== null) return false;
  return answered ? by === "function" : raw.read(seenBy(link)).attempt !== null;
}

/** Converts the link's record to the form that protocols read. The first bytes are absent, because the link log does not keep them. */
function seenBy(link: LinkConnection): SeenConnection {
  const { connectedAt, failedAt, closedAt, silencedAt, by, ending, answered } = link;
  return {
    reached: failedAt !== null ? false : connectedAt === null ? null : true,
    said: [],
    peerSpoke: answered,
    lastedMs: connectedAt === null || closedAt === null ? Infinity : closedAt - connectedAt,
    end:
      closedAt === null && silencedAt === null
        ? null
        : closedAt === null
          ? { by: "environment-end", how: "silence" }
          : { by, how: ending },
  };
}

/**
 * Looks at the invocations whose latest connection was this one. Returns true if one of them succeeded, false if all of them failed, and
 * null if this is unknown.
 */
function servedBy(
  link: LinkConnection,
  { next, started }: LinkSurroundings,
  answers: NonNullable<Answers>,
): boolean | null {
  let served: boolean | null = false;
  // For an invocation that began after the next connection was opened, the next connection is the latest one.
  const lastUse = Math.min(link.closedAt ?? Infinity, next?.openedAt ?? Infinity);
  const first = Math.max(0, lastStartedIndex(started, link.openedAt));
  for (let index = first; index < started.length; index += 1) {
    const invocation = started[index];
    if (invocation?.start == null || invocation.start > lastUse) break;
    if (invocation.end !== null && invocation.end < link.openedAt) continue;
    // The invocation went on with another connection, so this one did not serve it.
    if (next !== null && next.openedAt <= (invocation.end ?? Infinity)) continue;
    const answer = answers(invocation);
    if (answer === "good") return true;
    if (answer === "unsaid") served = null;
  }
  return served;
}
