/** Figures of many cold starts, compared with bare starts of Node. */
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { setTimeout as after } from "node:timers/promises";
import { schedulesAtATime } from "../src/explore/explore.ts";
import { createFunction, TRIVIAL_HANDLER } from "./create-function.ts";
import { controlApi } from "./control-api.ts";
import { bareNode, timedInvoke } from "./figures.ts";
import { timePaired, type PairedFigures } from "./paired.ts";
import { searchTrivial } from "./explore-figures.ts";
import { serveEngine, type ServedEngine } from "./served-engine.ts";

const AT_ONCE = 20;

/**
 * Sends twenty invocations at the same time, each placed in a new environment. Compares the time until all are answered to the time of one
 * `node -e 0`.
 */
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

/** Resolves a moment after the engine has exactly this many child processes. All these processes then belong to the pool. */
async function whenChildren({ processId }: ServedEngine, count: number): Promise<void> {
  const file = `/proc/${processId}/task/${processId}/children`;
  while ((await readFile(file, "utf8")).split(" ").filter((id) => id !== "").length !== count)
    await after(20);
  await after(500);
}

interface Round {
  readonly starts: number;
  readonly atATime: number;
}

const SERIES: Round = { starts: 40, atATime: 2 * availableParallelism() };

/** Compares a cold start with a bare start of Node, each in a series without pauses. */
export async function coldSeries(): Promise<PairedFigures> {
  const engine = await serveEngine();
  try {
    await createFunction(engine.lambda, "cold", TRIVIAL_HANDLER, null);
    const { step, placeAllInNew } = controlApi(engine.endpoint, "cold");
    await placeAllInNew();
    return await timePaired(
      () =>
        each(SERIES, async (number) => {
          await timedInvoke(engine.lambda, "cold");
          if (number % 10 === 0) await step({ step: "retire", selector: "all-idle", ending: "fin" });
        }),
      () => each(SERIES, bareNode),
      { pairs: 15, warmUp: 2 },
    );
  } finally {
    await engine.stop();
  }
}

/**
 * Compares the milliseconds per environment in a search with the milliseconds per bare start of Node. As many bare starts are in flight
 * at a time as the search plays schedules at a time.
 */
export function searchRate(): Promise<PairedFigures> {
  const atATime = schedulesAtATime();
  const round: Round = { starts: 5 * atATime, atATime };
  return timePaired(
    async () => {
      const { seconds, environments } = await searchTrivial();
      return (1_000 * seconds) / environments;
    },
    () => each(round, bareNode),
    { pairs: 5, warmUp: 1 },
  );
}

/** Calls `work` with the number of each start of the round, and returns the milliseconds per call. */
async function each({ starts, atATime }: Round, work: (number: number) => Promise<unknown>): Promise<number> {
  const started = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < starts) await work((next += 1));
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return (performance.now() - started) / starts;
}
