/** A probe checks whether one row of docs/verified.md is as expected. */
import type { LocalServices } from "../local-services.ts";
import type { VerifyClients } from "./verify-clients.ts";

/** `not reached`: the probe could not check the row. */
export const OUTCOMES = ["confirmed", "differs", "not reached"] as const;
export type ProbeOutcome = (typeof OUTCOMES)[number];

export interface ProbeResult {
  readonly outcome: ProbeOutcome;
  /** What was seen, in one sentence, or why nothing was seen. */
  readonly text: string;
}

export interface ProbeContext extends VerifyClients {
  readonly name: string;
  readonly region: string;
  /** Null on AWS. */
  readonly running: LocalServices | null;
  readonly functionName: string;
  readonly logGroup: string;
  /** The key that the user gave for the log groups. */
  readonly kmsKeyArn: string | null;
  readonly folder: string;
  /** `terraform` or `tofu`. Null means the first of the two that is installed. */
  readonly tool: string | null;
  /** Aborts when the user interrupts the verification. */
  readonly signal: AbortSignal;
}

export type Probe<Context extends Pick<ProbeContext, "running"> = ProbeContext> = (
  context: Context,
) => Promise<ProbeResult>;

export const confirmed = (text: string): ProbeResult => ({ outcome: "confirmed", text });
export const differs = (text: string): ProbeResult => ({ outcome: "differs", text });
export const notReached = (text: string): ProbeResult => ({ outcome: "not reached", text });

/** For what AWS shows only after some minutes: whether to stop looking. */
export const isAsExpected = ({ outcome }: ProbeResult): boolean => outcome !== "differs";

/** Makes a probe for something that only AWS has. With TARGET=local its row is `not reached`, and `why` says the reason. */
export function onAws<Context extends Pick<ProbeContext, "running">>(
  why: string,
  probe: Probe<Context>,
): Probe<Context> {
  return async (context) => (context.running === null ? probe(context) : notReached(why));
}
