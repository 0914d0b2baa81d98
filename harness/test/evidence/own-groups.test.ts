import { expect } from "chai";
import { nameFunctions } from "../../src/evidence/name-functions.ts";
import { ownGroups } from "../../src/evidence/own-groups.ts";
import type { CollectedStream } from "../../src/evidence/stream-collector.ts";

const ID = "0123456789abcdef0123456789abcdef";
const OWN = `2026/11/25/[$LATEST]${ID}`;
const stream = (
  logGroup: string | null,
  logStreamName: string,
  functionName: string | null = null,
): CollectedStream => ({
  logGroup,
  logStreamName,
  functionName,
  family: null,
  account: null,
  region: null,
  unrecognised: false,
  parts: [],
  signs: [],
  sources: [],
  mixed: false,
  foreign: false,
});

function owners(streams: readonly CollectedStream[], asked: string | null = null): readonly string[] | null {
  const named = nameFunctions(streams, asked);
  return named.ok ? ownGroups(streams, named.streams) : null;
}

describe("ownGroups", () => {
  for (const [title, streams, expected] of [
    ["the group that Lambda makes for a function", [stream("/aws/lambda/a", OWN)], ["a"]],
    [
      "several functions, each in its own group",
      [stream("/aws/lambda/a", OWN), stream("/aws/lambda/b", OWN)],
      ["a", "b"],
    ],
    [
      "a group with a name of the user's choice, whose stream names contain the function's name",
      [stream("/mine", `2026/11/25/a[$LATEST][${ID}]`)],
      ["a"],
    ],
    [
      "a group with a name of the user's choice, in which platform.initStart names the function",
      [stream("/mine", OWN, "a"), stream("/mine", "other")],
      ["a"],
    ],
    ["a shared group", [stream("/mine", OWN, "a"), stream("/mine", OWN, "b")], []],
    [
      "the group that Lambda makes for a function, if another function logs there too",
      [stream("/aws/lambda/a", OWN), stream("/aws/lambda/a", OWN, "b")],
      [],
    ],
    ["a function in two groups", [stream("/aws/lambda/a", OWN), stream("/mine", OWN, "a")], []],
    ["a group in which nothing names the function", [stream("/mine", OWN)], []],
    ["a stream without a known group", [stream(null, OWN, "a")], []],
  ] as const)
    it(`returns ${expected.length === 0 ? "no function" : expected.map((name) => `function ${name}`).join(" and ")} for ${title}`, () => {
      expect(owners(streams)).to.deep.equal(expected);
    });

  it("returns no function if the requested function shares its log group with another", () => {
    expect(owners([stream("/mine", OWN, "a"), stream("/mine", OWN, "b")], "a")).to.deep.equal([]);
  });
});
