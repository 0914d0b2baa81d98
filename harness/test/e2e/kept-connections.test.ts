/**
 * Tests soaks of a function that is meant to keep its connection. With `--kept-connections allowed` it passes if the peer has more places than
 * environments. Without this flag it does not pass.
 */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FunctionResult } from "../../src/result/function-result.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { describeInTestAll } from "../support/test-all.ts";
import { run } from "./built-command.ts";

describeInTestAll("connections that are meant to be kept", () => {
  const folder = temporaryFolder();

  const soak = async (name: string, ...flags: readonly string[]): Promise<FunctionResult> => {
    const out = join(folder.path(), name);
    const { err } = await run(
      [
        ...["soak", "--function", "lazy-connect", "--platform", "typical", "--seed", "7", "--capacity", "10"],
        ...["--duration", "20s", "--interval", "500ms", "--out", out, ...flags],
      ],
      folder.path(),
    );
    const [one] = (JSON.parse(readFileSync(join(out, "result.json"), "utf8")) as RunResult).functions;
    if (one === undefined) throw new Error(err);
    return one;
  };

  it("pass if the peer has places for all environments", async () => {
    const one = await soak("allowed", "--kept-connections", "allowed");
    expect([one.verdict, one.reasons], JSON.stringify(one.findings)).to.deep.equal(["pass", []]);
    expect(one.findings.map(({ code }) => code)).to.include("peak-within-capacity");
    expect(one.exposure.total).to.be.greaterThan(0);
  });

  it("do not pass without --kept-connections allowed", async () => {
    const one = await soak("flawed");
    expect(one.verdict, JSON.stringify(one.findings)).not.to.equal("pass");
    expect(one.environments.length).to.be.greaterThan(10);
  });
});
