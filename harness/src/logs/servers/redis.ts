/** Redis's log does not show which connections were served (docs/servers.md#server-logs-as-evidence). */
import type { ServerLog } from "./server-log.ts";

export const redis: ServerLog = {
  kind: "redis",
  begins: (line) => /^\d+:[XCSM] \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d\.\d{3} [.\-*#] /.test(line),
  timeOf: () => null,
  reader: null,
};
