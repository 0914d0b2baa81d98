/** Names in a report: `E2 (…1d2e3f40)` for an environment, and the time since the start with the time of day for an instant. */
import type { JudgedTarget } from "../../words/target.ts";
import type { Naming } from "../wording/naming.ts";
import { environmentName, type EnvironmentNames } from "./environment-names.ts";
import { formatClock, formatOffset, instantOf } from "./format-time.ts";

/** `start` is in epoch milliseconds. If it is null, instants are left unchanged. Levers make environments before it. */
export function reportNaming(names: EnvironmentNames, start: number | null, target: JudgedTarget): Naming {
  return {
    ofLogs: target === "logs",
    environment: (id) => environmentName(names, id).label,
    instant: (time) => {
      const instant = instantOf(time);
      if (start === null || instant === null) return time;
      return instant < start
        ? formatClock(instant)
        : `${formatOffset(instant - start, 1)} (${formatClock(instant)})`;
    },
  };
}
