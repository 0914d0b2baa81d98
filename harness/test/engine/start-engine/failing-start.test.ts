import { expect } from "chai";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { systemClock } from "../../../src/adapters/node/system-clock.ts";
import { LongrunError } from "../../../src/base/errors.ts";
import { startEngine } from "../../../src/engine/start-engine.ts";
import { FailingCalls } from "../support/failing-calls.ts";
import { bootstrapFile } from "../support/test-fleet.ts";
import { itInTestAll } from "../../support/test-all.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("an engine's start in which a call to the system fails once", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  let calls: FailingCalls;
  before(() => {
    bootstrapFile();
    calls = new FailingCalls();
  });
  after(() => calls.close());

  /** Starts an engine. Returns the call that failed and how the start ended; null if no call was chosen. */
  async function start(
    chooses: (call: string) => boolean,
    { isolation, temporary }: { readonly isolation: "none" | "auto"; readonly temporary: boolean },
  ): Promise<{ readonly call: string; readonly end: string } | null> {
    const dataFolder = temporary ? null : `${folder.path()}/data`;
    rmSync(`${folder.path()}/data`, { recursive: true, force: true });
    calls.arm(chooses);
    const end = await startEngine({
      host: "127.0.0.1",
      port: 0,
      dataFolder,
      isolation,
      links: [],
      platform: null,
      bootstrapFile: bootstrapFile(),
      clock: systemClock,
      version: "0.0.0",
    }).then(
      async (engine) => {
        const { failed } = calls;
        calls.disarm();
        await engine.close();
        calls.failed = failed;
        return "running";
      },
      (error: unknown) =>
        error instanceof LongrunError && error.message.includes(dataFolder ?? tmpdir())
          ? error.code
          : `not told: ${String(error)}`,
    );
    calls.disarm();
    return calls.failed === null ? null : { call: calls.failed, end };
  }

  for (const temporary of [false, true])
    it(`says which folder has no room if Node reports a full disk as ENOENT (${temporary ? "temporary" : "own"} data folder)`, async () => {
      calls.code = "ENOENT";
      const failed = new Map<string, string>();
      for (;;) {
        const one = await start(
          (call) => call.startsWith("mkdir ") && call.includes("isolation-folder") && !failed.has(call),
          { isolation: "auto", temporary },
        );
        if (one === null) break;
        failed.set(one.call, one.end);
      }
      calls.code = "EMFILE";
      expect(new Set(failed.values())).to.deep.equal(new Set(["unavailable"]));
    });

  for (const isolation of ["none", "auto"] as const)
    for (const temporary of [false, true]) {
      const where = `${temporary ? "temporary" : "own"} data folder, isolation ${isolation}`;
      it(`runs, or says which folder it could not use, whichever place makes the call (${where})`, async () => {
        const failed = new Map<string, string>();
        for (;;) {
          const one = await start((call) => !failed.has(call), { isolation, temporary });
          if (one === null) break;
          failed.set(one.call, one.end);
        }
        expect(failed.size).to.be.greaterThan(5);
        expect([...failed].filter(([, end]) => !["running", "unavailable"].includes(end))).to.deep.equal([]);
      });

      itInTestAll(
        `runs, or says which folder it could not use, whichever call fails (${where})`,
        async () => {
          for (let nth = 1; ; nth += 1) {
            let count = 0;
            const one = await start(() => (count += 1) === nth, { isolation, temporary });
            if (one === null) break;
            expect(one.end, one.call).to.be.oneOf(["running", "unavailable"]);
          }
        },
      );
    }
});
