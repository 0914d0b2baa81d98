/** Every kind of server log that is known. Our own form is not among them: it is JSON. */
import { mosquitto } from "./mosquitto.ts";
import { mysqlAudit } from "./mysql-audit.ts";
import { mysqlPlain } from "./mysql-plain.ts";
import { postgresCsv } from "./postgres-csv.ts";
import { postgres } from "./postgres.ts";
import { redis } from "./redis.ts";
import type { ServerLog } from "./server-log.ts";
import { sshd } from "./sshd.ts";

const ALL: readonly ServerLog[] = [postgresCsv, postgres, mysqlAudit, mysqlPlain, mosquitto, sshd, redis];

/** The kind of log to which this line belongs, or null. */
export function serverLogOf(line: string): ServerLog | null {
  return ALL.find((log) => log.begins(line)) ?? null;
}
