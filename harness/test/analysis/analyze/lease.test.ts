import { expect } from "chai";
import { readFileSync } from "node:fs";
import { bootstrapFile, designPackageFile } from "../../../src/adapters/node/assets.ts";
import { startLeaseTable } from "../../../src/adapters/node/lease-table.ts";
import { systemClock } from "../../../src/adapters/node/system-clock.ts";
import { playSchedule } from "../../../src/explore/play-schedule.ts";
import { SCHEDULE_TIMES } from "../../../src/explore/schedule.ts";
import { openStage } from "../../../src/explore/stage.ts";

describe("waiting in vain for another environment's lease", () => {
  it("is harm, and the result names the environment that held the lease", async () => {
    const table = await startLeaseTable();
    // A wrong setting of the design: when the holder of a lease has ended, the lease lasts longer than any client waits.
    const lease = { leaseMs: 30_000, leaseRenewMs: 10_000, leaseWaitMs: 100 };
    // The other limits are long, because on a busy machine a short one would end an invocation before its wait for the lease ends.
    const times = { ...SCHEDULE_TIMES, functionTimeoutMs: 60_000, connectTimeoutMs: 30_000, ...lease };
    const stage = await openStage({
      zip: readFileSync(designPackageFile("lease-connect")),
      handler: "handler.handler",
      environment: table.environment,
      times,
      bootstrapFile: bootstrapFile(),
      clock: systemClock,
    });
    const played = await playSchedule(
      stage,
      [
        { step: "invoke-and-end", environment: "new", ending: "fin" },
        { step: "invoke", environment: "new" },
      ],
      {
        label: "lease-connect",
        admission: "refuse",
        capacity: 1,
        times,
        payload: Buffer.from("{}"),
        clock: systemClock,
        toolVersion: "0.0.0",
      },
    );
    await stage.close();
    await table.close();
    const [result] = played.result.functions;
    // The result sorts environments by log stream name, which the engine chooses at random. The played steps are in order of time.
    const [first, second] = [...(result?.environments ?? [])].sort((a, b) =>
      (a.initStart ?? "").localeCompare(b.initStart ?? ""),
    );
    expect(result?.harm.windows.map(({ holder, environments }) => ({ holder, environments }))).to.deep.equal([
      { holder: first?.id, environments: [second?.id] },
    ]);
    expect(result?.invocationList.at(-1)?.harmed).to.equal(true);
  });
});
