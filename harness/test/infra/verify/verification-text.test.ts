import { expect } from "chai";
import { confirmed, differs } from "../../../../scripts/infra/verify/probe.ts";
import { ROWS } from "../../../../scripts/infra/verify/rows.ts";
import { verificationReport } from "../../../../scripts/infra/verify/verification-report.ts";
import { verificationText } from "../../../../scripts/infra/verify/verification-text.ts";

describe("infrastructure: a verification on the terminal", () => {
  const text = verificationText(
    verificationReport(
      {
        longrun: "0.1.0",
        target: "aws",
        tier: "lambda",
        region: "eu-central-1",
        startedAt: "",
        endedAt: "",
        atMostUsd: 0,
      },
      new Map([
        ["crash", differs("The invocation succeeded, although the handler had ended its process before.")],
        ["update", confirmed("It did.")],
      ]),
      { left: [] },
    ),
    80,
  );
  const lines = text.split("\n");

  it("fits into the terminal", () => {
    expect(lines.filter((line) => line.length > 80)).to.deep.equal([]);
    expect(lines).to.include("confirmed    update            It did.");
  });

  it("separates the id of every row from its sentence", () => {
    const ids = ROWS.map(({ id }) => id);
    const shown = lines.map(
      (line) => /^(?:not reached|confirmed|differs) +([\w-]+) {2,}[A-Z]/.exec(line)?.[1],
    );
    expect(shown.filter((id) => id !== undefined).toSorted()).to.deep.equal(ids.toSorted());
  });

  it("ends with what differs, and with the counts", () => {
    expect(lines.slice(-4)).to.deep.equal([
      "differs      crash             The invocation succeeded, although the handler",
      "                               had ended its process before.",
      "",
      `1 confirmed, 1 differs, ${lines.filter((line) => line.startsWith("not reached")).length} not reached.`,
    ]);
  });
});
