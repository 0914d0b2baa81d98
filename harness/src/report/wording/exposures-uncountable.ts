/** Whether no exposure could be counted, however long the run: the number of places is not known, so nothing shows that others could hold them all. */
import type { Finding } from "../../domain/run-result.ts";

export function exposuresAreUncountable(findings: readonly Pick<Finding, "code">[]): boolean {
  return findings.some(({ code }) => code === "places-not-known");
}
