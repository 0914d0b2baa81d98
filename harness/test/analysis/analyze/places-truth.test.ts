/** Plays random stories around a peer with several places, and compares their judgement with the harm that really happened. */
import { expect } from "chai";
import fc from "fast-check";
import type { Evidence } from "../../../src/record/evidence.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import { causes, judge } from "./judge.ts";
import * as mutate from "./mutate.ts";
import { removal, remove } from "./removal.ts";
import { placesStory, playPlaces, type PlacesStory } from "./places-story.ts";
import { propertyCases } from "../../support/test-all.ts";

/** CI always uses the same stories. With LONGRUN_PROPERTY_RUNS there are more of them, and a failure prints its seed. */
const more = process.env["LONGRUN_PROPERTY_RUNS"];
const runs = more === undefined ? { ...propertyCases(300), seed: 20261126 } : { numRuns: Number(more) };

const WAYS: readonly { readonly what: string; readonly mutation: (evidence: Evidence) => Evidence }[] = [
  { what: "with all evidence", mutation: (evidence) => evidence },
  { what: "without the peer's log", mutation: mutate.withoutPeerLog },
  { what: "without the link log", mutation: mutate.withoutLinkLog },
  {
    what: "without the peer's log and the link log",
    mutation: (evidence) => mutate.withoutLinkLog(mutate.withoutPeerLog(evidence)),
  },
];

function judged(
  { capacity, inFlight }: PlacesStory,
  evidence: Evidence,
  places: number | null = capacity,
): FunctionResult {
  return judge(evidence, { capacity: { places, given: true }, inFlight, settleMs: 2_000 });
}

const harmedIn = (result: ReturnType<typeof judged>): readonly (string | null)[] =>
  result.invocationList.filter(({ harmed }) => harmed).map(({ requestId }) => requestId);

describe("a peer with several places, over random stories", () => {
  for (const { what, mutation } of WAYS) {
    it(`reports only harm that happened, and passes no story with harm: ${what}`, () => {
      fc.assert(
        fc.property(placesStory, (story) => {
          const { evidence, harmed } = playPlaces(story);
          const result = judged(story, mutation(evidence));
          expect(harmedIn(result).filter((id) => !harmed.has(id ?? ""))).to.deep.equal([]);
          if (result.verdict === "pass") expect([...harmed]).to.deep.equal([]);
        }),
        runs,
      );
    });
  }

  it("reports only harm that happened, and passes no story with harm: with any lines missing", () => {
    fc.assert(
      fc.property(placesStory, removal, (story, what) => {
        const { evidence, harmed } = playPlaces(story);
        const result = judged(story, remove(evidence, what));
        expect(harmedIn(result).filter((id) => !harmed.has(id ?? ""))).to.deep.equal([]);
        if (result.verdict === "pass") expect([...harmed]).to.deep.equal([]);
      }),
      runs,
    );
  });

  it("reports all harm if the evidence is complete and from one machine", () => {
    fc.assert(
      fc.property(placesStory, (story) => {
        const { evidence, harmed } = playPlaces({ ...story, target: "local" });
        expect(new Set(harmedIn(judged(story, evidence)))).to.deep.equal(harmed);
      }),
      runs,
    );
  });

  it("names the cause of each refusal if the evidence is complete and from one machine", () => {
    fc.assert(
      fc.property(placesStory, (story) => {
        const { evidence } = playPlaces({ ...story, target: "local", admission: "refuse" });
        expect(causes(judged(story, evidence))).not.to.include(null);
      }),
      runs,
    );
  });

  it("reports no harm and no exposure if the number of places is unknown", () => {
    fc.assert(
      fc.property(placesStory, (story) => {
        const result = judged(story, playPlaces(story).evidence, null);
        expect([harmedIn(result), result.exposure.total, result.verdict]).to.deep.equal([
          [],
          0,
          "inconclusive",
        ]);
      }),
      runs,
    );
  });
});
