/** Every kind of server log that can be read. The peer log of the contract is not in this list: its lines are JSON. */
import { mosquitto } from "./mosquitto.ts";
import { mysqlAudit } from "./mysql-audit.ts";
import { mysqlPlain } from "./mysql-plain.ts";
import { postgresCsv } from "./postgres-csv.ts";
import { postgres } from "./postgres.ts";
import { redis } from "./redis.ts";
import type { ServerLog } from "./server-log.ts";
import { sshd } from "./sshd.ts";

const ALL: readonly ServerLog[] = [postgresCsv, postgres, mysqlAudit, mysqlPlain, mosquitto, sshd, redis];

export function serverLogOf(line: string): ServerLog | null {
  return ALL.find((log) => log.begins(line)) ?? null;
}
