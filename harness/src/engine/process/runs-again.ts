/**
 * Resolves when the main thread of a continued process (SIGCONT) has run and waits for something again. Resolves after 50 ms at the
 * latest, and immediately without /proc. This is awaited before a signal is sent to the process: until the main thread has run after
 * SIGCONT, the kernel gives the signal to one of the other threads.
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
