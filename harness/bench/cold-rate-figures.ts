/** Figures of many cold starts, compared with bare starts of Node. */
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { setTimeout as after } from "node:timers/promises";
import { createFunction, TRIVIAL_HANDLER } from "./create-function.ts";
import { controlApi } from "./control-api.ts";
import { bareNode, timedInvoke } from "./figures.ts";
import { timePaired, type PairedFigures } from "./paired.ts";
import { searchTrivial } from "./explore-figures.ts";
import { serveEngine, type ServedEngine } from "./served-engine.ts";

const AT_ONCE = 20;

/** Compares the time until twenty simultaneous invocations, each in a new environment, are answered with the time of one `node -e 0`. */
export async function coldAtOnce(): Promise<PairedFigures> {
  const engine = await serveEngine(["--parked", String(AT_ONCE)]);
  try {
    await createFunction(engine.lambda, "cold", TRIVIAL_HANDLER, null);
    const { step } = controlApi(engine.endpoint, "cold");
    // The engine fills its pool of parked processes only after the first cold start.
    await timedInvoke(engine.lambda, "cold");
    return await timePaired(
      async () => {
        await step({ step: "retire", selector: "all-idle", ending: "fin" });
        await whenChildren(engine, AT_ONCE);
        for (let n = 0; n < AT_ONCE; n += 1) await step({ step: "place-next", placement: "new" });
        const started = performance.now();
        await Promise.all(Array.from({ length: AT_ONCE }, () => timedInvoke(engine.lambda, "cold")));
        return performance.now() - started;
      },
      bareNode,
      { pairs: 15, warmUp: 2 },
    );
  } finally {
    await engine.stop();
  }
}

/** Resolves a moment after the engine has exactly this many child processes. All of them then belong to the pool. */
async function whenChildren({ processId }: ServedEngine, count: number): Promise<void> {
  const file = `/proc/${processId}/task/${processId}/children`;
  while ((await readFile(file, "utf8")).split(" ").filter((id) => id !== "").length !== count)
    await after(20);
  await after(500);
}

/** The number of starts in a round. */
const ROUND = 40;
const IN_FLIGHT = 2 * availableParallelism();

/** Compares a cold start with a bare start of Node, each in a series without pauses. */
export async function coldSeries(): Promise<PairedFigures> {
  const engine = await serveEngine();
  try {
    await createFunction(engine.lambda, "cold", TRIVIAL_HANDLER, null);
    const { step, placeAllInNew } = controlApi(engine.endpoint, "cold");
    await placeAllInNew();
    return await timePaired(
      () =>
        each(async (number) => {
          await timedInvoke(engine.lambda, "cold");
          if (number % 10 === 0) await step({ step: "retire", selector: "all-idle", ending: "fin" });
        }),
      () => each(bareNode),
      { pairs: 15, warmUp: 2 },
    );
  } finally {
    await engine.stop();
  }
}

/** Compares the milliseconds per environment in a search with the milliseconds per bare start of Node. */
export function searchRate(): Promise<PairedFigures> {
  return timePaired(
    async () => {
      const { seconds, environments } = await searchTrivial();
      return (1_000 * seconds) / environments;
    },
    () => each(bareNode),
    { pairs: 5, warmUp: 1 },
  );
}

/** Calls `work` with each number of a round, and returns the milliseconds per call. */
async function each(work: (number: number) => Promise<unknown>): Promise<number> {
  const started = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < ROUND) await work((next += 1));
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return (performance.now() - started) / ROUND;
}
