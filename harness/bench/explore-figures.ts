/** Measures searches (`longrun explore`): all schedules to depth 3, for a trivial handler and for the design handler-connect. */
import { readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";
import { bootstrapFile, designPackageFile } from "../src/adapters/node/assets.ts";
import { systemClock } from "../src/adapters/node/system-clock.ts";
import { breadthFirst } from "../src/explore/breadth-first.ts";
import { schedulesAtATime } from "../src/explore/explore.ts";
import { playSchedule } from "../src/explore/play-schedule.ts";
import { SCHEDULE_TIMES } from "../src/explore/schedule.ts";
import { openStage } from "../src/explore/stage.ts";
import { TRIVIAL_HANDLER } from "./create-function.ts";

interface SearchFigures {
  readonly schedules: number;
  readonly seconds: number;
  readonly completeDepth: number;
  readonly environments: number;
}

export async function searchTrivial(): Promise<SearchFigures> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(TRIVIAL_HANDLER), "handler.js");
  zip.end();
  return search(await buffer(zip.outputStream), 3);
}

export function searchHandlerConnect(): Promise<SearchFigures> {
  return search(readFileSync(designPackageFile("handler-connect")), 3);
}

async function search(zip: Uint8Array, depth: number): Promise<SearchFigures> {
  const stage = await openStage({
    zip,
    handler: "handler.handler",
    environment: {},
    times: SCHEDULE_TIMES,
    bootstrapFile: bootstrapFile(),
    clock: systemClock,
  });
  try {
    const play = (steps: Parameters<typeof playSchedule>[1]): ReturnType<typeof playSchedule> =>
      playSchedule(stage, steps, {
        label: "bench",
        admission: "refuse",
        capacity: 1,
        times: SCHEDULE_TIMES,
        payload: Buffer.from("{}"),
        clock: systemClock,
        toolVersion: "0",
      });
    const started = performance.now();
    const { levels, completeDepth } = await breadthFirst(depth, {
      play,
      jobs: schedulesAtATime(),
      signal: new AbortController().signal,
      progress: () => {},
    });
    const schedules = levels.reduce((sum, { played }) => sum + played, 0);
    const seconds = (performance.now() - started) / 1_000;
    return {
      schedules,
      seconds,
      completeDepth,
      environments: stage.fleet.ends(Number.MAX_SAFE_INTEGER).next,
    };
  } finally {
    await stage.close();
  }
}
