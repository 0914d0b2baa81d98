/**
 * Decides the outcome of a connection that only the engine's link saw. If the link recognised the protocol, the server's own message
 * decides. Else the client was accepted if its invocation succeeded under `--success`. The client was turned away if its invocation failed,
 * and the peer answered but closed the connection soon after the connection had begun.
 */
import type { EpochMs } from "../../base/time.ts";
import type { ConnectOutcome } from "../../../../functions/src/contract.ts";
import { distinguishesRefusals, hasAsides } from "../../catalogue/protocols/all-protocols.ts";
import { REFUSAL_LASTS_MS_MAX, type SeenConnection } from "../../catalogue/protocols/protocol.ts";
import { raw } from "../../catalogue/protocols/raw.ts";
import { isLateAnswer } from "../timeline/late-answer.ts";
import { lastStartedIndex } from "../timeline/attach-attempts.ts";
import type { DriverInvocation } from "../timeline/driver-timeline.ts";
import { outcomeByManner, type ProbedManner } from "./outcome-by-manner.ts";
import type { LinkConnection, ObservedInvocation } from "../timeline/environment.ts";

/** What the answer to an invocation shows about its connection. Null if a peer log or the function's lines show what was accepted. */
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
  readonly next: LinkConnection | null;
  /** The invocations of the environment in the order of START. */
  readonly started: readonly ObservedInvocation[];
  readonly answers: Answers;
  /** The connections that held a place although the peer sent no byte on them, or no byte that shows an outcome. */
  readonly silent: ReadonlySet<LinkConnection>;
  /** What a probe saw of the peer. Null if nothing is known of it. */
  readonly manner: ProbedManner | null;
}

