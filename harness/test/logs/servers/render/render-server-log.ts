/**
 * Writes the peer log of generated evidence in the form of a real server's log. What the server does not log is lost: Mosquitto and server_audit do
 * not name a refused client, and their times have whole seconds.
 */
import type { PeerLogRecord } from "../../../../src/record/peer-log.ts";

export const RENDERED = ["postgres", "postgres-csv", "mosquitto", "server-audit"] as const;
export type Rendered = (typeof RENDERED)[number];

export interface Rendering {
  readonly form: Rendered;
  /** The offset of the log's times from UTC, in minutes. */
  readonly zone: number;
  /** Whether clients with another role connect to the server too. */
  readonly others: boolean;
  /** Whether Postgres authorizes a client before the refusal. Only then does the log have the client's name. */
  readonly refusedNamed: boolean;
  /** The longest name that the server keeps. */
  readonly nameLength: number;
}

export function renderServerLog(records: readonly PeerLogRecord[], rendering: Rendering): string {
  const lines: string[] = [];
  const began = new Map<number, string>();
  let life = 0;
  records.forEach((record, index) => {
    if (record.event === "ready") life += 1;
    const key = life * 10_000 + (record.connection ?? 0);
    if (record.event === "accepted") began.set(key, record.time);
    lines.push(...RENDER[rendering.form]({ record, key, rendering, began: began.get(key) ?? record.time }));
    if (rendering.others && index % 3 === 0)
      lines.push(
        ...RENDER[rendering.form](otherClient(record, { index, key: life * 10_000 + 5_000, rendering })),
      );
  });
  return lines.join("\n");
}

interface Line {
  readonly record: PeerLogRecord;
  /** A number that is unique in the whole log. */
  readonly key: number;
  readonly rendering: Rendering;
  /** When the connection was opened. */
  readonly began: string;
  readonly user?: string;
}

/** Returns a line about an accepted or a refused client with another role. Such a client does not count for the function's limit. */
function otherClient(
  { time }: PeerLogRecord,
  { index, key, rendering }: { readonly index: number; readonly key: number; readonly rendering: Rendering },
): Line {
  const event = index % 2 === 0 ? "accepted" : "refused";
  const remote = `10.1.1.1:${1_000 + index}`;
  const record = { time, event, connection: key + index, remote, hello: null } as const;
  return { record, key: key + index, rendering, began: time, user: "admin" };
}

const nameOf = ({ record: { hello }, rendering }: Line): string | null =>
  (hello?.logStream ?? hello?.bootId ?? null)?.slice(0, rendering.nameLength) ?? null;

function localTime(time: string, zone: number, separator: string): string {
  return new Date(Date.parse(time) + zone * 60_000).toISOString().replace("T", separator).slice(0, 23);
}

function zoneText(zone: number): string {
  const [hours, minutes] = [Math.trunc(Math.abs(zone) / 60), Math.abs(zone) % 60];
  return `${zone < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

/** The messages of Postgres, in order, each with its severity. */
function postgresMessages(line: Line): readonly (readonly [string, string])[] {
  const { record, user = "fn" } = line;
  const [host, port] = (record.remote ?? "").split(":");
  const name = nameOf(line);
  const opened = [
    ["LOG", `connection received: host=${host} port=${port}`],
    [
      "LOG",
      `connection authorized: user=${user} database=app${name === null ? "" : ` application_name=${name}`}`,
    ],
  ] as const;
  const seconds = (Date.parse(record.time) - Date.parse(line.began)) / 1_000;
  const lasted = `${Math.floor(seconds / 3_600)}:${String(Math.floor(seconds / 60) % 60).padStart(2, "0")}:${(seconds % 60).toFixed(3)}`;
  const gone = [
    "LOG",
    `disconnection: session time: ${lasted} user=${user} database=app host=${host} port=${port}`,
  ] as const;
  switch (record.event) {
    case "ready":
      return [["LOG", "database system is ready to accept connections"]];
    case "accepted":
      return opened;
    case "refused":
      return [
        ...opened.slice(0, line.rendering.refusedNamed ? 2 : 1),
        ["FATAL", `too many connections for role "${user}"`],
      ];
    case "reset":
      return [["LOG", "could not receive data from client: Connection reset by peer"], gone];
    case "idle-timeout":
      return [["FATAL", "terminating connection due to idle-session timeout"], gone];
    case "closed":
    case "evicted":
      return [gone];
    case "request":
    case "queued":
      return [];
  }
}

const RENDER: Readonly<Record<Rendered, (line: Line) => readonly string[]>> = {
  postgres: (line) => {
    const { record, key, rendering } = line;
    const prefix = `${localTime(record.time, rendering.zone, " ")} ${zoneText(rendering.zone)} [${key}] `;
    return postgresMessages(line).map(([severity, message]) => `${prefix}${severity}:  ${message}`);
  },
  "postgres-csv": (line) => {
    const { record, key, rendering } = line;
    const time = `${localTime(record.time, rendering.zone, " ")} ${zoneText(rendering.zone)}`;
    return postgresMessages(line).map(
      ([severity, message]) =>
        `${time},,,${key},,x,1,,${time},,0,${severity},00000,"${message.replaceAll('"', '""')}",,,,,,,,,"","client backend",,0`,
    );
  },
  mosquitto: (line) => {
    const { record, rendering, key } = line;
    const time = `${localTime(record.time, rendering.zone, "T").slice(0, 19)}${zoneText(rendering.zone).replace(":", "")}`;
    // If two connections have the same client id, a broker ends the older one. So here each connection has its own id.
    const id = `${nameOf(line) ?? "auto"}-${key}`;
    switch (record.event) {
      case "ready":
        return [`${time}: mosquitto version 2.0.18 running`];
      case "accepted":
        return [`${time}: New client connected from ${record.remote} as ${id} (p5, c1, k60).`];
      case "refused":
        return [`${time}: Client connection from 10.0.1.12 denied: max_connections exceeded.`];
      case "idle-timeout":
        return [`${time}: Client ${id} has exceeded timeout, disconnecting.`];
      case "closed":
      case "evicted":
      case "reset":
        return [`${time}: Client ${id} disconnected.`];
      case "request":
      case "queued":
        return [];
    }
  },
  "server-audit": ({ record, rendering, key, user = "fn" }) => {
    const time = localTime(record.time, rendering.zone, " ").slice(0, 19).replaceAll("-", "");
    const end = `${time},host,${user},10.0.1.12,${key},0`;
    switch (record.event) {
      case "accepted":
        return [`${end},CONNECT,app,,0`];
      case "refused":
        return [`${end},FAILED_CONNECT,app,,1226`, `${end},DISCONNECT,app,,0`];
      case "closed":
      case "evicted":
      case "reset":
      case "idle-timeout":
        return [`${end},DISCONNECT,app,,0`];
      case "ready":
      case "request":
      case "queued":
        return [];
    }
  },
};
