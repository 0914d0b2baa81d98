import { expect } from "chai";
import fc from "fast-check";
import { BUILT_IN_PROFILES } from "../../src/platform/built-in-profiles.ts";
import { parsePlatformProfile } from "../../src/platform/parse-platform-profile.ts";

describe("parsePlatformProfile", () => {
  for (const profile of Object.values(BUILT_IN_PROFILES)) {
    it(`reads back ${profile.name} from its own JSON`, () => {
      expect(parsePlatformProfile(JSON.parse(JSON.stringify(profile)))).to.deep.equal({
        profile,
        problems: null,
      });
    });
  }

  it("adds the defaults that a short file leaves out", () => {
    const events = [
      { action: "retire", selector: "oldest-idle", ending: "silence", everyMs: [5_000, 9_000] },
    ];
    expect(parsePlatformProfile({ name: "mine", events })).to.deep.equal({
      profile: {
        name: "mine",
        placement: "most-recent",
        aheadElsewhere: null,
        aheadUndisturbed: true,
        events: [
          {
            action: "retire",
            selector: "oldest-idle",
            ending: "silence",
            everyMs: [5_000, 9_000],
            everyIntervals: [0, 0],
          },
        ],
      },
      problems: null,
    });
  });

  it("names every problem with its path", () => {
    const { problems } = parsePlatformProfile({
      name: "",
      placement: "somewhere",
      colour: "red",
      events: [
        { action: "retire", selector: "oldest-idle", ending: "fin", everyMs: [9_000, 5_000] },
        { action: "explode", everyMs: [1, 2] },
        { action: "update", everyMs: [1, 2_000] },
      ],
    });
    expect(problems?.map((problem) => problem.split(":")[0])).to.deep.equal([
      "name",
      "placement",
      "events[0].everyMs",
      "events[1].action",
      "events[2].everyMs[0]",
      "the profile",
    ]);
    expect(problems?.join("\n"))
      .to.contain("the first number must not be greater than the second")
      .and.to.contain('"colour"');
  });

  for (const content of [null, undefined, 7, "typical", [], {}]) {
    it(`refuses ${JSON.stringify(content)}`, () => {
      expect(parsePlatformProfile(content).problems).to.be.an("array").that.has.lengthOf.at.least(1);
    });
  }

  it("returns an answer for any input and never throws", () => {
    fc.assert(
      fc.property(fc.anything(), (content) => {
        const { profile, problems } = parsePlatformProfile(content);
        expect((profile === null) !== (problems === null)).to.equal(true);
      }),
    );
  });
});
