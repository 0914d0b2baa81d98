import { expect } from "chai";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { fromBufferPromise } from "yauzl";
import { ZipFile } from "yazl";
import { readCodePackage } from "../../../../src/adapters/toolchains/code-package.ts";
import { requireTool } from "../../../support/require-tool.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { itInTestAll, itOnce } from "../../../support/test-all.ts";

const APP = "def handler(event, context): ...\n";

async function zipOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return buffer(zip.outputStream);
}

describe("the packages of a requirements.txt", () => {
  const folder = temporaryFolder();
  let lines: string[];
  before(async function () {
    await requireTool(this, ["python3", "-m", "pip", "--version"]);
  });

  /** Writes a wheel, so that pip asks no registry, and returns the line of a requirements.txt that names it. */
  async function wheel(): Promise<string> {
    const file = join(folder.path(), "mine-1-py3-none-any.whl");
    const about = "Metadata-Version: 2.1\nName: mine\nVersion: 1\n";
    const content = {
      "mine.py": "",
      "mine-1.dist-info/METADATA": about,
      "mine-1.dist-info/WHEEL":
        "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
      "mine-1.dist-info/RECORD": "",
    };
    writeFileSync(file, await zipOf(content));
    return `${file}\n`;
  }

  /** Makes a package of a folder or a zip. Returns the modules in the package, or the reason why there is no package. */
  async function modulesOf(
    form: "folder" | "zip",
    files: Readonly<Record<string, string>>,
  ): Promise<unknown> {
    lines = [];
    const code = join(folder.path(), form === "zip" ? "app.zip" : "app");
    if (form === "zip") writeFileSync(code, await zipOf(files));
    else {
      mkdirSync(join(code, "mine-1.dist-info"), { recursive: true });
      for (const [name, text] of Object.entries(files)) writeFileSync(join(code, name), text);
    }
    const taken = await readCodePackage(code, null, {
      environment: { ...process.env, XDG_CACHE_HOME: join(folder.path(), "cache") },
      report: (line) => void lines.push(line.replace(/ \/.*/, "")),
    });
    if (!taken.ok) return taken.expected;
    const names: string[] = [];
    for await (const { fileName } of (await fromBufferPromise(Buffer.from(taken.zip))).eachEntry())
      if (fileName.endsWith(".py")) names.push(fileName);
    return names;
  }

  itInTestAll(
    "are installed and packed beside the modules of a zip, and are not installed again for the same content",
    async () => {
      const files = { "app.py": APP, "requirements.txt": await wheel() };
      expect(await modulesOf("zip", files)).to.deep.equal(["app.py", "mine.py"]);
      expect(lines).to.deep.equal(["pip install -r"]);
      expect(await modulesOf("zip", files)).to.deep.equal(["app.py", "mine.py"]);
      expect(lines).to.deep.equal([]);
    },
  );

  for (const form of ["folder", "zip"] as const)
    itOnce(`are not installed if the ${form} already contains packages that pip installed`, async () => {
      const files = { "app.py": APP, "requirements.txt": await wheel(), "mine-1.dist-info/METADATA": "" };
      expect(await modulesOf(form, files)).to.deep.equal(["app.py"]);
      expect(lines).to.deep.equal([
        "requirements.txt is not installed: the package already contains packages that pip installed",
      ]);
    });

  itInTestAll("that cannot be installed are refused with pip's message", async () => {
    const missing = join(folder.path(), "none-1-py3-none-any.whl");
    const why = await modulesOf("zip", { "app.py": APP, "requirements.txt": `${missing}\n` });
    expect(why)
      .to.match(/^requirements that can be installed, but pip said:\n/)
      .and.to.include(`'${missing}' looks like a filename, but the file does not exist`);
  });
});
