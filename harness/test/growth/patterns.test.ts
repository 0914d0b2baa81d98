import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { execPath } from "node:process";
import { analyse } from "scslre";
import { packageRoot } from "../../src/adapters/node/assets.ts";
import { itInTestAll } from "../support/test-all.ts";

interface MadePattern {
  readonly source: string;
  readonly flags: string;
  readonly file: string;
}

/** Of patterns that begin anywhere in the text, this is put in front, so that the analyser also sees the attempts from later places. */
function asSearched({ source, flags }: MadePattern): RegExp {
  const fixed = source.startsWith("^") || flags.includes("y");
  return new RegExp(fixed ? source : `^[^]*?(?:${source})`, flags);
}

/** Every pattern that a source file makes from constants while it is loaded, and those of AWS's API model. */
function madePatterns(): readonly MadePattern[] {
  const collect = fileURLToPath(new URL("./collect-patterns.mjs", import.meta.url));
  const said = execFileSync(execPath, ["--import", "tsx", collect], { cwd: packageRoot(), encoding: "utf8" });
  return JSON.parse(said) as readonly MadePattern[];
}

describe("patterns that are put together from constants", () => {
  itInTestAll("need time in proportion to the length of the text", () => {
    const patterns = madePatterns();
    expect(patterns.map(({ file }) => file)).to.include.members([
      "harness/src/catalogue/runtimes/java-log.ts",
      "harness/src/logs/line-marks.ts",
      "harness/src/engine/api-model/model.json",
    ]);
    const slow = patterns
      .filter((pattern) => analyse(asSearched(pattern)).reports.length > 0)
      .map(({ file, source }) => `${file}: ${source}`);
    expect(slow).to.deep.equal([]);
  });
});
