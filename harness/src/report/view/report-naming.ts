/** The names that a report uses in sentences: `E2 (…1d2e3f40)` for an environment, and the run's own time beside the time of day. */
import type { Naming } from "../wording/naming.ts";
import { environmentName, type EnvironmentNames } from "./environment-names.ts";
import { formatClock, formatOffset, instantOf } from "./format-time.ts";

/** `start`: epoch milliseconds of offset 0; null: not known, and instants stay as they are. */
export function reportNaming(names: EnvironmentNames, start: number | null): Naming {
  return {
    environment: (id) => environmentName(names, id).label,
    instant: (time) => {
      const instant = instantOf(time);
      return start === null || instant === null
        ? time
        : `${formatOffset(instant - start, 1)} (${formatClock(instant)})`;
    },
  };
}
