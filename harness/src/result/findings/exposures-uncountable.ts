/** Whether no exposure can be counted because the peer's number of places is unknown. A longer run does not change this. */
import type { Finding } from "../finding-result.ts";

export function exposuresAreUncountable(findings: readonly Pick<Finding, "code">[]): boolean {
  return findings.some(({ code }) => code === "places-not-known");
}
