import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import { buildFunctions, functionDesigns } from "../build.ts";
import { unzip } from "./function-process.ts";

const script = fileURLToPath(new URL("../build.ts", import.meta.url));
const TSX = pathToFileURL(createRequire(script).resolve("tsx")).href;
const BUILD_INTO = `import { buildFunctions } from ${JSON.stringify(script)}; await buildFunctions(process.argv[1]);`;

describe("the function bundles", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "longrun-build-"));
  });
  after(() => rm(folder, { recursive: true }));

  it("are one zip for each design", async () => {
    const zips = join(folder, "designs");
    await buildFunctions(zips);
    const designs = await functionDesigns();
    expect((await readdir(zips)).sort()).to.deep.equal(designs.map((design) => `${design}.zip`));
    expect(designs).to.include.members([
      "graceful-connect",
      "handler-connect",
      "init-connect",
      "lazy-connect",
    ]);
  });

  it("have the same bytes in every folder, at every time and in every time zone", async () => {
    const built = await buildFunctions(join(folder, "one"));
    const environment = { ...process.env, TZ: "Asia/Tokyo", LC_ALL: "C" };
    await promisify(execFile)(
      process.execPath,
      ["--import", TSX, "--input-type=module", "-e", BUILD_INTO, join(folder, "two")],
      { cwd: folder, env: environment },
    );
    for (const { design, path } of built) {
      const other = await readFile(join(folder, "two", `${design}.zip`));
      expect(other.equals(await readFile(path)), design).to.equal(true);
    }
  });

  it("contain one handler with its source map, and no path of this computer", async () => {
    for (const { path } of await buildFunctions(join(folder, "three"))) {
      const files = await unzip(await readFile(path));
      expect([...files.keys()]).to.deep.equal(["handler.mjs", "handler.mjs.map"]);
      for (const content of files.values())
        expect(content.includes(dirname(dirname(dirname(script))))).to.equal(false);
      expect(files.get("handler.mjs")?.toString())
        .to.match(/export \{\s*handler\s*\};/)
        .and.to.match(/sourceMappingURL=handler\.mjs\.map\s*$/);
    }
  });
});
