/** The judgement about one invocation: whether it reached the peer, and if not, who kept it from the peer. */
import type { EpochMs } from "../../base/time.ts";
import type { HarmUnknown } from "../../result/findings/harm-unknown.ts";
import type { Attempt, ObservedEnvironment } from "../timeline/environment.ts";

export type InvocationAssessment =
  | { readonly judged: "served"; readonly delayed: boolean; readonly exchanged: boolean }
  | {
      readonly judged: "harmed";
      readonly holder: ObservedEnvironment;
      readonly hold: Attempt;
      readonly at: EpochMs;
      readonly how: "turned-away" | "evicted";
      readonly witness: "own-lines" | "other";
      /** At a peer with several places: the connections of idle environments that held places, oldest first. */
      readonly among?: { readonly idle: readonly Attempt[]; readonly places: number | null };
    }
  /** The invocation did not have the connection that it needed, or made no attempt, and this is certainly no harm (docs/checks.md#harm). */
  | {
      readonly judged: "not-harmed";
      readonly why:
        | "failed"
        | "stranger"
        | "peer-closed"
        | "self"
        | "no-attempt"
        | "process-ended"
        | "denied"
        | "peer-full"
        | "own-connections"
        | "not-yet-free";
      /** For `stranger` and `peer-full`: how the strangers that held places named themselves. */
      readonly strangers?: readonly string[];
      /** For `not-yet-free`: the connection whose place the server had not freed yet. */
      readonly closer?: Attempt;
    }
  | { readonly judged: "unknown"; readonly why: HarmUnknown };
