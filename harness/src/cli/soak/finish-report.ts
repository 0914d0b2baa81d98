/** Judges a run that ended but was killed before its report was written. */
import { openFileRunStore } from "../../adapters/run-directory/file-run-store.ts";
import type { SoakEnd } from "../../run/soak-end.ts";
import type { Machine } from "../machine.ts";
import { runJudge } from "./run-judge.ts";

export async function finishReport(machine: Machine, folder: string): Promise<SoakEnd> {
  // The store claims the folder, and removes what the killed process left in it.
  const store = openFileRunStore(folder, { resume: true });
  const judge = runJudge(machine, folder);
  try {
    store.makeRoom();
    machine.stderr.write("the run has ended; only its report is made\n");
    return { kind: "judged", judged: await judge.seal(), interrupted: false, failure: null };
  } finally {
    await judge.close();
    store.close();
  }
}
