/** Judges an invocation for which the evidence has no attempt to reach the peer and no open connection. */
import type { CodedArguments } from "../../domain/findings/coded.ts";
import { harmUnknown, type HarmUnknownParameters } from "../../domain/findings/harm-unknown.ts";
import { protocolNamed } from "../../protocols/all-protocols.ts";
import type { Protocol } from "../../protocols/protocol.ts";
import { crashedByPlan, endedUnconnected, UNCONNECTED_NEEDS } from "../attribution/ended-unconnected.ts";
import { ARRIVAL_NEEDS, noneArrived } from "../attribution/none-arrived.ts";
import type { EvidenceView, OwnerIn } from "../correlate/evidence-view.ts";
import { protocolOutcome } from "../correlate/link-outcome.ts";
import type {
  AttemptOwner,
  BootCounts,
  LinkConnection,
  ObservedInvocation,
} from "../timeline/environment.ts";
import type { InvocationAssessment } from "./invocation-assessment.ts";

export const WITHOUT_ATTEMPT_NEEDS = [...ARRIVAL_NEEDS, ...UNCONNECTED_NEEDS] as const;
type WithoutAttemptView = EvidenceView<typeof WITHOUT_ATTEMPT_NEEDS>;
type WithoutAttemptOwner = OwnerIn<typeof WITHOUT_ATTEMPT_NEEDS>;
/** No environment did harm, so the assessment names none. */
type Assessment = InvocationAssessment<never>;

export function assessWithoutAttempt(
  history: WithoutAttemptView,
  invocation: ObservedInvocation<WithoutAttemptOwner>,
): Assessment {
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
  { links, peer }: WithoutAttemptView,
  { environment: { id, peerAhead }, end }: ObservedInvocation<WithoutAttemptOwner>,
): CodedArguments<HarmUnknownParameters> {
  if (peerAhead === null) return ["peer-clock-fits-nowhere"];
  // Connections until then with an answer that the link could not read. They matter only without a peer log, which would show what the peer
  // accepted.
  const unread = (link: LinkConnection<AttemptOwner>): boolean =>
    link.answered && link.openedAt <= (end ?? Infinity) && protocolOutcome(link) === null;
  const answered = peer === null ? (links?.get(id) ?? []).filter(unread) : [];
  const encrypted = answered.find(({ outcome }) => outcome === "unreadable");
  if (encrypted !== undefined)
    return ["answer-encrypted", { by: encryptionOf(protocolNamed(encrypted.protocol ?? "")) }];
  return [answered.length > 0 ? "answer-or-refusal" : "nothing-shows"];
}

function encryptionOf(protocol: Protocol | null): string {
  return protocol?.encrypts === true ? (protocol.title ?? protocol.name) : "TLS";
}

/** Whether the process wrote a line after the invocation. */
export function hasLaterLine(boot: BootCounts, invocation: ObservedInvocation): boolean {
  return boot.lastNumberedAt !== null && boot.lastNumberedAt > (invocation.end ?? Infinity);
}

function unknown(...why: CodedArguments<HarmUnknownParameters>): Assessment {
  return { judged: "unknown", why: harmUnknown(...why) };
}
