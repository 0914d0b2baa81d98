/**
 * Finds out who held the lease that an attempt waited for and did not get (docs/checks.md#harm). The environment that the lease table names
 * counts as the holder, even without an open connection, if it had reached the peer.
 */
import type { Attempt, ObservedEnvironment } from "../timeline/environment.ts";
import { asHolder, unknown, type Holder } from "./holder.ts";
import { peerUnavailable } from "./peer-available.ts";
import { isLogStream, identifyByName } from "./identify-client.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export function findLeaseHolder(history: FunctionHistory, attempt: Attempt, name: string): Holder {
  const environment = history.environmentById.get(name);
  if (environment === undefined) return notInEvidence(history, name);
  if (attempt.outcome !== "timed-out") return unknown("lease-not-awaited");
  if (attempt.invocation !== null && peerUnavailable(history, attempt.invocation))
    return unknown("lease-peer-unavailable");
  const last = lastAttemptBefore(environment, attempt);
  if (last === null) return unknown("lease-unused");
  // A lease holder that cannot reach the peer does not block others.
  if (last.outcome !== "accepted" || last.peer?.abandoned === true) return unknown("lease-holder-not-served");
  return asHolder(last, attempt);
}

/** A log stream of another function is a stranger. A name that occurs nowhere in the evidence is unknown. */
function notInEvidence(history: FunctionHistory, name: string): Holder {
  const stranger = isLogStream(name) && identifyByName(history, name).who === "stranger";
  return stranger ? { holder: "stranger", name } : unknown("stream-missing", { logStream: name });
}

function lastAttemptBefore(environment: ObservedEnvironment, attempt: Attempt): Attempt | null {
  let last: Attempt | null = null;
  for (const boot of environment.boots) {
    for (const one of boot.attempts) {
      if (one === attempt || one.time > attempt.time || one.leaseHolder != null) continue;
      if (last === null || one.time >= last.time) last = one;
    }
  }
  return last;
}
