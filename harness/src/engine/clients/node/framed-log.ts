/**
 * Writes complete log messages, with their newlines, to the descriptor that the platform names in `_LAMBDA_TELEMETRY_LOG_FD`: a header of
 * type, length and time in microseconds, then the text (docs/aws/runtimes.md#log-descriptor). Without the descriptor the text goes to
 * standard output. Writing is synchronous, so that a line logged before an answer is in the pipe before the answer is sent.
 */
import { writeSync } from "node:fs";

const TYPE_TEXT = 0xa55a0003;
const TYPE_JSON = 0xa55a0002;
const HEADER_BYTES = 16;

const descriptor = takeDescriptor();

function takeDescriptor(): number | null {
  const value = process.env["_LAMBDA_TELEMETRY_LOG_FD"];
  delete process.env["_LAMBDA_TELEMETRY_LOG_FD"];
  return value === undefined ? null : Number(value);
}

function writeAll(fd: number, bytes: Buffer): void {
  let offset = 0;
  while (offset < bytes.length) {
    try {
      offset += writeSync(fd, bytes, offset);
    } catch (error) {
      // EAGAIN: the pipe is full and was made non-blocking. Try again, because the engine empties it.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return;
    }
  }
}

export function writeLogMessage(text: string, format: "Text" | "JSON", atMs: number): void {
  const body = Buffer.from(text);
  // The engine splits standard output at line feeds, so line feeds inside a message become carriage returns, and the message stays one event.
  if (descriptor === null) return writeAll(1, Buffer.from(`${text.replace(/\n(?!$)/g, "\r")}`));
  const frame = Buffer.allocUnsafe(HEADER_BYTES + body.length);
  frame.writeUInt32BE(format === "JSON" ? TYPE_JSON : TYPE_TEXT, 0);
  frame.writeUInt32BE(body.length, 4);
  frame.writeBigInt64BE(BigInt(atMs) * 1000n, 8);
  body.copy(frame, HEADER_BYTES);
  writeAll(descriptor, frame);
}
