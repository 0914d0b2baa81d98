/** Redis's log does not show which connections were served (docs/servers.md#server-logs-as-evidence). */
import type { ServerLog } from "./server-log.ts";

export const redis: ServerLog = {
  title: "Redis",
  advice:
    "No setting changes this: Redis writes the same line for a client that it serves and for one that it refuses.",
  naming:
    "Use the links of a local run, or the function's own lifecycle lines; CLIENT LIST shows who is connected now, if each client calls CLIENT SETNAME with its log stream.",
  begins: (line) => /^\d+:[XCSM] \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d\.\d{3} [.\-*#] /.test(line),
  timeOf: () => null,
  reader: null,
};
