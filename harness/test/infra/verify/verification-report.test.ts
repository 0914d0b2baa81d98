import { expect } from "chai";
import { confirmed, differs } from "../../../../scripts/infra/verify/probe.ts";
import { ROWS } from "../../../../scripts/infra/verify/rows.ts";
import { reportMarkdown, verificationReport } from "../../../../scripts/infra/verify/verification-report.ts";

const FACTS = {
  longrun: "0.1.0",
  target: "aws",
  tier: "lambda",
  region: "eu-central-1",
  startedAt: "2026-11-26T10:00:00.000Z",
  endedAt: "2026-11-26T10:05:00.000Z",
  atMostUsd: 0.0012,
} as const;

describe("infrastructure: the report of a verification", () => {
  const report = verificationReport(
    FACTS,
    new Map([
      ["crash", confirmed("It failed.")],
      ["update", differs("User arn:aws:iam::123456789012:user/me is not authorized.")],
    ]),
    { left: ["arn:aws:lambda:eu-central-1:123456789012:function:lrv-1-probe"] },
  );

  it("has every row, and says `not reached` for each row without a result", () => {
    expect(report.rows.map(({ id }) => id)).to.deep.equal(ROWS.map(({ id }) => id));
    const reached = report.rows.filter(({ outcome }) => outcome !== "not reached");
    expect(reached.map(({ id, outcome }) => [id, outcome])).to.deep.equal([
      ["crash", "confirmed"],
      ["update", "differs"],
    ]);
  });

  it("has no account number", () => {
    const text = JSON.stringify(report) + reportMarkdown(report);
    expect([text.includes("123456789012"), text.includes("iam::ACCOUNT:user/me")]).to.deep.equal([
      false,
      true,
    ]);
  });

  it("in Markdown, names the rows that differ, the remaining resources and the largest cost", () => {
    const text = reportMarkdown(report);
    expect(text).to.contain(`1 confirmed, 1 differs, ${ROWS.length - 2} not reached. Still there: arn`);
    expect(text).to.contain("At most 0.001 USD.");
    expect(text).to.match(
      /^\| `update` \| differs \| .* \| the second invocation runs in another log stream/m,
    );
  });
});
