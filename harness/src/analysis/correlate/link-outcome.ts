/**
 * The outcome of a connection that only the engine's link saw. If the link knew the protocol, the server's own message decides. If not, the
 * link cannot distinguish "busy" from any other answer. Then, if the user said what a success is (`--success`), the outcome of the
 * invocation decides whether the peer's answer accepted the client. A peer that answers and soon closes the connection, in an invocation
 * that fails, has turned the client away. In all other cases the outcome stays unknown. Pure.
 */
import type { ConnectOutcome } from "../../../../functions/src/contract.ts";
import { speaksOfPlaces } from "../../protocols/all-protocols.ts";
import { REFUSAL_LASTS_MS_MAX, type SeenConnection } from "../../protocols/protocol.ts";
import { raw } from "../../protocols/raw.ts";
import { lastStartedIndex } from "../timeline/attach-attempts.ts";
import type { DriverInvocation } from "../timeline/driver-timeline.ts";
import type { ObservedInvocation, LinkConnection } from "../timeline/environment.ts";

/**
 * What the answer to an invocation says about the connection that the invocation used. Null if the answers are not used, because a peer log
 * or the function's lines show what was accepted.
 */
export type Answers = ((invocation: ObservedInvocation) => "good" | "failed" | "unsaid") | null;

/** `declared` says that the user defined a successful answer. Without that, an answer that did not fail can hide a refusal. */
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
  /** The invocations of its environment in the order of START. */
  readonly started: readonly ObservedInvocation[];
  readonly answers: Answers;
}

export function linkOutcome(link: LinkConnection, around: LinkSurroundings): ConnectOutcome | null {
  const said = protocolOutcome(link);
  if (said !== null) return said;
  const seen = seenBy(link);
  const { attempt } = raw.read(seen);
  if (attempt === "peer-down") return "failed";
  if (attempt === "refused" || attempt === "timed-out") return attempt;
  const known = isKnown(link);
  if (!known && attempt === "accepted") return attempt;
  // TLS hides the answer, but not who ended the connection.
  if (link.outcome === "accepted") return "accepted";
  if (seen.reached === null || !seen.peerSpoke || around.answers === null) return null;
  const served = servedBy(link, around, around.answers);
  if (served === true) return "accepted";
  if (known) return null;
  return served === false && link.by === "peer" && seen.lastedMs <= REFUSAL_LASTS_MS_MAX ? "refused" : null;
}

/** The outcome that the server's own message shows. Null if it showed none, or if its protocol is not known. */
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

function isKnown({ protocol }: LinkConnection): boolean {
  return protocol !== null && speaksOfPlaces(protocol);
}

/** The server denied the client for another reason, such as a wrong password or an unknown name. Nothing held the peer. */
export function wasDenied({ outcome }: LinkConnection): boolean {
  return outcome === "denied";
}

/** The connection as the protocols see it, without its first bytes, because the link log does not keep them. */
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
          ? { by: "environment", how: "silence" }
          : { by: by === "environment-end" ? "environment" : by, how: ending },
  };
}

/** Returns true if an invocation succeeded with this as its latest connection, false if no invocation that used it succeeded, else null. */
function servedBy(
  link: LinkConnection,
  { next, started }: LinkSurroundings,
  answers: NonNullable<Answers>,
): boolean | null {
  let served: boolean | null = false;
  const first = Math.max(0, lastStartedIndex(started, link.openedAt));
  for (let index = first; index < started.length; index += 1) {
    const invocation = started[index];
    if (invocation?.start == null || invocation.start > (link.closedAt ?? Infinity)) break;
    if (invocation.end !== null && invocation.end < link.openedAt) continue;
    // The invocation went on with another connection, so this one did not serve it.
    if (next !== null && next.openedAt <= (invocation.end ?? Infinity)) continue;
    const answer = answers(invocation);
    if (answer === "good") return true;
    if (answer === "unsaid") served = null;
  }
  return served;
}
