/** Functions of one name in several accounts or Regions are different functions. */
import { expect } from "chai";
import { nameFunctions } from "../../src/evidence/name-functions.ts";
import type { CollectedStream } from "../../src/evidence/stream-collector.ts";
import { partial } from "../analysis/partial.ts";

const ID = "0123456789abcdef0123456789abcdef";
const stream = (
  number: number,
  account: string | null,
  region: string | null,
  functionName = "shop",
): CollectedStream =>
  partial({
    ...{ logGroup: null, logStreamName: `2026/11/25/[$LATEST]${number}${ID.slice(1)}` },
    ...{ functionName, family: null, account, region, sources: [] },
  });

function named(...streams: readonly CollectedStream[]): unknown {
  const result = nameFunctions(streams, null);
  return result.ok
    ? [...result.streams].map(([label, own]) => [label, own.map((one) => streams.indexOf(one))])
    : null;
}

describe("the functions of several log streams", () => {
  it("are one function if all streams show one account and one Region, or some show none", () => {
    expect(named(stream(0, "1", "eu-west-1"), stream(1, null, null), stream(2, "1", null))).to.deep.equal([
      ["shop", [0, 1, 2]],
    ]);
  });

  it("are several functions if the streams are from two accounts or two Regions", () => {
    expect(named(stream(0, "1", null), stream(1, "2", null), stream(2, "1", null))).to.deep.equal([
      ["shop (1)", [0, 2]],
      ["shop (2)", [1]],
    ]);
    expect(named(stream(0, "1", "eu-west-1"), stream(1, "1", "us-east-1"))).to.deep.equal([
      ["shop (eu-west-1)", [0]],
      ["shop (us-east-1)", [1]],
    ]);
    expect(named(stream(0, "1", "eu-west-1"), stream(1, "2", "us-east-1"))).to.deep.equal([
      ["shop (1, eu-west-1)", [0]],
      ["shop (2, us-east-1)", [1]],
    ]);
  });

  it("are not mixed up with the accounts of another function", () => {
    expect(named(stream(0, "1", null), stream(1, "2", null, "other"))).to.deep.equal([
      ["other", [1]],
      ["shop", [0]],
    ]);
  });

  it("are refused if a stream does not show to which of two accounts it belongs", () => {
    expect(() => named(stream(0, "2", null), stream(1, "1", null), stream(2, null, null))).to.throw(
      `expected logs of shop from one account, found 1, 2, and 1 of 3 log streams that do not show their account, such as 2026/11/25/[$LATEST]2${ID.slice(1)}.`,
    );
  });
});
