/**
 * Resolves when the main thread of a continued process waits for something again, at the latest after 50 ms. A thread that has not run
 * since SIGCONT gets no signal of the process: the kernel gives the signal to any other thread. Without /proc it resolves immediately.
 */
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

const LOOKS_MAX = 50;

export async function runsAgain(processId: number): Promise<void> {
  for (let looks = 0; looks < LOOKS_MAX && /^[RTt]$/.test(mainThreadState(processId)); looks += 1)
    await wait(1);
}

/** Returns the letter of proc(5), such as S for a thread that waits. Empty if it is not known. */
function mainThreadState(processId: number): string {
  try {
    const stat = readFileSync(`/proc/${processId}/stat`, "latin1");
    return stat.charAt(stat.lastIndexOf(")") + 2);
  } catch {
    return "";
  }
}
