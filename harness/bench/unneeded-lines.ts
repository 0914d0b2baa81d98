/**
 * Makes logs of any size whose lines no judgement needs. Most lines of real logs are of this kind. Two environments write in turn. `node
 * --import tsx harness/bench/unneeded-lines.ts KIND MIB FILE` writes such a log.
 */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { pathToFileURL } from "node:url";

/** `json` and `s3`: application lines, as `aws logs filter-log-events` and the export to S3 write them. `platform`: platform events. */
export type UnneededKind = "json" | "s3" | "platform";

const START = Date.parse("2026-11-24T00:00:00.000Z");
const FILLER = "the order was taken from the queue and handed to the gateway; ".repeat(3);
const PIECE_BYTES = 1 << 20;
const REQUEST = "00000000-0000-4000-9000-000000000000";
const INVOCATION = [
  `START RequestId: ${REQUEST} Version: $LATEST\n`,
  `END RequestId: ${REQUEST}\n`,
  `REPORT RequestId: ${REQUEST}\tDuration: 1.00 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB\t\n`,
];

/**
 * Writes one invocation, so that the file counts as a function's log, and then at least `bytes` bytes of lines that no judgement needs.
 * Returns the number of these lines.
 */
export async function writeUnneededLines(kind: UnneededKind, bytes: number, file: string): Promise<number> {
  let lines = 0;
  const pieces = function* (): Generator<string> {
    let piece = INVOCATION.map((message, index) => asLine(kind, index, message)).join("");
    for (let written = 0; written < bytes; lines += 1) {
      piece += line(kind, lines);
      if (piece.length < PIECE_BYTES) continue;
      yield piece;
      written += piece.length;
      piece = "";
    }
  };
  await pipeline(Readable.from(pieces()), createWriteStream(file));
  return lines;
}

function line(kind: UnneededKind, index: number): string {
  const time = new Date(START + index).toISOString();
  return asLine(kind, index, kind === "platform" ? platformEvent(time) : applicationLine(time, index));
}

function asLine(kind: UnneededKind, index: number, message: string): string {
  const now = START + index;
  const time = new Date(now).toISOString();
  if (kind === "s3") return `${time} ${message.trimEnd()}\n`;
  const logStreamName = `2026/11/24/[$LATEST]${(index % 2 === 0 ? "3f" : "a1").repeat(16)}`;
  const eventId = `39${now}${String(index).padStart(41, "0")}`;
  return `${JSON.stringify({ logStreamName, timestamp: now, message, ingestionTime: now + 400, eventId })}\n`;
}

function applicationLine(time: string, index: number): string {
  const requestId = `00000000-0000-4000-8000-${(index >> 4).toString(16).padStart(12, "0")}`;
  return `{"timestamp":"${time}","level":"INFO","requestId":"${requestId}","message":"step ${index % 16}: ${FILLER}"}`;
}

function platformEvent(time: string): string {
  const record = { name: "agent", state: "Ready", events: ["INVOKE", "SHUTDOWN"] };
  return JSON.stringify({ time, type: "platform.extension", record });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [, , kind, mib, file] = process.argv;
  await writeUnneededLines(kind as UnneededKind, Number(mib) * 2 ** 20, file ?? "");
}
