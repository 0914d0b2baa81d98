/** Who held the peer when an attempt was turned away. */
import type { CodedArguments } from "../../domain/findings/coded.ts";
import {
  holderUnknown,
  type HolderUnknown,
  type HolderUnknownParameters,
} from "../../domain/findings/holder-unknown.ts";
import type { OwnerIn } from "../correlate/evidence-view.ts";
import { ranBeside } from "../timeline/beside.ts";
import type { Attempt } from "../timeline/environment.ts";

/**
 * What a step can read of an attempt's environment and boot, if the step asks which processes ran at the same time. Such a step needs all
 * processes of the environment, so it declares the need `environment-ends`.
 */
export type HolderOwner = OwnerIn<readonly ["environment-ends"]>;

export type Holder =
  | {
      readonly holder: "environment";
      readonly hold: Attempt<HolderOwner>;
      readonly environment: HolderOwner["environment"];
      readonly boot: HolderOwner["boot"];
      /** `own-lines`: only the function's own lines show the holder. They would not show another client of the peer. */
      readonly witness: "own-lines" | "other";
    }
  /** An earlier connection of the attempt's own boot, or of another process that ran beside that boot. */
  | { readonly holder: "self" }
  | { readonly holder: "stranger"; readonly name: string }
  /** The evidence shows that the peer was free. */
  | { readonly holder: "nobody" }
  | { readonly holder: "unknown"; readonly why: HolderUnknown };

export function asHolder(
  hold: Attempt<HolderOwner>,
  attempt: Attempt<HolderOwner>,
  witness: "own-lines" | "other" = "other",
): Holder {
  const beside = ranBeside(hold.boot, attempt.boot);
  if (hold.boot === attempt.boot || beside === "shown") return { holder: "self" };
  if (beside === "possible") return unknown("holder-process-unknown");
  return { holder: "environment", hold, environment: hold.environment, boot: hold.boot, witness };
}

export function unknown(...why: CodedArguments<HolderUnknownParameters>): Holder {
  return { holder: "unknown", why: holderUnknown(...why) };
}
