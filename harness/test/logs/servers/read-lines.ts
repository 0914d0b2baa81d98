/** Reads a server's log from its text, as the reader of files does. */
import type { PeerLogRecord } from "../../../src/record/peer-log.ts";
import { LogClock, type LogZone } from "../../../src/logs/servers/log-clock.ts";
import type { ServerLogKind } from "../../../src/words/server-log-kinds.ts";
import { serverLogOf } from "../../../src/logs/servers/all-server-logs.ts";
import { parseIsoTime } from "../../../src/base/time.ts";

export interface ReadLines {
  readonly records: readonly PeerLogRecord[];
  readonly lost: readonly string[];
  readonly kind: ServerLogKind | null;
}

export function readLines(
  text: string,
  {
    zone = null,
    near = "2026-11-25T12:00:00Z",
  }: { readonly zone?: LogZone | null; readonly near?: string } = {},
): ReadLines {
  const lines = text.split("\n");
  const log = lines.map((line) => serverLogOf(line)).find((one) => one !== null) ?? null;
  const records: PeerLogRecord[] = [];
  const lost: string[] = [];
  const reader = log?.reader?.(new LogClock(zone, parseIsoTime(near)), {
    record: (record) => records.push(record),
    lost: (line) => lost.push(line),
  });
  for (const line of lines) reader?.line(line);
  reader?.finish();
  return { records, lost, kind: log?.kind ?? null };
}

/** Returns one line for each record: time, event, connection, client, limit. */
export function recordTexts({ records }: ReadLines): readonly string[] {
  return records.map(({ time, event, connection, server }) =>
    [time.slice(11, 23), event, connection, server?.client, server?.limit]
      .filter((one) => one != null)
      .join(" "),
  );
}
