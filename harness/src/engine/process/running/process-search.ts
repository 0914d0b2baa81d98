/** Finds processes by the log stream's name in their variables (Linux only). The name's 128 random bits identify one environment. */
import { readdirSync, readFileSync } from "node:fs";
import { platform } from "node:os";
import { kill, pid } from "node:process";

const MARK = "AWS_LAMBDA_LOG_STREAM_NAME=";

/** Returns how many processes were signalled. */
export function signalProcessesOfStreams(streams: ReadonlySet<string>, signal: NodeJS.Signals): number {
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
