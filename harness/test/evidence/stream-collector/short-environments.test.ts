/**
 * Judges logs of many environments that were invoked only a few times each. The collector counts most of their invocations without keeping
 * them, and the result must be the same as if it kept all of them.
 */
import { expect } from "chai";
import fc from "fast-check";
import type { LogRecord } from "../../../src/domain/log-record.ts";
import { drive, handlerConnect, type Design } from "../../analysis/analyze/designs.ts";
import { play, randomStory, step, type RandomStory } from "../../analysis/analyze/random-story.ts";
import { TestRun } from "../../analysis/analyze/story.ts";
import { propertyCases } from "../../support/test-all.ts";
import { same } from "../judged-twice.ts";

const more = process.env["LONGRUN_PROPERTY_RUNS"];
const runs = more === undefined ? { ...propertyCases(300), seed: 20261126 } : { numRuns: Number(more) };

const withoutLifecycleLines = (records: readonly LogRecord[]): readonly LogRecord[] =>
  records.filter(({ message }) => !message.includes('"longrun"'));

/**
 * Environments that follow one another. After a new one was initialised, the oldest is retired, unless `overlaps` is true. In both cases
 * the oldest one that is left (or a new one, if none is left) is then invoked 1 to 10 times, and after it the second oldest one as many
 * times (if there is no second one, the same one again). One step of any kind may happen between the invocations of the two.
 */
const shortLives: fc.Arbitrary<RandomStory["steps"]> = fc
  .array(
    fc.record({
      times: fc.integer({ min: 1, max: 10 }),
      fault: fc.option(step, { freq: 4 }),
      end: fc.constantFrom("fin", "fin", "silence" as const),
      overlaps: fc.boolean(),
    }),
    { minLength: 4, maxLength: 12 },
  )
  .map((lives) =>
    lives.flatMap(({ times, fault, end, overlaps }) => [
      { step: "ahead" as const },
      ...(overlaps ? [] : [{ step: "retire" as const, where: 0, ending: end }]),
      { step: "invoke" as const, where: 0, times },
      ...(fault === null ? [] : [fault]),
      { step: "invoke" as const, where: 1, times },
    ]),
  );

function oneAfterAnother(design: Design): readonly LogRecord[] {
  const run = new TestRun({ target: "logs" });
  for (let index = 0; index < 30; index += 1) {
    const environment = run.environment();
    environment.init(() => design.init(environment));
    run.wait(500);
    drive(run, environment, design, 10);
    environment.retire("fin");
  }
  return run.end().functions[0]?.records ?? [];
}

describe("many environments with few invocations", () => {
  for (const lines of ["lifecycle lines", "platform lines only"] as const)
    it(`have at least half of their invocations only counted if the log has ${lines}, because the Init of another environment is nothing unusual`, async () => {
      const all = oneAfterAnother(handlerConnect);
      const records = lines === "lifecycle lines" ? all : withoutLifecycleLines(all);
      expect(await same(records)).to.be.at.least(30 * 5);
    });

  it("have the same result in any story, whether quiet invocations are only counted or all invocations are kept", async () => {
    await fc.assert(
      fc.asyncProperty(
        randomStory,
        shortLives,
        fc.boolean(),
        fc.boolean(),
        fc.option(fc.integer({ min: 3, max: 40 })),
        async (story, steps, ownLines, withPeer, missing) => {
          const [one] = play({ ...story, steps }).functions;
          const all = one?.records ?? [];
          const own = ownLines ? all : withoutLifecycleLines(all);
          const records = missing === null ? own : own.filter((_, index) => index % missing !== 1);
          if (records.length > 0) await same(records, withPeer ? (one?.peerLog ?? null) : null);
        },
      ),
      runs,
    );
  });
});
