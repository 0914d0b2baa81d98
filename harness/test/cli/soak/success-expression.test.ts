import { expect } from "chai";
import { successExpression } from "../../../src/cli/soak/success-expression.ts";

describe("successExpression", () => {
  const whyNoSuccess = async (
    text: string,
    payloads: readonly unknown[],
    budgetMs?: number,
  ): Promise<readonly (string | null)[]> => {
    const expression = successExpression(text, budgetMs);
    if (!expression.ok) throw new Error(expression.expected);
    return await Promise.all(payloads.map((payload) => expression.whyNoSuccess(payload)));
  };

  it("returns null for a success, and else the value or the error, in the order of the payloads", async () => {
    expect(await whyNoSuccess("ok = true", [{ ok: true }, { ok: false }, null])).to.deep.equal([
      null,
      "the answer fails --success: ok = true is false",
      "the answer fails --success: ok = true is false",
    ]);
    expect(await whyNoSuccess("$sum(rows) > 0", [{ rows: [1] }, { rows: ["a"] }])).to.deep.equal([
      null,
      'the answer fails --success: Argument 1 of function "sum" must be an array of "numbers"',
    ]);
  });

  it("ends an expression which an answer makes run for ever, and evaluates the next payload", async () => {
    const hostile = { name: `${"a".repeat(60)}!` };
    expect(await whyNoSuccess("$contains(name, /^(a+)+$/)", [hostile, { name: "aa" }], 2_000)).to.deep.equal([
      "the answer fails --success: $contains(name, /^(a+)+$/) was not evaluated within 2 s",
      null,
    ]);
  });

  it("ends an expression that fills the memory", async () => {
    const text = "$count([[1..size], [1..size], [1..size], [1..size], [1..size], [1..size]]) = 6";
    expect(await whyNoSuccess(text, [{ size: 9_999_999 }, { size: 2 }])).to.deep.equal([
      `the answer fails --success: ${text} ended its process, for example because it needs too much memory`,
      null,
    ]);
  });

  it("says what is wrong with an expression", () => {
    expect(successExpression("a = ")).to.have.property("ok", false);
  });
});
