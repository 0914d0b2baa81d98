/** With several places, the judgement of random stories is compared with the harm that truly happened. */
import { expect } from "chai";
import fc from "fast-check";
import type { Evidence } from "../../../src/domain/evidence.ts";
import { judge } from "./judge.ts";
import * as mutate from "./mutate.ts";
import { removal, remove } from "./removal.ts";
import { placesStory, playPlaces, type PlacesStory } from "./places-story.ts";
import { propertyRuns } from "../../support/test-all.ts";

/** CI always uses the same stories. With LONGRUN_PROPERTY_RUNS there are more of them, and a failure prints its seed. */
const more = process.env["LONGRUN_PROPERTY_RUNS"];
const runs = more === undefined ? { numRuns: propertyRuns(300), seed: 20261126 } : { numRuns: Number(more) };

const WITHOUT: readonly { readonly what: string; readonly mutation: (evidence: Evidence) => Evidence }[] = [
  { what: "nothing", mutation: (evidence) => evidence },
  { what: "the peer's log", mutation: mutate.withoutPeerLog },
  { what: "the link log", mutation: mutate.withoutLinkLog },
  {
    what: "the peer's log and the link log",
    mutation: (evidence) => mutate.withoutLinkLog(mutate.withoutPeerLog(evidence)),
  },
];

function judged({ capacity }: PlacesStory, evidence: Evidence, places: number | null = capacity) {
  return judge(evidence, { capacity: { places, given: true }, settleMs: 2_000 });
}

const harmedIn = (result: ReturnType<typeof judged>): readonly (string | null)[] =>
  result.invocationList.filter(({ harmed }) => harmed).map(({ requestId }) => requestId);

describe("a peer with several places, over random stories", () => {
  for (const { what, mutation } of WITHOUT) {
    it(`has no harm that did not happen, and no pass with harm, without ${what}`, () => {
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

  it("has no harm that did not happen, and no pass with harm, if any lines are missing", () => {
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

  it("finds all harm in whole evidence of one machine", () => {
    fc.assert(
      fc.property(placesStory, (story) => {
        const { evidence, harmed } = playPlaces({ ...story, target: "local" });
        expect(new Set(harmedIn(judged(story, evidence)))).to.deep.equal(harmed);
      }),
      runs,
    );
  });

  it("never blames anybody by the number of places if nobody knows the number", () => {
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
