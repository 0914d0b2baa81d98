/**
 * Tests that `serve` loads little before its ready line: its bundle has few files, and the packages that are slow to load come later
 * (harness/bin/serve.ts). How long the start takes is a figure of `npm run bench -- until the engine`.
 */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { COMMAND, start } from "./built-command.ts";

/** The files and packages that Node loads before it runs the first line of a file. */
function loadedFirst(entry: string): {
  readonly files: readonly string[];
  readonly packages: readonly string[];
} {
  const files = new Set([entry]);
  const packages = new Set<string>();
  for (const file of files)
    for (const [, name = ""] of readFileSync(file, "utf8").matchAll(
      /^(?:import|\} from) ?(?:.* from )?"([^"]+)";$/gm,
    ))
      if (name.startsWith(".")) files.add(join(dirname(file), name));
      else if (!name.startsWith("node:")) packages.add(name.split("/")[0] ?? name);
  return { files: [...files], packages: [...packages] };
}

describe("the bundle of `longrun serve`", () => {
  it("has few files, and no package that is slow to load, before the engine is ready", () => {
    const { files, packages } = loadedFirst(join(dirname(COMMAND), "serve.js"));
    expect(packages).to.deep.equal(["pure-rand"]);
    expect(files.length).to.be.within(2, 8);
  });

  it("finds the command of a flag that `serve` does not have in the other bundle", async () => {
    const { code, err } = await start(["serve", "--code", "handler.mjs"], { cwd: dirname(COMMAND) }).ended;
    expect(code).to.equal(64);
    expect(err).to.contain("it is a flag of longrun soak");
  });
});
