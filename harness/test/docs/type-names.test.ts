/** Tests that no two exported types have the same name, because a reader or an import could confuse them. */
import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/adapters/node/assets.ts";

const FOLDERS = ["harness/src", "functions/src", "scripts"];

function exportedTypes(): readonly { readonly name: string; readonly file: string }[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(packageRoot(), folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => join(folder, path)),
  ).flatMap((file) =>
    [
      ...readFileSync(join(packageRoot(), file), "utf8").matchAll(/^export (?:interface|type|class) (\w+)/gm),
    ].map(([, name = ""]) => ({ name, file })),
  );
}

describe("exported types", () => {
  const types = exportedTypes();

  it("have different names", () => {
    const again = types.filter(({ name }, index) => types.findIndex((one) => one.name === name) < index);
    expect(again).to.deep.equal([]);
  });

  it("are found", () => {
    expect(types.length).to.be.above(500);
  });
});
