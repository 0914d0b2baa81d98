/** Log lines of several processes in one environment. */
import type { Evidence } from "../../../src/record/evidence.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";

const START_MS = Date.parse("2026-11-25T10:00:00.000Z");

/** One line: milliseconds after the start, the number of the stream, and the text. */
export type Line = readonly [ms: number, stream: number, message: string];

/** Makes a lifecycle line of one process. Without a request id, its phase is `init`. */
export function own(
  ms: number,
  of: number,
  bootId: string,
  event: string,
  more: { readonly requestId?: string; readonly outcome?: string },
): Line {
  const time = new Date(START_MS + ms).toISOString();
  const phase = more.requestId === undefined ? "init" : "invoke";
  return [ms, of, JSON.stringify({ longrun: 1, time, event, bootId, phase, requestId: null, ...more })];
}

export function logsOf(lines: readonly Line[]): Evidence {
  const records = lines.map(([ms, number, message], index) => ({
    logGroup: "/aws/lambda/device",
    logStreamName: `2026/11/25/[$LATEST]${String(number).padStart(32, "0")}`,
    timestamp: START_MS + ms,
    message,
    ingestionTime: START_MS + ms + 100,
    eventId: String(index).padStart(56, "0"),
  }));
  return {
    ...{ manifest: null, journal: null, plan: null, applied: null },
    functions: [{ name: "device", functionArn: null, records, peerLog: null, linkLog: null, unreadable: [] }],
  };
}

export function initsRepeatedIn({ exposure, findings }: FunctionResult): number | null {
  const found = findings.some(({ code }) => code === "init-repeated");
  return found === (exposure.reinitialised ?? 0) > 0 ? exposure.reinitialised : NaN;
}
