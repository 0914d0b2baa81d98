/** The contract of a probe: it sees whether one row of docs/verified.md is as expected. */
import type { RunTarget } from "../../../harness/src/domain/target.ts";
import type { VerifyClients } from "./verify-clients.ts";

/** `not reached`: the row could not be seen, so nothing is known about it. */
export const OUTCOMES = ["confirmed", "differs", "not reached"] as const;
export type ProbeOutcome = (typeof OUTCOMES)[number];

export interface ProbeResult {
  readonly outcome: ProbeOutcome;
  /** What was seen, in one sentence, or why nothing was. */
  readonly text: string;
}

/** The function of the verification, and the services that show what it does. */
export interface ProbeContext extends VerifyClients {
  readonly target: RunTarget;
  readonly region: string;
  readonly functionName: string;
  readonly logGroup: string;
  /** Aborts when the user interrupts the verification. */
  readonly signal: AbortSignal;
}

export type Probe = (context: ProbeContext) => Promise<ProbeResult>;

export const confirmed = (text: string): ProbeResult => ({ outcome: "confirmed", text });
export const differs = (text: string): ProbeResult => ({ outcome: "differs", text });
export const notReached = (text: string): ProbeResult => ({ outcome: "not reached", text });
