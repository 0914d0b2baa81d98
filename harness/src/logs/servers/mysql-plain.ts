/** MySQL's and MariaDB's general and error logs do not show which connections were served (docs/servers.md#server-logs-as-evidence). */
import type { ServerLog } from "./server-log.ts";

export const mysqlPlain: ServerLog = {
  kind: "mysql-plain",
  begins: (line) => GENERAL.test(line) || ERROR.test(line),
  timeOf: () => null,
  reader: null,
};

const TIME = String.raw`(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(?:Z|[+-]\d\d:\d\d)|\d{4}-\d\d-\d\d {1,2}\d{1,2}:\d\d:\d\d|\d{6} {1,2}\d{1,2}:\d\d:\d\d)`;
const GENERAL = new RegExp(
  String.raw`^(?:${TIME})?\t+ *\d+ (?:Connect|Quit|Query|Init DB|Prepare|Execute)(?:\t|$)`,
);
const ERROR = new RegExp(String.raw`^${TIME} \d+ \[(?:Note|Warning|ERROR|System)\] `);
