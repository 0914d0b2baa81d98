/** Tests that no two types have the same name, exported or private, because a reader or an import could confuse them. */
import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/adapters/node/assets.ts";

const FOLDERS = ["harness/src", "functions/src", "scripts"];
/** The last part of the pattern does not match `:` or `(`, so it leaves out the Python classes in template strings. */
const DECLARED = /^(?:export )?(?:declare )?(?:abstract )?(?:interface|type|class|enum) (\w+)(?=[ <])/gm;

function namedTypes(): readonly { readonly name: string; readonly file: string }[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(packageRoot(), folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => join(folder, path)),
  ).flatMap((file) =>
    [...readFileSync(join(packageRoot(), file), "utf8").matchAll(DECLARED)].map(([, name = ""]) => ({
      name,
      file,
    })),
  );
}

describe("types", () => {
  const types = namedTypes();

  it("have different names", () => {
    const again = types.filter(({ name }, index) => types.findIndex((one) => one.name === name) < index);
    expect(again).to.deep.equal([]);
  });

  it("are found", () => {
    expect(types.length).to.be.above(1000);
  });
});
