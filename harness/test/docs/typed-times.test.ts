/**
 * Tests that evidence and analysis declare no time as a plain number (CONTRIBUTING.md#house-rules): a moment is an `EpochMs` or a `Moment` of
 * its clock, a length is a `DurationMs`. A declaration counts as a time by its name.
 */
import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { packageRoot } from "../../src/adapters/node/assets.ts";

const ROOMS = ["harness/src/evidence", "harness/src/analysis"];
const TIME =
  /(?:Ms|At|Time|From|To|Since|Until|[Tt]olerance)$|^(?:at|times?|from|to|since|until|start|end|moment|instant|deadline|earliest|latest)$/;
/** A number that may be missing, and lists of numbers. */
const NUMBER =
  /^(?:readonly )?\(?number(?: \| (?:null|undefined))*\)?(?:\[\])?$|^(?:Iterable|ReadonlySet|Set)<number>$/;
/** How many times two environments took a place from each other. */
const COUNTS = ["harness/src/analysis/verdict/count-takeovers.ts: times"];

/** The members, parameters and variables with a declared type. The results of functions flow into these. */
function plainTimes(file: string, text: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      (ts.isPropertySignature(node) ||
        ts.isPropertyDeclaration(node) ||
        ts.isGetAccessor(node) ||
        ts.isParameter(node) ||
        ts.isVariableDeclaration(node)) &&
      node.type !== undefined
    ) {
      const name = node.name.getText().replace("#", "");
      if (TIME.test(name) && NUMBER.test(node.type.getText())) found.push(`${file}: ${name}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true));
  return found;
}

describe("the times of evidence and analysis", () => {
  it("are no plain numbers", () => {
    const files = ROOMS.flatMap((room) =>
      readdirSync(join(packageRoot(), room), { recursive: true, encoding: "utf8" })
        .filter((path) => path.endsWith(".ts"))
        .map((path) => join(room, path)),
    );
    expect(files.length).to.be.above(100);
    const plain = files.flatMap((file) => plainTimes(file, readFileSync(join(packageRoot(), file), "utf8")));
    expect(plain).to.deep.equal(COUNTS);
  });

  it("are found by their names", () => {
    const text = `interface Seen { readonly closedAt: number | null; from: number; readonly times: readonly number[]; places: number }
      const isNear = (time: number, toleranceMs: number, n: number, until: EpochMs): boolean => true;`;
    expect(plainTimes("a.ts", text)).to.deep.equal(
      ["closedAt", "from", "times", "time", "toleranceMs"].map((name) => `a.ts: ${name}`),
    );
  });
});
