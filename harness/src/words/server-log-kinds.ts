/**
 * The kinds of logs that servers write. logs/servers reads them. For each kind, report/wording says what to switch on so that the log shows
 * connections, or that no setting helps (Redis).
 */
import { choiceInWords } from "../base/choice-in-words.ts";

interface KindOfServerLog {
  /** The server, as sentences and help name it. */
  readonly title: string;
  /** Whether the log can show which connections were served. A log that cannot show them is also recognised, but it is no evidence. */
  readonly showsConnections: boolean;
}

const KINDS = {
  postgres: { title: "Postgres", showsConnections: true },
  "mysql-audit": { title: "MySQL or MariaDB (server_audit)", showsConnections: true },
  "mysql-plain": { title: "MySQL or MariaDB (general or error log)", showsConnections: false },
  mosquitto: { title: "Mosquitto", showsConnections: true },
  sshd: { title: "sshd", showsConnections: true },
  pattern: { title: "another machine (--peer-log-pattern)", showsConnections: true },
  redis: { title: "Redis", showsConnections: false },
} as const satisfies Readonly<Record<string, KindOfServerLog>>;

export type ServerLogKind = keyof typeof KINDS;
export const SERVER_LOG_KINDS = Object.keys(KINDS) as readonly ServerLogKind[];

/** The servers whose log can be evidence, in words. */
export const SERVERS_WITH_LOG = choiceInWords(
  Object.values(KINDS).flatMap(({ title, showsConnections }) => (showsConnections ? [title] : [])),
);

export function titleOfServerLog(kind: ServerLogKind): string {
  return KINDS[kind].title;
}
