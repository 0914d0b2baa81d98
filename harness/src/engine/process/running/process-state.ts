/** One process as /proc shows it (Linux). */
import { readFileSync } from "node:fs";

export interface ProcessState {
  readonly id: number;
  /** A letter of proc(5), such as T for a stopped process. */
  readonly state: string;
  readonly parent: number;
  readonly session: number;
  /** The time at which the process started, as the kernel writes it. */
  readonly start: string;
  readonly residentPages: number;
}

/** Returns null if there is no such process, if it is only a zombie, or if nothing can be read. */
export function readProcess(id: number): ProcessState | null {
  try {
    return processState(id);
  } catch {
    return null;
  }
}

/** Returns null if there is no such process, or only a zombie. Throws if it is not known, because no descriptor is left. */
export function processState(id: number): ProcessState | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${id}/stat`, "latin1");
  } catch (error) {
    // ESRCH: the process ended while its file was read.
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
  // The second field is the name in parentheses and may hold anything; the fields after it are numbers.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const state = fields[0] ?? "";
  if (state === "Z" || state === "X") return null;
  return {
    id,
    state,
    parent: Number(fields[1]),
    session: Number(fields[3]),
    start: fields[19] ?? "",
    residentPages: Number(fields[21]),
  };
}
