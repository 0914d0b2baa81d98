/**
 * The judgement of a run that is still going on, by a process of its own: judging much evidence takes seconds, and
 * those must not be taken from the pacing of the drive, nor its memory from the harness.
 */
import { spawn } from "node:child_process";
import { constants, setPriority } from "node:os";
import { text } from "node:stream/consumers";
import { ownCommand } from "./assets.ts";

/** Asks `longrun analyze` for a few figures instead of a whole result. */
export const LIVE_SUMMARY_VARIABLE = "LONGRUN_LIVE_SUMMARY";

/** What came on standard output, or null where the process failed or was given up. */
export async function liveSummaryProcess(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<string | null> {
  const own = ownCommand();
  const child = spawn(own.command, [...own.arguments, "analyze", folder, "--json"], {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...environment, [LIVE_SUMMARY_VARIABLE]: "1" },
  });
  const giveUp = (): void => void child.kill("SIGKILL");
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    const exit = new Promise<boolean>((resolve) => child.once("error", () => resolve(false)).once("close", () => resolve(true)));
    behind(child.pid);
    const [ended, output] = await Promise.all([exit, text(child.stdout)]);
    return ended && output !== "" ? output : null;
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}

/** The drive comes first. A process that is gone already needs no place in the queue. */
function behind(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not allowed, or gone: it is a courtesy only.
  }
}
