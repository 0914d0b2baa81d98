/** Judges an invocation that the peer turned away, after it is known who held the peer then. */
import { harmUnknown } from "../../result/findings/harm-unknown.ts";
import type { Holder } from "../attribution/holder.ts";
import type { Attempt } from "../timeline/environment.ts";
import type { InvocationAssessment } from "./invocation-assessment.ts";

export function assessByHolder(holder: Holder, last: Attempt): InvocationAssessment {
  switch (holder.holder) {
    case "environment":
      return {
        judged: "harmed",
        holder: holder.environment,
        hold: holder.hold,
        at: last.time,
        how: "turned-away",
        witness: holder.witness,
      };
    case "stranger":
      return { judged: "not-harmed", why: "stranger", strangers: [holder.name] };
    case "self":
      return { judged: "not-harmed", why: "self" };
    case "nobody":
      return { judged: "unknown", why: harmUnknown("turned-away-by-nobody") };
    case "unknown":
      return { judged: "unknown", why: harmUnknown("holder-unknown", { why: holder.why }) };
  }
}
