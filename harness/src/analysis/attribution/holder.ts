/** Who held the peer when an attempt was turned away. */
import type { CodedArguments } from "../../record/coded.ts";
import {
  holderUnknown,
  type HolderUnknown,
  type HolderUnknownParameters,
} from "../../result/findings/holder-unknown.ts";
import { ranBeside } from "../timeline/beside.ts";
import type { Attempt, ObservedEnvironment, ObservedBoot } from "../timeline/environment.ts";

export type Holder =
  | {
      readonly holder: "environment";
      readonly hold: Attempt;
      readonly environment: ObservedEnvironment;
      readonly boot: ObservedBoot;
      /** `own-lines`: only the function's own lines show the holder. They would not show another client of the peer. */
      readonly witness: "own-lines" | "other";
    }
  /** An earlier connection of the attempt's own boot, or of another process that ran beside that boot. */
  | { readonly holder: "self" }
  | { readonly holder: "stranger"; readonly name: string }
  /** The evidence shows that the peer was free. */
  | { readonly holder: "nobody" }
  | { readonly holder: "unknown"; readonly why: HolderUnknown };

export function asHolder(hold: Attempt, attempt: Attempt, witness: "own-lines" | "other" = "other"): Holder {
  const beside = ranBeside(hold.boot, attempt.boot);
  if (hold.boot === attempt.boot || beside === "shown") return { holder: "self" };
  if (beside === "possible") return unknown("holder-process-unknown");
  return { holder: "environment", hold, environment: hold.environment, boot: hold.boot, witness };
}

export function unknown(...why: CodedArguments<HolderUnknownParameters>): Holder {
  return { holder: "unknown", why: holderUnknown(...why) };
}
