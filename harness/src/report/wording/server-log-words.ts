import type { ServerLogKind } from "../../words/server-log-kinds.ts";

interface ServerLogSentences {
  /** Sentences that say what to switch on so that the log shows each connection. */
  readonly advice: string;
  /** A sentence that says how a client gives its name, so that the log can name its environment. */
  readonly naming: string;
}

const MYSQL_ADVICE =
  "Install the plugin server_audit and set server_audit_logging = ON and server_audit_events = CONNECT (Amazon RDS: the option MARIADB_AUDIT_PLUGIN, Aurora: server_audit_logging).";
const MYSQL_NAMING =
  "No log of MySQL has the client's connection attributes, so the log cannot name an environment; the table performance_schema.session_connect_attrs can.";

export const SERVER_LOG_WORDS: Readonly<Record<ServerLogKind, ServerLogSentences>> = {
  postgres: {
    advice:
      "Set log_connections = on, log_disconnections = on, log_line_prefix = '%m [%p] %q%u@%d app=%a ' and lc_messages = 'C', and reload.",
    naming:
      "Let each client set application_name to its log stream (AWS_LAMBDA_LOG_STREAM_NAME); every version logs it if log_line_prefix has app=%a.",
  },
  "mysql-audit": { advice: MYSQL_ADVICE, naming: MYSQL_NAMING },
  "mysql-plain": {
    advice: MYSQL_ADVICE,
    naming: MYSQL_NAMING,
  },
  mosquitto: {
    advice:
      "Set log_type all, connection_messages true and log_timestamp_format %Y-%m-%dT%H:%M:%S%z, and restart.",
    naming:
      "Let each client use a client id that contains its log stream (AWS_LAMBDA_LOG_STREAM_NAME) or the last 23 characters of it.",
  },
  sshd: {
    advice: "Set LogLevel VERBOSE and reload, and export with journalctl -u ssh -o short-iso-precise.",
    naming: "Let each client log in as a user of its own; sshd's log has no other name of a client.",
  },
  pattern: {
    advice:
      "Check --peer-log-pattern against one line of the log for each event; the word in its group event must be a known one (docs/servers.md#another-machine).",
    naming:
      "Let the group client take a name that contains the client's log stream (AWS_LAMBDA_LOG_STREAM_NAME).",
  },
  redis: {
    advice:
      "No setting changes this: Redis writes the same line for a client that it serves and for one that it refuses.",
    naming:
      "Use the links of a local run, or the function's own lifecycle lines; CLIENT LIST shows who is connected now, if each client calls CLIENT SETNAME with its log stream.",
  },
};
