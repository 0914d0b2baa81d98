/**
 * Functions that each copy the given evidence with one kind of damage: parts are missing, late, doubled, reordered or cut.
 */
import type { Evidence, FunctionEvidence } from "../../../src/record/evidence.ts";
import type { LogRecord } from "../../../src/record/log-record.ts";
import { iso } from "./story-options.ts";

export type Mutation = (evidence: Evidence) => Evidence;

function each(change: (one: FunctionEvidence) => FunctionEvidence): Mutation {
  return (evidence) => ({ ...evidence, functions: evidence.functions.map(change) });
}

export const asIs: Mutation = (evidence) => evidence;
export const withoutPeerLog = each((one) => ({ ...one, peerLog: null }));
export const withoutLinkLog = each((one) => ({ ...one, linkLog: null }));
export const withoutJournal: Mutation = (evidence) => ({ ...evidence, journal: null, manifest: null });
export const withoutHello = each((one) => ({
  ...one,
  peerLog: one.peerLog?.map((line) => ({ ...line, hello: null })) ?? null,
}));
/** Each hello has only this part of its log stream, and no boot id. */
export const withPartOfStream = (part: (logStream: string) => string): Mutation =>
  each((one) => ({
    ...one,
    peerLog:
      one.peerLog?.map((line) => ({
        ...line,
        hello:
          line.hello === null
            ? null
            : { ...line.hello, bootId: null, logStream: part(line.hello.logStream ?? "") },
      })) ?? null,
  }));
export const withoutLifecycleLines = withoutRecords((record) => record.message.includes('"longrun"'));
export const withoutEventIds = each((one) => ({
  ...one,
  records: one.records.map((record) => ({ ...record, eventId: null, ingestionTime: null })),
}));
export const withoutSequences = each((one) => ({
  ...one,
  records: one.records.map((record) => ({
    ...record,
    message: record.message.replace(/,"sequence":\d+/, ""),
  })),
}));
export const behindConsolePrefix = each((one) => ({
  ...one,
  records: one.records.map((record) =>
    isLifecycle(record)
      ? { ...record, message: `2026-11-25T10:00:00.000Z\tundefined\tINFO\t${record.message}\n` }
      : record,
  ),
}));
export const insideJsonString = each((one) => ({
  ...one,
  records: one.records.map((record) =>
    isLifecycle(record)
      ? { ...record, message: JSON.stringify({ timestamp: "t", level: "INFO", message: record.message }) }
      : record,
  ),
}));
export const insideJsonObject = each((one) => ({
  ...one,
  records: one.records.map((record) =>
    isLifecycle(record)
      ? {
          ...record,
          message: JSON.stringify({
            timestamp: "t",
            level: "INFO",
            message: JSON.parse(record.message) as unknown,
          }),
        }
      : record,
  ),
}));

export function withoutRecords(unwanted: (record: LogRecord) => boolean): Mutation {
  return each((one) => ({ ...one, records: one.records.filter((record) => !unwanted(record)) }));
}

export function withoutStream(index: number): Mutation {
  return (evidence) => {
    const names = [...new Set(evidence.functions[0]?.records.map((record) => record.logStreamName) ?? [])];
    return withoutRecords((record) => record.logStreamName === names[index])(evidence);
  };
}

export function onlyRecordsBefore(time: number): Mutation {
  return withoutRecords((record) => record.timestamp >= time);
}

export function peerLogWithout(
  unwanted: (line: NonNullable<FunctionEvidence["peerLog"]>[number]) => boolean,
): Mutation {
  return each((one) => ({ ...one, peerLog: one.peerLog?.filter((line) => !unwanted(line)) ?? null }));
}

/** Changes the peer's log as if it were the log of a real server: each line has the member `server`. */
export const asServerLog = each((one) => ({
  ...one,
  peerLog:
    one.peerLog?.map((line) => ({
      ...line,
      server: { client: null, user: null, database: null, limit: null, session: null, resolutionMs: 1 },
    })) ?? null,
}));

/** Renames a log stream, as if another version of the function had written it: the name of a stream contains the version. */
export function renamedStream(from: string, to: string): Mutation {
  return each((one) => ({
    ...one,
    records: one.records.map((record) =>
      record.logStreamName === from ? { ...record, logStreamName: to } : record,
    ),
    peerLog:
      one.peerLog?.map((line) =>
        line.hello?.logStream === from ? { ...line, hello: { ...line.hello, logStream: to } } : line,
      ) ?? null,
    linkLog:
      one.linkLog?.map((line) => (line.environment === from ? { ...line, environment: to } : line)) ?? null,
  }));
}

/** The clock of one environment is ahead of all other clocks. */
export const withClockAhead = (logStream: string, aheadMs: number): Mutation =>
  each((one) => ({
    ...one,
    records: one.records.map((record) =>
      record.logStreamName === logStream
        ? {
            ...record,
            timestamp: record.timestamp + aheadMs,
            message: record.message.replace(
              /"time":"([^"]+)"/,
              (_, time: string) => `"time":"${iso(Date.parse(time) + aheadMs)}"`,
            ),
          }
        : record,
    ),
  }));

export const doubled: Mutation = (evidence) => ({
  ...evidence,
  journal: evidence.journal === null ? null : [...evidence.journal, ...evidence.journal],
  functions: evidence.functions.map((one) => ({
    ...one,
    records: [...one.records, ...one.records],
    peerLog: one.peerLog === null ? null : one.peerLog.flatMap((line) => [line, line]),
    linkLog: one.linkLog === null ? null : one.linkLog.flatMap((line) => [line, line]),
  })),
});

/** Reorders the log records. The peer log and the link log keep their order, as lines in a file do. */
export const reordered: Mutation = (evidence) => ({
  ...evidence,
  journal: evidence.journal === null ? null : [...evidence.journal].reverse(),
  functions: evidence.functions.map((one) => ({ ...one, records: [...one.records].reverse() })),
});

export function chain(...mutations: readonly Mutation[]): Mutation {
  return (evidence) => mutations.reduce((changed, mutation) => mutation(changed), evidence);
}

function isLifecycle(record: LogRecord): boolean {
  return record.message.startsWith('{"longrun"');
}
