/**
 * Property tests over random stories (random-story.ts): evidence that is removed, doubled or reordered must never turn a verdict into its opposite, and the
 * same evidence must always have the same result.
 */
import { expect } from "chai";
import fc from "fast-check";
import { DEFAULT_JUDGEMENT_SETTINGS } from "../../../src/record/judgement-settings.ts";
import { handlerConnect } from "./designs.ts";
import { analyze, judge } from "./judge.ts";
import * as mutate from "./mutate.ts";
import { removal, remove, type Removal } from "./removal.ts";
import { play, randomStory, type RandomStory } from "./random-story.ts";
import { sumOfOutcomes } from "../../support/sum-of-outcomes.ts";
import { propertyRuns } from "../../support/test-all.ts";

const opposite = (a: string, b: string): boolean =>
  (a === "pass" && b === "fail") || (a === "fail" && b === "pass");
/** CI always uses the same stories. With LONGRUN_PROPERTY_RUNS there are more of them, and a failure prints its seed. */
const more = process.env["LONGRUN_PROPERTY_RUNS"];
const runs = more === undefined ? { numRuns: propertyRuns(400), seed: 20261125 } : { numRuns: Number(more) };

/** The stories and removals with which longer searches found an error in the past. */
const found: [RandomStory, Removal][] = [
  [
    {
      design: handlerConnect,
      steps: [
        { step: "ahead" },
        { step: "new" },
        { step: "invoke", where: 0, times: 2 },
        { step: "invoke", where: 0, times: 3 },
        { step: "ahead" },
        { step: "stranger", known: true },
        { step: "invoke", where: 0, times: 3 },
        { step: "ahead" },
        { step: "dies", where: 0, ending: "fin" },
      ],
      options: { target: "local", format: "json-debug", admission: "refuse" },
    },
    { records: 50, peer: 90, link: 0, journal: 0, seed: 6 },
  ],
  [
    {
      design: handlerConnect,
      steps: [
        { step: "invoke", where: 0, times: 1 },
        { step: "new" },
        { step: "stranger", known: true },
        { step: "invoke", where: 0, times: 1 },
        { step: "ahead" },
        { step: "retire", where: 0, ending: "fin" },
      ],
      options: { target: "local", format: "json-debug", admission: "backlog" },
    },
    { records: 0, peer: 90, link: 50, journal: 0, seed: 3 },
  ],
  [
    {
      design: handlerConnect,
      steps: [
        { step: "invoke", where: 0, times: 2 },
        { step: "new" },
        { step: "stranger", known: true },
        { step: "dies", where: 0, ending: "fin" },
        { step: "retire", where: 0, ending: "fin" },
        { step: "invoke", where: 0, times: 3 },
        { step: "new" },
        { step: "ahead" },
        { step: "shutdown", where: 0 },
      ],
      options: { target: "local", format: "json-debug", admission: "refuse" },
    },
    { records: 10, peer: 50, link: 10, journal: 0, seed: 1427590550 },
  ],
];

