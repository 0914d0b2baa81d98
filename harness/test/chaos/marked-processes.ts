/**
 * Finds the processes of one run by a variable that all of them inherit (Linux). The processes of functions get the variable from the settings of
 * their function.
 */
import { readdirSync, readFileSync } from "node:fs";
import { kill } from "node:process";

export const MARK = "LONGRUN_CHAOS";

export interface MarkedProcess {
  readonly id: number;
  readonly arguments: readonly string[];
  /** The log stream of the environment, if it is a process of a function. A process that a function started without variables has "". */
  readonly logStream: string | null;
}

/** Returns the living processes with this mark, oldest first. */
export function markedProcesses(mark: string): readonly MarkedProcess[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((one, other) => one - other)
    .flatMap((id) => {
      const variables = read(`/proc/${id}/environ`);
      const words = read(`/proc/${id}/cmdline`);
      const isMarked = variables.includes(`${MARK}=${mark}`);
      // A function that misbehaves starts processes with an empty environment; their arguments have the mark.
      if (!isMarked && !words.includes(`${MARK}=${mark}`)) return [];
      const stream = variables.find((variable) => variable.startsWith("AWS_LAMBDA_LOG_STREAM_NAME="));
      return [
        {
          id,
          arguments: words,
          logStream: !isMarked ? "" : stream === undefined ? null : stream.slice(stream.indexOf("=") + 1),
        },
      ];
    });
}

/** A zombie has no variables, so it is not found. */
function read(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8").split("\0");
  } catch {
    return [];
  }
}

export function killNow(id: number): void {
  try {
    kill(id, "SIGKILL");
  } catch {
    return; // it has ended meanwhile
  }
}
