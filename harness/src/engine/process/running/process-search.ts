/** Finds processes by the log stream in their environment (Linux only): 128 random bits that no other process carries. */
import { readdirSync, readFileSync } from "node:fs";
import { platform } from "node:os";
import { kill, pid } from "node:process";

const MARK = "AWS_LAMBDA_LOG_STREAM_NAME=";

/** Signals every process whose environment names one of the streams; returns how many there were. */
export function processesOfStreams(streams: ReadonlySet<string>, signal: NodeJS.Signals): number {
  if (platform() !== "linux" || streams.size === 0) return 0;
  let found = 0;
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === pid) continue;
    const stream = streamOf(name);
    if (stream === null || !streams.has(stream)) continue;
    try {
      kill(Number(name), signal);
      found += 1;
    } catch {
      continue; // the process has ended meanwhile
    }
  }
  return found;
}

function streamOf(processId: string): string | null {
  try {
    const variables = readFileSync(`/proc/${processId}/environ`, "utf8").split("\0");
    return variables.find((variable) => variable.startsWith(MARK))?.slice(MARK.length) ?? null;
  } catch {
    return null; // the process belongs to another user, or has ended
  }
}