export function linkOutcome(link: LinkConnection, around: LinkSurroundings): ConnectOutcome | null {
  if (around.silent.has(link)) return "accepted";
  const said = protocolOutcome(link);
  if (said !== null) return said;
  if (isAside(link)) return null;
  if (isLateAnswer(link)) return lateOutcome(link, around);
  const { manner } = around;
  const treated = manner === null || around.answers === null ? null : outcomeByManner(link, manner);
  if (treated !== null) return treated;
  const seen = seenBy(link);
  const { attempt } = raw.read(seen);
  if (attempt === "peer-down") return "failed";
  if (attempt === "timed-out" && wasKeptUnused(link, around)) return null;
  if (attempt === "refused" || attempt === "timed-out") return attempt;
  if (waitsAtEnd(link, around)) return "timed-out";
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

/** Null if no message shows the outcome, or if the protocol is not known. */
export function protocolOutcome(link: LinkConnection): ConnectOutcome | null {
  if (link.contradiction !== null) return null;
  switch (link.outcome) {
    case "denied":
      return "reset";
    case "peer-down":
      return "failed";
    case "accepted":
      return isKnown(link) && !isLateAnswer(link) ? "accepted" : null;
    case "refused":
    case "timed-out":
      return isKnown(link) ? link.outcome : null;
    case "unreadable":
    case null:
      return null;
  }
}

/**
 * Whether the connection outlived the phase that opened it although neither side had sent a byte. Then nothing shows that the function
 * waited for an answer. False if all invocations that had the connection failed, because they may have waited.
 */
function wasKeptUnused(link: LinkConnection, around: LinkSurroundings): boolean {
  const { answered, protocol, functionEndedAt, closedAt, silencedAt } = link;
  if (answered || protocol !== null || around.answers === null) return false;
  const phaseEnd = phaseEndOf(link, around);
  const endedAt = functionEndedAt ?? closedAt ?? silencedAt ?? Infinity;
  return phaseEnd !== null && endedAt > phaseEnd && servedBy(link, around, around.answers) !== false;
}

/** Whether the peer has not answered by the end of the log, and all invocations that had the connection failed. */
function waitsAtEnd(link: LinkConnection, around: LinkSurroundings): boolean {
  const { answered, connectedAt, closedAt, silencedAt, protocol } = link;
  if (answered || connectedAt === null || closedAt !== null || silencedAt !== null) return false;
  if (around.answers === null || (protocol !== null && isKnown(link))) return false;
  return phaseEndOf(link, around) !== null && servedBy(link, around, around.answers) === false;
}

/** Returns when the invocation or the Init that opened the connection had ended. Null if this is unknown. */
function phaseEndOf(
  { openedAt }: LinkConnection,
  { started }: Pick<LinkSurroundings, "started">,
): EpochMs | null {
  const index = lastStartedIndex(started, openedAt);
  const last = started[index];
  const opener = last?.end == null || last.end < openedAt ? null : last;
  // If no invocation opened the connection, the Init opened it, and the Init ends before the next START.
  return opener?.end ?? started[index + 1]?.start ?? null;
}

/**
 * The outcome of a connection whose answer came after the function's FIN. The client was accepted if an invocation succeeded with the
 * connection. The client timed out if, before the answer came, the function had opened its next connection or the phase that opened this
 * connection had ended. Null otherwise: the function may have ended only its own half and read the answer.
 */
function lateOutcome(link: LinkConnection, around: LinkSurroundings): ConnectOutcome | null {
  if (around.answers !== null && servedBy(link, around, around.answers) === true) return "accepted";
  const { answeredAt, functionEndedAt } = link;
  const next = around.next?.openedAt ?? Infinity;
  if (functionEndedAt !== null && next >= functionEndedAt && next <= (answeredAt ?? 0)) return "timed-out";
  const phaseEnd = phaseEndOf(link, around);
  return phaseEnd !== null && (answeredAt ?? 0) > phaseEnd ? "timed-out" : null;
}

function isKnown({ protocol }: LinkConnection): boolean {
  return protocol !== null && distinguishesRefusals(protocol);
}

/** Whether the server denied the client for another reason than a lack of places, such as a wrong password. */
export function wasDenied({ outcome }: LinkConnection): boolean {
  return outcome === "denied";
}

/**
 * Whether the client only asked whether the server encrypts, or only asked to cancel a query (`hasAsides`). Then nobody was served or turned
 * away. A server does not answer a cancel request, so on TCP alone its connection looks like a refusal or a time-out.
 */
export function isAside(link: LinkConnection): boolean {
  const { protocol, answered, outcome, code, user, contradiction, by } = link;
  if (protocol === null || !hasAsides(protocol) || contradiction !== null) return false;
  if (outcome !== null || code !== null || user !== null) return false;
  return answered ? by === "function" : raw.read(seenBy(link)).attempt !== null;
}

/** The link log does not keep the first bytes, so `said` is empty. */
function seenBy(link: LinkConnection): SeenConnection {
  const { connectedAt, failedAt, functionEndedAt, closedAt, silencedAt, by, ending, answered } = link;
  return {
    reached: failedAt !== null ? false : connectedAt === null ? null : true,
    said: [],
    peerSpoke: answered,
    lastedMs: connectedAt === null || closedAt === null ? Infinity : closedAt - connectedAt,
    end: endOf({ functionEndedAt, closedAt, silencedAt, by, ending }),
  };
}

/** After the function's FIN nothing can be accepted any more, even if the peer never closes its side. */
function endOf({
  functionEndedAt,
  closedAt,
  silencedAt,
  by,
  ending,
}: Pick<
  LinkConnection,
  "functionEndedAt" | "closedAt" | "silencedAt" | "by" | "ending"
>): SeenConnection["end"] {
  if (closedAt !== null) return { by, how: ending };
  if (silencedAt !== null) return { by: "environment-end", how: "silence" };
  return functionEndedAt === null ? null : { by: "function", how: "fin" };
}

/**
 * Looks at the invocations for which this was the latest connection. True if one of them succeeded, false if all failed, null if this is
 * unknown.
 */
function servedBy(
  link: LinkConnection,
  { next, started }: LinkSurroundings,
  answers: NonNullable<Answers>,
): boolean | null {
  let served: boolean | null = false;
  const lastUse = Math.min(link.closedAt ?? Infinity, next?.openedAt ?? Infinity);
  const first = Math.max(0, lastStartedIndex(started, link.openedAt));
  for (let index = first; index < started.length; index += 1) {
    const invocation = started[index];
    if (invocation?.start == null || invocation.start > lastUse) break;
    if (invocation.end !== null && invocation.end < link.openedAt) continue;
    // The invocation went on with the next connection.
    if (next !== null && next.openedAt <= (invocation.end ?? Infinity)) continue;
    const answer = answers(invocation);
    if (answer === "good") return true;
    if (answer === "unsaid") served = null;
  }
  return served;
}
