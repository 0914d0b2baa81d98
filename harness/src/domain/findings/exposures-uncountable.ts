/** Returns true if no exposure can be counted because the number of places of the peer is not known. A longer run does not change this. */
import type { Finding } from "../run-result.ts";

export function exposuresAreUncountable(findings: readonly Pick<Finding, "code">[]): boolean {
  return findings.some(({ code }) => code === "places-not-known");
}
