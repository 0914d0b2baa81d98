import type { ConnectionResult } from "../../result/environment-result.ts";

/** Whether the peer served the connection. A connection that was reset or evicted was served before it was lost. */
export function wasServed({ outcome }: Pick<ConnectionResult, "outcome">): boolean {
  return outcome === "accepted" || outcome === "reset" || outcome === "evicted";
}
