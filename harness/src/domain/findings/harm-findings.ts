/** Findings of kind harm: which environment kept another one from the peer, or why that is not known. */
import type { CodePhase } from "../../../../functions/src/contract.ts";
import type { NoParameters } from "./coded.ts";
import type { HarmUnknown } from "./harm-unknown.ts";

export interface HarmFindings {
  readonly "peer-held": PeerHeld;
  readonly "harm-unknown": { readonly invocations: number; readonly why: HarmUnknown };
  readonly "peer-reached": NoParameters;
}

/** One harm window. Environments are named by their ids. */
export interface PeerHeld {
  readonly holder: string;
  /** An earlier process of the environment held the peer, and a later process of the same environment failed. */
  readonly earlierProcess: boolean;
  readonly since: string;
  /** Phase in which the connection was opened. */
  readonly openedIn: CodePhase | null;
  /** Invocations that the holder handled in its life. */
  readonly holderInvocations: number;
  /** The first environments that failed, and the number of the others. */
  readonly failed: readonly string[];
  readonly moreFailed: number;
  readonly invocations: number;
  readonly durationMs: number;
  readonly untilRunEnd: boolean;
  /** Whether only the function's own lines show the holder. Such lines would not show another client of the peer. */
  readonly ownLinesOnly: boolean;
}
