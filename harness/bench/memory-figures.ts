/** Measures the memory of the engine and of its environments, as Linux shows it in /proc. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createFunction, TRIVIAL_HANDLER } from "./create-function.ts";
import { controlApi } from "./control-api.ts";
import { timedInvoke } from "./figures.ts";
import { median } from "./paired.ts";
import { serveEngine, type ServedEngine } from "./served-engine.ts";

const ENVIRONMENTS = 20;

interface EnvironmentMemory {
  /** The median proportional set size (`Pss` in /proc) of the processes of environments. */
  readonly environmentMiB: number;
  /** The same of an equal number of Node processes that only wait. */
  readonly nodeMiB: number;
}

/** The environments and the waiting Node processes exist at the same time, so that they all share the same pages of Node. */
export async function environmentMemory(): Promise<EnvironmentMemory> {
  const engine = await serveEngine(["--parked", "0"]);
  const bare = Array.from({ length: ENVIRONMENTS }, () =>
    spawn(process.execPath, ["-e", "process.stdin.resume(); console.log()"], {
      stdio: ["pipe", "pipe", "inherit"],
    }),
  );
  try {
    await Promise.all(bare.map(({ stdout }) => once(stdout, "data")));
    await createFunction(engine.lambda, "memory", TRIVIAL_HANDLER, null);
    await coldInvocations(engine, "memory", ENVIRONMENTS);
    const sizes = async (ids: readonly number[]): Promise<number> =>
      median(await Promise.all(ids.map(setSizeMiB)));
    return {
      environmentMiB: await sizes(await childrenOf(engine.processId)),
      nodeMiB: await sizes(bare.map(({ pid = 0 }) => pid)),
    };
  } finally {
    for (const child of bare) child.kill("SIGKILL");
    await engine.stop();
  }
}

const MANY_ENVIRONMENTS = 100;
const EVENTS_EACH = 10_000;
const WRITES_MUCH = `exports.handler = async ({ lines = 0 }) => {
  for (let n = 0; n < lines; n += 1) console.log("order", n, "was handed to the gateway");
};
`;

interface EngineMemory {
  readonly residentMiB: number;
  readonly peakMiB: number;
}

/** Measures the engine's memory when it has a hundred environments whose function has written a million log events. */
export async function engineMemory(): Promise<EngineMemory> {
  const engine = await serveEngine();
  try {
    await createFunction(engine.lambda, "memory", WRITES_MUCH, null);
    await coldInvocations(engine, "memory", MANY_ENVIRONMENTS, JSON.stringify({ lines: EVENTS_EACH }));
    return {
      residentMiB: await statusMiB(engine.processId, "VmRSS"),
      peakMiB: await statusMiB(engine.processId, "VmHWM"),
    };
  } finally {
    await engine.stop();
  }
}

async function coldInvocations(
  { endpoint, lambda }: ServedEngine,
  name: string,
  count: number,
  payload?: string,
): Promise<void> {
  const { placeAllInNew } = controlApi(endpoint, name);
  await placeAllInNew();
  for (let n = 0; n < count; n += 1) await timedInvoke(lambda, name, payload);
}

async function childrenOf(processId: number): Promise<readonly number[]> {
  const ids = await readFile(`/proc/${processId}/task/${processId}/children`, "utf8");
  return ids.split(" ").flatMap((id) => (id === "" ? [] : [Number(id)]));
}

async function setSizeMiB(processId: number): Promise<number> {
  const rollup = await readFile(`/proc/${processId}/smaps_rollup`, "utf8");
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1]) / 1024;
}

export async function statusMiB(processId: number, member: "VmRSS" | "VmHWM"): Promise<number> {
  const status = await readFile(`/proc/${processId}/status`, "utf8").catch(() => "");
  return Number(new RegExp(`${member}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024;
}
