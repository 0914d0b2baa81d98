/**
 * Where a run that was killed is taken up again: a pure reading of what it left behind. The schedule goes on with the
 * first instant that no function came to; the time in between is nobody's and is not made up for.
 */
import type { Evidence } from "../domain/evidence.ts";
import type { JournalEvent } from "../domain/journal.ts";
import type { LogRecord } from "../domain/log-record.ts";
import type { PeerLogRecord } from "../domain/peer-log.ts";
import { reportedRequestId } from "./request-settlement.ts";
import { epochMs, parseIsoTime, type EpochMs } from "../units/time.ts";

export interface ResumePoint {
  readonly lastSequence: number;
  /** The last instant that any function came to; 0: none. */
  readonly lastInstant: number;
  readonly functions: ReadonlyMap<string, FunctionResumePoint>;
  /** Links of the next engine are numbered above those of the last one. */
  readonly lastConnection: number;
}

export interface FunctionResumePoint {
  /** Instants that others came to and this function did not, with the times at which they were due. */
  readonly missed: readonly { readonly n: number; readonly dueAt: string }[];
  /** The code that it ran; null: unknown. */
  readonly codeSha256: string | null;
  /** Up to where its log was read; null: it was not. */
  readonly logsThrough: EpochMs | null;
  /** How many log records are in the run directory already; those among them which reading on from `logsThrough` may meet again. */
  readonly recordsRead: number;
  readonly records: readonly LogRecord[];
  /** Likewise of the peer's log, where that came from a log group. */
  readonly peerRecords: readonly PeerLogRecord[];
  /** Ids of invocations that left a log whose report has not been read. */
  readonly requestIds: readonly string[];
}

export function resumePoint(evidence: Evidence): ResumePoint {
  const journal = evidence.journal ?? [];
  const due = new Map<number, string>();
  for (const event of journal)
    if (event.event === "invocation-sent" || event.event === "invocation-skipped")
      due.set(event.n, event.dueAt);
  // As far back as a run reads again for what arrives late.
  const overlapMs = evidence.manifest?.profile.settleMs ?? Infinity;
  const instants = [...due].sort(([one], [other]) => one - other);
  const functions = evidence.functions.map(
    ({ name, records, peerLog }) =>
      [
        name,
        functionPoint({ name, records, peerRecords: peerLog ?? [], overlapMs }, journal, instants),
      ] as const,
  );
  const links = evidence.functions.flatMap(({ linkLog }) => linkLog ?? []);
  return {
    lastSequence: journal.reduce((last, { sequence }) => Math.max(last, sequence), 0),
    lastInstant: instants.at(-1)?.[0] ?? 0,
    functions: new Map(functions),
    lastConnection: links.reduce((last, { connection }) => Math.max(last, connection), 0),
  };
}

function functionPoint(
  {
    name,
    records,
    peerRecords,
    overlapMs,
  }: {
    readonly name: string;
    readonly records: readonly LogRecord[];
    readonly peerRecords: readonly PeerLogRecord[];
    readonly overlapMs: number;
  },
  journal: readonly JournalEvent[],
  instants: readonly (readonly [number, string])[],
): FunctionResumePoint {
  const met = new Set<number>();
  const open = new Set<string>();
  let codeSha256: string | null = null;
  let logsThrough: EpochMs | null = null;
  for (const event of journal) {
    if (!("function" in event) || event.function !== name) continue;
    if (event.event === "function-ready") codeSha256 = event.codeSha256;
    if (event.event === "logs-read") logsThrough = parseIsoTime(event.through);
    if (event.event === "invocation-sent" || event.event === "invocation-skipped") met.add(event.n);
    const leftALog =
      event.event === "invocation-ended" &&
      (event.outcome === "succeeded" || event.outcome === "function-error");
    if (leftALog && event.requestId !== null) open.add(event.requestId);
  }
  for (const record of records) {
    const requestId = reportedRequestId(record);
    if (requestId !== null) open.delete(requestId);
  }
  const from = logsThrough === null ? -Infinity : logsThrough - overlapMs;
  return {
    missed: instants.filter(([n]) => !met.has(n)).map(([n, dueAt]) => ({ n, dueAt })),
    codeSha256,
    // What was read after the last note of it is read again, and known by its ids.
    logsThrough: logsThrough === null ? null : epochMs(logsThrough),
    // A run of days would hold on to all of them for the days to come.
    recordsRead: records.length,
    records: records.filter(({ timestamp }) => timestamp >= from),
    peerRecords,
    requestIds: [...open],
  };
}
