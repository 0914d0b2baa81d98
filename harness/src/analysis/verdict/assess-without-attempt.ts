/** Judges an invocation for which the evidence has no attempt to reach the peer and no open connection. */
import type { CodedArguments } from "../../record/coded.ts";
import { harmUnknown, type HarmUnknownParameters } from "../../result/findings/harm-unknown.ts";
import { protocolNamed } from "../../catalogue/protocols/all-protocols.ts";
import type { Protocol } from "../../catalogue/protocols/protocol.ts";
import { crashedByPlan, endedUnconnected } from "../attribution/ended-unconnected.ts";
import { noneArrived } from "../attribution/none-arrived.ts";
import { protocolOutcome } from "../correlate/link-outcome.ts";
import type { LinkConnection, ObservedInvocation, ObservedBoot } from "../timeline/environment.ts";
import type { InvocationAssessment } from "./invocation-assessment.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";
type Assessment = InvocationAssessment;

export function assessWithoutAttempt(history: FunctionHistory, invocation: ObservedInvocation): Assessment {
  const { boot } = invocation;
  if (crashedByPlan(invocation) || endedUnconnected(history, invocation))
    return { judged: "not-harmed", why: "process-ended" };
  if (boot.lines === 0) return unknown(...whyUnknown(history, invocation));
  if (boot.missingLines) return unknown("lines-missing");
  const noAttempt: Assessment = { judged: "not-harmed", why: "no-attempt" };
  // Decided without the lines of the process, because a process that died during the invocation may not have written all of its lines.
  if (noneArrived(history, invocation)) return noAttempt;
  if (invocation.invokedAt === null && !hasLaterLine(boot, invocation)) return unknown("no-line");
  if (invocation.reset === "timeout") return unknown("timed-out-silently");
  return noAttempt;
}

function whyUnknown(
  { links, peer }: FunctionHistory,
  { environment: { id, peerAhead }, end, connectionError: error }: ObservedInvocation,
): CodedArguments<HarmUnknownParameters> {
  if (peerAhead === null) return ["peer-clock-fits-nowhere"];
  // Connections until then with an answer that the link could not read. They matter only without a peer log, which would show what the peer
  // accepted.
  const unread = (link: LinkConnection): boolean =>
    link.answered && link.openedAt <= (end ?? Infinity) && protocolOutcome(link) === null;
  const answered = peer === null ? (links?.get(id) ?? []).filter(unread) : [];
  const encrypted = answered.find(({ outcome }) => outcome === "unreadable");
  if (encrypted !== undefined)
    return ["answer-encrypted", { by: encryptionOf(protocolNamed(encrypted.protocol ?? "")) }];
  if (answered.length > 0) return ["answer-or-refusal"];
  return error === null ? ["nothing-shows"] : ["connection-failed", { error }];
}

function encryptionOf(protocol: Protocol | null): string {
  return protocol?.encrypts === true ? (protocol.title ?? protocol.name) : "TLS";
}

/** Whether the process wrote a line after the invocation. */
export function hasLaterLine(boot: ObservedBoot, invocation: ObservedInvocation): boolean {
  return boot.lastNumberedAt !== null && boot.lastNumberedAt > (invocation.end ?? Infinity);
}

function unknown(...why: CodedArguments<HarmUnknownParameters>): Assessment {
  return { judged: "unknown", why: harmUnknown(...why) };
}
