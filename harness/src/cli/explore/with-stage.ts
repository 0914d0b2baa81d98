/** Opens the environments on which schedules are played, and a DynamoDB table if the design needs one. Closes both after the work. */
import { bootstrapFile } from "../../adapters/node/assets.ts";
import { startLeaseTable } from "../../adapters/node/lease-table.ts";
import { installedClientOf, interpreterOf } from "../../adapters/toolchains/interpreters.ts";
import { systemClock } from "../../adapters/node/system-clock.ts";
import type { ScheduleTimes } from "../../explore/schedule.ts";
import { openStage, type Stage } from "../../explore/stage.ts";
import { launcherOf } from "../../catalogue/runtimes/launcher.ts";
import type { Machine } from "../machine.ts";
import type { FunctionUnderSearch } from "./function-under-search.ts";

export async function withStage<Result>(
  machine: Pick<Machine, "environment">,
  chosen: FunctionUnderSearch,
  times: ScheduleTimes,
  work: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  const lease = chosen.needsLeaseTable ? await startLeaseTable() : null;
  try {
    const { zip, handler, runtime, memoryMb, peers } = chosen;
    const environment = { ...lease?.environment, ...chosen.environment };
    const stage = await openStage({
      zip,
      handler,
      runtime,
      interpreterOf: interpreterOf(machine.environment),
      installedClientOf: installedClientOf(machine.environment),
      launcher: launcherOf("design" in chosen.from ? null : chosen.from.launcher, machine.environment),
      memoryMb,
      links: peers,
      environment,
      times,
      bootstrapFile: bootstrapFile(),
      clock: systemClock,
    });
    try {
      return await work(stage);
    } finally {
      await stage.close();
    }
  } finally {
    await lease?.close();
  }
}
