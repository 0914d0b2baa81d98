import { expect } from "chai";
import type { InvokeResult } from "../../../src/engine/fleet-contract.ts";
import { FailingCalls } from "../support/failing-calls.ts";
import { bootstrapFile, testFleet, writeFiles, type TestFleet } from "../support/test-fleet.ts";
import { itInTestAll } from "../../support/test-all.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const HANDLER = `import { mkdirSync, writeFileSync } from "node:fs"; export const handler = async () => { mkdirSync((process.env.TMPDIR ?? "/tmp") + "/made/inner", { recursive: true }); return 1; };`;

/**
 * An engine's life has some hundred calls. The nightly run lets each of them fail. With namespaces there are many times as many, most of them
 * the same reads of /proc, and a life takes seconds, so one of 25 fails.
 */
const STEP = Number(process.env["LONGRUN_FAILING_CALLS_STEP"] ?? 40);

/** The engine's life with each of its calls to the system failing once, as far as it goes. */
describe("an engine whose call to the system fails once", function () {
  this.timeout(3_600_000);
  const folder = temporaryFolder();
  let calls: FailingCalls;
  before(() => {
    bootstrapFile();
    calls = new FailingCalls();
  });
  after(() => calls.close());

  const layers = (): readonly string[] =>
    ["one", "two"].map((name) => {
      writeFiles(`${folder.path()}/${name}`, { [name]: "" });
      return `${folder.path()}/${name}`;
    });

  /** Plays a life in which the call that `chooses` chooses fails. Returns that call, or null if there was none. */
  async function play(
    chooses: (call: string) => boolean,
    isolation: "none" | "auto",
  ): Promise<string | null> {
    const reports: string[] = [];
    const layerFolders = layers();
    calls.arm(chooses);
    let test: TestFleet;
    try {
      test = await testFleet({ isolation, parked: 1, report: (line) => reports.push(line) });
    } catch (error) {
      // The engine cannot start, and its user sees why.
      expect(String(error)).to.include("injected");
      return calls.failed;
    }
    test.add({ "index.mjs": HANDLER }, { layerFolders });
    const refused = (error: unknown): string => String(error);
    const first = await test.invoke().catch(refused);
    await test.fleet.retire("probe", { every: true }, "fin");
    const { failed } = calls;
    calls.disarm();
    expect(kindOf(first), String(failed)).to.be.oneOf(["answered", "throttled", "refused"]);
    const second = await test.invoke().catch(refused);
    expect(typeof second === "string" ? second : kindOf(second), String(failed)).to.equal("answered");
    if (failed === null) calls.arm(chooses);
    await test.close();
    const last = failed ?? calls.failed;
    calls.disarm();
    return last;
  }

  for (const isolation of ["none", "auto"] as const) {
    const itSoonEnough = isolation === "none" ? it : itInTestAll;
    itSoonEnough(
      `goes on, whichever place in the engine makes the call (isolation ${isolation})`,
      async () => {
        const failed = new Set<string>();
        for (;;) {
          const call = await play((one) => !failed.has(one), isolation);
          if (call === null) break;
          failed.add(call);
        }
        expect(failed.size).to.be.greaterThan(20);
      },
    );

    const step = isolation === "none" ? STEP : STEP * 25;
    itInTestAll(`goes on, whichever call fails of every ${step} (isolation ${isolation})`, async () => {
      for (let nth = 1; ; nth += step) {
        let count = 0;
        if ((await play(() => (count += 1) === nth, isolation)) === null) break;
      }
    });
  }
});

const kindOf = (result: InvokeResult | string): string =>
  typeof result === "string" ? "refused" : result.kind;
