/**
 * Returns the time at which a process started, as the operating system writes it (/proc on Linux, elsewhere `ps`). Pid and start time
 * together identify a process, even if a later process gets the same pid. Returns null if there is no such process, or only a zombie.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { platform } from "node:os";

export function processStart(processId: number): string | null {
  return platform() === "linux" ? fromProc(processId) : fromPs(processId);
}

function fromProc(processId: number): string | null {
  try {
    const stat = readFileSync(`/proc/${processId}/stat`, "latin1");
    // The second field is the name in parentheses and may hold anything; the fields after it are numbers.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function fromPs(processId: number): string | null {
  try {
    const text = execFileSync("ps", ["-o", "lstart=", "-p", String(processId)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
    return text === "" ? null : text;
  } catch {
    return null;
  }
}
