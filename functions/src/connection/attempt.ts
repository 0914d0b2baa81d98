/** Decides how an attempt ended: by the protocol and not by TCP, because TCP always opens through a link or a load balancer. */
import type { ConnectOutcome } from "../contract.ts";
import type { PeerMessage, PeerProtocol } from "./protocol.ts";

export type Sight =
  | { readonly saw: "finding"; readonly finding: PeerMessage }
  | { readonly saw: "deadline"; readonly limitMs: number }
  | { readonly saw: "fin" }
  | { readonly saw: "error"; readonly text: string };

export interface AttemptDecision {
  readonly outcome: ConnectOutcome;
  readonly detail: string | null;
}

/** Returns null if there is no decision yet. */
export function decideAttempt(
  sight: Sight,
  known: { readonly tcpOpen: boolean; readonly protocol: PeerProtocol },
): AttemptDecision | null {
  switch (sight.saw) {
    case "finding":
      return decideByFinding(sight.finding, known.protocol);
    case "deadline":
      return known.tcpOpen
        ? { outcome: "timed-out", detail: `TCP opened, no answer within ${sight.limitMs} ms` }
        : { outcome: "failed", detail: `TCP did not open within ${sight.limitMs} ms` };
    case "fin":
      return {
        outcome: known.protocol.closedUnanswered,
        detail: "TCP opened, the peer closed before it answered",
      };
    case "error":
      return known.tcpOpen
        ? { outcome: known.protocol.closedUnanswered, detail: `TCP opened, then ${sight.text}` }
        : { outcome: "failed", detail: sight.text };
  }
}

function decideByFinding(finding: PeerMessage, protocol: PeerProtocol): AttemptDecision | null {
  switch (finding.found) {
    case "welcome":
      return { outcome: "accepted", detail: null };
    case "busy":
      return { outcome: "refused", detail: "the peer is busy" };
    case "evicted":
      return {
        outcome: "evicted",
        detail: "the peer gave the connection to another client before it answered",
      };
    case "answer":
      return protocol.greetingIsExchange ? { outcome: "accepted", detail: null } : null;
    case "gibberish":
      return {
        outcome: "failed",
        detail: `the peer does not speak longrun: ${JSON.stringify(finding.text)}`,
      };
  }
}
