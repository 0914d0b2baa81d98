/**
 * Compares the running engine with the pure state machine. Carries out random sequences of commands on real processes, and compares the
 * states and the log streams after each command. LONGRUN_MODEL_RUNS sets the number of sequences; the nightly run sets a high number.
 */
import * as fc from "fast-check";
import { env } from "node:process";
import * as commands from "../../support/lifecycle-commands.ts";
import { LifecycleModel } from "../../support/lifecycle-model.ts";
import { LifecycleWorld } from "../../support/lifecycle-world.ts";
import { propertyRuns } from "../../../support/test-all.ts";

const RUNS = Number(env["LONGRUN_MODEL_RUNS"] ?? propertyRuns(12));

const placement = fc.constantFrom("most-recent", "most-recent", "oldest", "newest", "new");
const ending = fc.constantFrom("fin", "rst", "silence");
const nth = fc.nat(4);

const ANY = [
  fc
    .constantFrom("succeeds", "succeeds", "throws", "exits", "hangs")
    .map((behaviour) => commands.setInit(behaviour)),
  fc.constant(commands.update()),
  fc.constant(commands.initialiseAhead()),
  ending.map((how) => commands.retireInInit(how)),
  fc
    .tuple(placement, fc.constantFrom("answers", "fails", "exits"))
    .map(([where, kind]) => commands.invoke(where, kind)),
  placement.map((where) => commands.timeOut(where)),
  placement.map((where) => commands.begin(where)),
  nth.map((n) => commands.finish(n)),
  nth.map((n) => commands.crash(n)),
  fc.tuple(nth, ending).map(([n, how]) => commands.retire(n, how)),
];

describe("the running engine and the state machine", () => {
  for (const withExtension of [false, true]) {
    it(`agree after every step of any sequence ${withExtension ? "with" : "without"} an internal extension`, async function () {
      this.timeout(60_000 + RUNS * 20_000);
      await fc.assert(
        fc.asyncProperty(fc.commands(ANY, { maxCommands: 25, size: "max" }), async (steps) => {
          const world = await LifecycleWorld.open(withExtension);
          try {
            await fc.asyncModelRun(() => ({ model: new LifecycleModel(withExtension), real: world }), steps);
          } finally {
            await world.close();
          }
        }),
        { numRuns: RUNS },
      );
    });
  }
});
