/** The processes that a fleet has started, read from its list of running processes. */
import { readdirSync, readFileSync, watch } from "node:fs";
import { join } from "node:path";
import type { TestFleet } from "./test-fleet.ts";

export function runningProcesses(test: TestFleet): readonly number[] {
  return readdirSync(runningFolder(test)).map(Number);
}

/** Resolves with the id of the only process besides `others`, as soon as there is exactly one. */
export function waitingProcess(test: TestFleet, others: readonly number[]): Promise<number> {
  return new Promise((resolve) => {
    const watcher = watch(runningFolder(test));
    const look = (): void => {
      const [one, ...more] = runningProcesses(test).filter((id) => !others.includes(id));
      if (one === undefined || more.length > 0) return;
      watcher.close();
      resolve(one);
    };
    watcher.on("change", look);
    look();
  });
}

/**
 * Ends the environments of a function as soon as a process waits for the function's next cold start. Resolves with the id of that waiting
 * process.
 */
export async function untilParked(test: TestFleet, functionName = "probe"): Promise<number> {
  const processes = test.fleet
    .environments()
    .flatMap(({ processId }) => (processId === null ? [] : [processId, parentOf(processId)]));
  const waiting = await waitingProcess(test, processes);
  await test.fleet.retire(functionName, { every: true }, "fin");
  return waiting;
}

/** With a PID namespace, the process that the engine started waits outside for the program of the environment. */
export function parentOf(id: number): number {
  const stat = readFileSync(`/proc/${id}/stat`, "latin1");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

function runningFolder(test: TestFleet): string {
  const [engine = ""] = readdirSync(join(test.folder, "data")).filter((name) => name.startsWith("engine-"));
  return join(test.folder, "data", engine, "running");
}
