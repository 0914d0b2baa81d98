import { expect } from "chai";
import { announcement } from "../../../../scripts/infra/verify/announcement.ts";

describe("infrastructure: what a verification says before it asks for confirmation", () => {
  const said = (target: "aws" | "local", tier: "lambda" | "full"): string =>
    announcement({ target, tier, region: "ap-southeast-1", name: "lrv-01234567" });

  it("fits into 80 columns", () => {
    const lines = [said("aws", "full"), said("aws", "lambda"), said("local", "full")].flatMap((text) =>
      text.split("\n"),
    );
    expect(lines.filter((line) => line.length > 80)).to.deep.equal([]);
  });

  it("names the costs only with TARGET=aws", () => {
    expect(said("aws", "full")).to.match(/peers on Fargate[^]*at most 0\.\d\d USD/);
    expect(said("aws", "lambda")).to.match(/at most 0\.00\d USD/);
    expect(said("local", "full")).to.not.contain("USD");
  });
});
