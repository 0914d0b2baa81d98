/** Judges the records of a log, read from a file and held in memory. */
import { expect } from "chai";
import { durationMs } from "../../src/base/time.ts";
import { readLogs, type LogRequest } from "../../src/adapters/log-formats/read-logs.ts";
import { SpilledTexts } from "../../src/adapters/storage/spilled-texts.ts";
import { DEFAULT_JUDGEMENT_SETTINGS } from "../../src/record/judgement-settings.ts";
import type { FunctionEvidence } from "../../src/record/evidence.ts";
import type { LogRecord } from "../../src/record/log-record.ts";
import type { FunctionResult } from "../../src/result/function-result.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import { judgeRun } from "../../src/judge/judge-run.ts";

type PeerLog = FunctionEvidence["peerLog"];

const lines = (list: readonly unknown[]): Buffer =>
  Buffer.from(list.map((one) => `${JSON.stringify(one)}\n`).join(""));

export async function judged(records: readonly LogRecord[], peerLog: PeerLog = null): Promise<RunResult> {
  const request: LogRequest = {
    logs: [{ source: "logs", open: () => chunks(lines(records)) }],
    peerLogs:
      peerLog === null || peerLog.length === 0
        ? []
        : [{ source: "peer", name: null, open: () => chunks(lines(peerLog)) }],
    functionName: null,
    range: { since: null, until: null },
    clockToleranceMs: durationMs(DEFAULT_JUDGEMENT_SETTINGS.clockToleranceMs),
  };
  const { evidence, close } = await readLogs(request, new SpilledTexts());
  try {
    // The store must be open until every list of the result was read.
    return JSON.parse(JSON.stringify(judgeRun({ evidence }))) as RunResult;
  } finally {
    close();
  }
}

async function* chunks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 700) yield bytes.subarray(at, at + 700);
}

/** Returns the only function of a result. */
export function only(result: RunResult): FunctionResult {
  const [one] = result.functions;
  if (one === undefined) throw new Error("no function");
  return one;
}

/** Expects the result of a file with these records to be the result of the same records in memory. */
export async function same(records: readonly LogRecord[], peerLog: PeerLog = null): Promise<void> {
  const read = await judged(records, peerLog);
  const held = judgeRun({
    ...{ manifest: null, journal: null, plan: null, applied: null },
    functions: [
      {
        ...{ name: only(read).name, functionArn: null, records, linkLog: null, unreadable: [] },
        peerLog: peerLog !== null && peerLog.length > 0 ? peerLog : null,
      },
    ],
  });
  expect(read).to.deep.equal(JSON.parse(JSON.stringify(held)));
}