describe("the judgement of damaged evidence", () => {
  it("never turns a verdict into its opposite when lines are removed", () => {
    fc.assert(
      fc.property(randomStory, removal, (story, what) => {
        const evidence = play(story);
        const before = judge(evidence).verdict;
        expect(opposite(before, judge(remove(evidence, what)).verdict)).to.equal(false);
      }),
      { ...runs, examples: found },
    );
  });

  it("never turns a verdict into its opposite when only the function's own lines are left and nobody else used the peer", () => {
    const whole = { records: 0, peer: 0, link: 0, journal: 0, seed: 1 };
    const alone = ({ steps }: RandomStory): boolean => steps.every(({ step }) => step !== "stranger");
    const ownLines = mutate.chain(mutate.withoutPeerLog, mutate.withoutLinkLog, mutate.withoutJournal);
    fc.assert(
      fc.property(randomStory.filter(alone), fc.oneof(fc.constant(whole), removal), (story, what) => {
        const evidence = play(story);
        const before = judge(evidence).verdict;
        const left = ownLines(remove(evidence, what));
        expect(opposite(before, judge(left, { onlyClient: true }).verdict)).to.equal(false);
      }),
      runs,
    );
  });

  it("never turns a verdict into its opposite when one line is removed", () => {
    fc.assert(
      fc.property(randomStory, (story) => {
        const evidence = play(story);
        const before = judge(evidence).verdict;
        if (before === "inconclusive") return;
        const [one] = evidence.functions;
        for (const source of ["records", "peerLog", "linkLog"] as const) {
          for (let index = 0; index < (one?.[source]?.length ?? 0); index += 1) {
            const without = {
              ...evidence,
              functions: evidence.functions.map((each) => ({
                ...each,
                [source]: each[source]?.toSpliced(index, 1) ?? null,
              })),
            };
            expect(opposite(before, judge(without).verdict)).to.equal(false);
          }
        }
      }),
      { ...runs, numRuns: Math.ceil(runs.numRuns / 8) },
    );
  });

  it("never turns a verdict into its opposite when the evidence is cut off at any time", () => {
    fc.assert(
      fc.property(randomStory, fc.double({ min: 0, max: 1, noNaN: true }), (story, part) => {
        const evidence = play(story);
        const before = judge(evidence).verdict;
        const first = evidence.functions[0]?.records[0]?.timestamp ?? 0;
        const last = evidence.functions[0]?.records.at(-1)?.timestamp ?? 0;
        expect(
          opposite(before, judge(mutate.onlyRecordsBefore(first + (last - first) * part)(evidence)).verdict),
        ).to.equal(false);
      }),
      runs,
    );
  });

  it("does not change when the evidence is doubled", () => {
    fc.assert(
      fc.property(randomStory, (story) => {
        const evidence = play(story);
        expect(judge(mutate.doubled(evidence))).to.deep.equal(judge(evidence));
      }),
      { ...runs, numRuns: Math.ceil(runs.numRuns / 2) },
    );
  });

  it("does not change when records and journal are reordered", () => {
    fc.assert(
      fc.property(randomStory, (story) => {
        const evidence = play(story);
        expect(judge(mutate.reordered(evidence))).to.deep.equal(judge(evidence));
      }),
      { ...runs, numRuns: Math.ceil(runs.numRuns / 2) },
    );
  });

  it("never turns a verdict into its opposite when peer log and link log are shuffled", () => {
    fc.assert(
      fc.property(randomStory, fc.infiniteStream(fc.nat()), (story, draws) => {
        const evidence = play(story);
        const shuffle = <T>(list: readonly T[]): T[] =>
          list
            .map((value) => ({ value, key: draws.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ value }) => value);
        const shuffled = {
          ...evidence,
          functions: evidence.functions.map((one) => ({
            ...one,
            peerLog: shuffle(one.peerLog ?? []),
            linkLog: one.linkLog === null ? null : shuffle(one.linkLog),
          })),
        };
        expect(opposite(judge(evidence).verdict, judge(shuffled).verdict)).to.equal(false);
      }),
      runs,
    );
  });

  it("returns only values that JSON can hold, and as many planned invocations as the sum of all outcomes", () => {
    fc.assert(
      fc.property(randomStory, removal, (story, what) => {
        const result = analyze(remove(play(story), what), DEFAULT_JUDGEMENT_SETTINGS);
        expect(JSON.parse(JSON.stringify(result))).to.deep.equal(result);
        for (const { invocations } of result.functions) {
          expect(sumOfOutcomes(invocations)).to.equal(invocations.planned);
          const { unknown, unknownReasons = {} } = invocations;
          expect(Object.values(unknownReasons).reduce((sum, value) => sum + value, 0)).to.equal(unknown);
        }
      }),
      { ...runs, numRuns: Math.ceil(runs.numRuns / 2) },
    );
  });

  it("reaches every verdict in the random stories", () => {
    const seen = new Set(
      fc.sample(randomStory, { numRuns: 400, seed: 7 }).map((story) => judge(play(story)).verdict),
    );
    expect([...seen].sort()).to.deep.equal(["fail", "inconclusive", "pass"]);
  });
});
