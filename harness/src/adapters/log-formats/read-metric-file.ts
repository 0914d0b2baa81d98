/** Reads a file with the output of `aws cloudwatch get-metric-data`. */
import { LongrunError, wrongInput } from "../../base/errors.ts";
import type { MetricPoint } from "../../record/function-metrics.ts";
import { parseMetricData } from "./parse-metric-data.ts";
import { utf8Bytes } from "./utf8-bytes.ts";

/** The largest file that is read. CloudWatch keeps sums of minutes for fifteen days, which are 43,200 points and 2 MiB. */
const BYTES_MAX = 64 << 20;
const HINT = "docs/analyze.md has the command that makes such a file.";

export async function readMetricFile(
  source: string,
  bytes: AsyncIterable<Buffer>,
): Promise<readonly MetricPoint[]> {
  const refuse = (what: string, cause?: unknown): LongrunError =>
    wrongInput(`--metrics-file ${source}: expected ${what}.`, { hint: HINT, cause });
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of utf8Bytes(bytes)) {
      length += piece.length;
      if (length > BYTES_MAX) throw refuse(`an answer of CloudWatch, at most ${BYTES_MAX >> 20} MiB`);
      // A piece is valid only until the next piece is requested.
      pieces.push(Buffer.from(piece));
    }
  } catch (error) {
    if (error instanceof LongrunError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw refuse(`a file that can be read, but ${code ?? String(error)}`, error);
  }
  const parsed = parseMetricData(Buffer.concat(pieces).toString("utf8"));
  if (!parsed.ok) throw refuse(parsed.expected);
  return parsed.value;
}
