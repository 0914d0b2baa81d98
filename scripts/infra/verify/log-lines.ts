/** Reads the log of the function. The lines of an invocation can arrive seconds after its answer. */
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { z } from "zod";
import { parseJson } from "../../../harness/src/base/json-object.ts";
import type { ProbeContext } from "./probe.ts";
import { watch } from "./watch.ts";

const POLL_MS = 1_000;
const WITHIN_MS = 120_000;

/**
 * The words of AWS, unchanged: the probes compare them with what the documentation says. decodeMessage of the harness would fill in a
 * missing status, replace a status that contradicts the error type, and return no record for a status that it does not know.
 */
const PLATFORM = z.object({
  type: z.string().startsWith("platform."),
  record: z.object({
    requestId: z.string().optional(),
    status: z.string().optional(),
    errorType: z.string().optional(),
    initializationType: z.string().optional(),
  }),
});
type PlatformLogRecord = z.infer<typeof PLATFORM>;

export interface Line {
  readonly stream: string;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly message: string;
  /** Null for a line that is not the platform's. */
  readonly platform: PlatformLogRecord | null;
}

/**
 * Resolves when `enough` returns true for the lines, or after two minutes with the lines that are there. `pattern` is a filter pattern of
 * CloudWatch Logs.
 */
export async function logLines(
  context: Pick<ProbeContext, "logs" | "logGroup" | "signal">,
  enough: (lines: readonly Line[]) => boolean,
  pattern?: string,
): Promise<readonly Line[]> {
  const look = (): Promise<readonly Line[]> => linesNow(context, pattern);
  return watch({ look, enough, pollMs: POLL_MS, withinMs: WITHIN_MS, signal: context.signal });
}

/** The platform's report on an invocation. Null if there is none. */
export async function reportOf(
  context: Pick<ProbeContext, "logs" | "logGroup" | "signal">,
  requestId: string,
): Promise<PlatformLogRecord["record"] | null> {
  const find = (lines: readonly Line[]): PlatformLogRecord["record"] | undefined =>
    lines.find(
      ({ platform }) => platform?.type === "platform.report" && platform.record.requestId === requestId,
    )?.platform?.record;
  return find(await logLines(context, (lines) => find(lines) !== undefined)) ?? null;
}

export async function linesNow(
  { logs, logGroup, signal }: Pick<ProbeContext, "logs" | "logGroup" | "signal">,
  filterPattern?: string,
): Promise<readonly Line[]> {
  const lines: Line[] = [];
  let nextToken: string | undefined;
  do {
    const page = await logs.send(
      new FilterLogEventsCommand({ logGroupName: logGroup, filterPattern, nextToken }),
      { abortSignal: signal },
    );
    for (const { logStreamName: stream = "", timestamp: time = 0, message = "" } of page.events ?? [])
      lines.push({ stream, time, message, platform: platformRecord(message) });
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return lines;
}

function platformRecord(message: string): PlatformLogRecord | null {
  return PLATFORM.safeParse(parseJson(message)).data ?? null;
}
