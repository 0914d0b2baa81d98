/** Reads all evidence of a run directory into memory, unchanged. Tests compare it with what the judgement reads. */
import type { Evidence } from "../../../src/record/evidence.ts";
import type { JournalEvent } from "../../../src/record/journal.ts";
import type { LinkLogRecord } from "../../../src/record/link-log.ts";
import type { LogRecord } from "../../../src/record/log-record.ts";
import type { PeerLogRecord } from "../../../src/record/peer-log.ts";
import { scanRun } from "../../../src/adapters/run-directory/scan-run.ts";

export function readRun(folder: string): Evidence {
  const journal: JournalEvent[] = [];
  const logs = new Map<string, LogRecord[]>();
  const peers = new Map<string, PeerLogRecord[]>();
  const links = new Map<string, LinkLogRecord[]>();
  const run = scanRun(folder, {
    journal: (event) => void journal.push(event),
    record: (name, record) => push(logs, name, record),
    peer: (name, record) => push(peers, name, record),
    link: (name, record) => push(links, name, record),
  });
  return {
    manifest: run.manifest,
    journal,
    plan: run.plan,
    applied: run.applied,
    functions: run.functions.map(({ name, functionArn, has, metrics, unreadable }) => ({
      name,
      functionArn,
      records: logs.get(name) ?? [],
      peerLog: has.peerLog ? (peers.get(name) ?? []) : null,
      linkLog: has.linkLog ? (links.get(name) ?? []) : null,
      ...(metrics === undefined ? {} : { metrics }),
      unreadable,
    })),
  };
}

function push<T>(lists: Map<string, T[]>, name: string, value: T): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [value]);
  else list.push(value);
}
