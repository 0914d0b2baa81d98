/**
 * Judges the same logs twice and compares the two results: once with all invocations, and once with only the number of the quiet ones
 * (evidence-need.ts).
 */
import { expect } from "chai";
import { readLogs, type LogRequest } from "../../src/adapters/log-formats/read-logs.ts";
import { FileRowStore } from "../../src/adapters/storage/file-row-store.ts";
import { MemoryRowStore } from "../../src/adapters/storage/memory-row-store.ts";
import { analyze } from "../../src/analysis/analyze.ts";
import { judgementNeeds } from "../../src/analysis/judgement-needs.ts";
import { DEFAULT_JUDGEMENT_SETTINGS } from "../../src/domain/judgement-settings.ts";
import type { FunctionEvidence } from "../../src/domain/evidence.ts";
import type { LogRecord } from "../../src/domain/log-record.ts";
import type { FunctionResult } from "../../src/domain/function-result.ts";
import type { RunResult } from "../../src/domain/run-result.ts";
import type { GatheredEvidence } from "../../src/evidence/gathered-evidence.ts";
import type { RowStore } from "../../src/evidence/row-store.ts";
import { describeJudgement } from "../../src/report/wording/describe-judgement.ts";
import { comparable } from "./comparable.ts";

type PeerLog = FunctionEvidence["peerLog"];

const lines = (list: readonly unknown[]): Buffer =>
  Buffer.from(list.map((one) => `${JSON.stringify(one)}\n`).join(""));

/** Judges the records. If there are more than `heldMax` invocations, only the number of the quiet ones is kept. */
export async function judged(
  records: readonly LogRecord[],
  heldMax: number,
  peerLog: PeerLog = null,
  rows: RowStore = new MemoryRowStore(),
): Promise<RunResult> {
  const request: LogRequest = {
    logs: [{ source: "logs", open: () => chunks(lines(records)) }],
    peerLogs:
      peerLog === null || peerLog.length === 0
        ? []
        : [{ source: "peer", name: null, open: () => chunks(lines(peerLog)) }],
    functionName: null,
    range: { since: null, until: null },
    condense: {
      needs: judgementNeeds(),
      heldMax,
      clockToleranceMs: DEFAULT_JUDGEMENT_SETTINGS.clockToleranceMs,
    },
  };
  const { evidence, close } = await readLogs(request, rows);
  try {
    return judge(evidence);
  } finally {
    close();
  }
}

async function* chunks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 700) yield bytes.subarray(at, at + 700);
}

const judge = (evidence: GatheredEvidence): RunResult =>
  describeJudgement(analyze(evidence, DEFAULT_JUDGEMENT_SETTINGS));

export const condensedIn = (result: RunResult): number => only(result).invocationsCondensed ?? 0;

/** Returns the only function of a result. */
export function only(result: RunResult): FunctionResult {
  const [one] = result.functions;
  if (one === undefined) throw new Error("no function");
  return one;
}

/** Returns how many invocations the judgement got only as a number. Fails if the result differs from the result with all invocations. */
export async function same(records: readonly LogRecord[], peerLog: PeerLog = null): Promise<number> {
  const [whole, condensed] = [await judged(records, Infinity, peerLog), await judged(records, 0, peerLog)];
  expect(await judged(records, Infinity, peerLog, new FileRowStore())).to.deep.equal(whole);
  expect(await judged(records, 0, peerLog, new FileRowStore())).to.deep.equal(condensed);
  expect(comparable(condensed)).to.deep.equal(comparable(whole));
  expect(only(condensed).invocationList.length + condensedIn(condensed)).to.equal(
    only(whole).invocationList.length,
  );
  return condensedIn(condensed);
}
