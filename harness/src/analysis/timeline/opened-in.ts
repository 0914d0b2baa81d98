/** Returns the phase in which an attempt was made, for people. Null if it is unknown. */
import type { OpenedIn } from "../../words/connection-outcome.ts";
import type { Attempt } from "./environment.ts";

export function openedIn({
  phase,
  link,
  boot,
  environment: { init, boots, invocations },
}: Attempt): OpenedIn | null {
  if (phase !== "init" || link === null || boot !== boots[0] || init?.end == null) return phase;
  const first = invocations.at(0);
  const begun = first === undefined ? Infinity : (first.start ?? init.end);
  return link.openedAt > init.end && link.openedAt < begun ? "after-init" : phase;
}
