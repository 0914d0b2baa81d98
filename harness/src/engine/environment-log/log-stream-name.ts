/**
 * The name of an environment's log stream, which is also its id everywhere (docs/aws/logs.md#log-groups-and-streams):
 * `YYYY/MM/DD/[version]32 hex digits`, and in a custom log group `YYYY/MM/DD/NAME[version][32 hex digits]`.
 */
import { randomBytes } from "node:crypto";
import type { FunctionSnapshot } from "../function-snapshot.ts";

export function logStreamName(snapshot: FunctionSnapshot, atMs: number): string {
  const day = new Date(atMs).toISOString().slice(0, 10).replaceAll("-", "/");
  const id = randomBytes(16).toString("hex");
  // Several functions may share a log group that the user chose, so the stream's name contains the function's name.
  return snapshot.logging.logGroup === `/aws/lambda/${snapshot.functionName}`
    ? `${day}/[${snapshot.version}]${id}`
    : `${day}/${snapshot.functionName}[${snapshot.version}][${id}]`;
}
