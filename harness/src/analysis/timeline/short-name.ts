/** An execution environment as sentences name it. */
import type { Environment } from "./environment.ts";

/** The last eight characters tell streams of one run apart and are found again by searching the page. */
export function shortName(environment: Pick<Environment, "id">): string {
  return environment.id.length <= 12 ? environment.id : `…${environment.id.slice(-8)}`;
}
