/** Tests that git keeps only sources and small fixtures. A built program that is added by accident stays in every later clone. */
import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/adapters/node/assets.ts";

const LARGEST_BYTES = 300_000;
/** Compressed runs, packages of functions and screenshots. Everything else is text. */
const BINARY = /\.(?:br|gz|png|zip)$/;

interface TrackedFile {
  readonly path: string;
  readonly bytes: number;
  readonly text: boolean;
}

const root = packageRoot();
const FILES: readonly TrackedFile[] = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" })
  .split("\0")
  .filter(
    (path) => path !== "" && (lstatSync(join(root, path), { throwIfNoEntry: false })?.isFile() ?? false),
  )
  .map((path) => {
    const content = readFileSync(join(root, path));
    return { path, bytes: content.length, text: !content.includes(0) };
  });

describe("the files of the repository", () => {
  it("are found", () => {
    expect(FILES.length).to.be.above(900);
  });

  it("are small", () => {
    expect(FILES.filter(({ bytes }) => bytes > LARGEST_BYTES).map(({ path }) => path)).to.deep.equal([]);
  });

  it("are text, except archives and pictures", () => {
    expect(
      FILES.filter(({ path, text }) => !text && !BINARY.test(path)).map(({ path }) => path),
    ).to.deep.equal([]);
  });
});
