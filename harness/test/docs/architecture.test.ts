/** Tests that docs/architecture.md names every folder of the sources, and that it has its diagrams. */
import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/adapters/node/assets.ts";

const root = packageRoot();
const page = readFileSync(join(root, "docs", "architecture.md"), "utf8");
const MAPPED = ["harness/src", "functions", "scripts"];
const MIRRORED = "functions/test/";

describe("docs/architecture.md", () => {
  it("describes every folder of the sources exactly once", () => {
    const rows = page.split("\n").filter((line) => line.startsWith("| `"));
    const mapped = rows.flatMap((row) =>
      [...(row.split(" | ")[0] ?? "").matchAll(/`([^`]+)`/g)].map(([, folder = ""]) => folder),
    );
    const folders = MAPPED.flatMap(withFoldersBelow).filter((folder) => !folder.startsWith(MIRRORED));
    expect({
      notMapped: folders.filter((folder) => !mapped.includes(folder)),
      notThere: mapped.filter((folder) => !folders.includes(folder)),
      twice: mapped.filter((folder, index) => mapped.indexOf(folder) !== index),
    }).to.deep.equal({ notMapped: [], notThere: [], twice: [] });
  });

  it("has diagrams of a soak, of an invocation and of a log record", () => {
    const pictures = [...page.matchAll(/^### (.*)\n\n```\n/gm)].map(([, heading]) => heading);
    expect(pictures).to.deep.equal(["A soak", "An invocation on the local engine", "A log record"]);
  });
});

/** Returns the folder and all folders below it, except empty folders, which git does not keep. */
function withFoldersBelow(folder: string): readonly string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  const below = entries
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => withFoldersBelow(`${folder}/${entry.name}`));
  return below.length > 0 || entries.some((entry) => entry.isFile()) ? [folder, ...below] : [];
}
