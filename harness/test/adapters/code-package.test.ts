import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { fromBufferPromise } from "yauzl";
import { ZipFile } from "yazl";
import { readCodePackage } from "../../src/adapters/node/code-package.ts";
import { temporaryFolder } from "./temporary-folder.ts";

async function zipOf(names: readonly string[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const name of names) zip.addBuffer(Buffer.from("export const handler = async () => 1;"), name);
  zip.end();
  return buffer(zip.outputStream);
}

async function namesIn(zip: Uint8Array): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const entry of (await fromBufferPromise(Buffer.from(zip))).eachEntry())
    names.push(entry.fileName);
  return names;
}

describe("readCodePackage", () => {
  const folder = temporaryFolder();
  const file = (name: string, content: string | Buffer): string => {
    const path = join(folder.path(), name);
    writeFileSync(path, content);
    return path;
  };

  it("packs a module under its own name, and names the handler after it", async () => {
    const read = await readCodePackage(file("my handler.mjs", "export const handler = async () => 1;"), null);
    expect(read.ok && [read.handler, await namesIn(read.zip)]).to.deep.equal([
      "my-handler.handler",
      ["my-handler.mjs"],
    ]);
  });

  it("packs the same module into the same bytes", async () => {
    const path = file("one.mjs", "export const handler = async () => 1;");
    expect(await readCodePackage(path, null)).to.deep.equal(await readCodePackage(path, null));
  });

  for (const { handler, names } of [
    { handler: null, names: ["index.mjs"] },
    { handler: "index.handler", names: ["index.js", "package.json"] },
    { handler: "src/app.main", names: ["src/app.cjs"] },
  ]) {
    it(`takes a zip with ${names.join(", ")} for ${handler ?? "the default handler"}`, async () => {
      const read = await readCodePackage(file("a.zip", await zipOf(names)), handler);
      expect(read.ok && read.handler).to.equal(handler ?? "index.handler");
    });
  }

  for (const { title, handler, content, expected } of [
    {
      title: "a text",
      handler: null,
      content: () => Promise.resolve(Buffer.from("no zip")),
      expected: /^a zip file, but /,
    },
    {
      title: "half a zip",
      handler: null,
      content: async () => (await zipOf(["index.mjs"])).subarray(0, 60),
      expected: /^a zip file, but /,
    },
    {
      title: "another module",
      handler: null,
      content: () => zipOf(["app.mjs"]),
      expected: /^index\.js, \.mjs or \.cjs inside for the handler index\.handler; it has app\.mjs$/,
    },
    {
      title: "no module",
      handler: null,
      content: () => zipOf(["readme.txt"]),
      expected: /it has no module at all$/,
    },
    {
      title: "a handler without an export",
      handler: "index",
      content: () => zipOf(["index.mjs"]),
      expected: /^a handler such as index\.handler, not index$/,
    },
  ]) {
    it(`refuses ${title}`, async () => {
      const read = await readCodePackage(file("b.zip", await content()), handler);
      expect(read.ok).to.equal(false);
      expect(read.ok ? "" : read.expected).to.match(expected);
    });
  }

  it("refuses a file that is not there", async () => {
    expect(await readCodePackage(join(folder.path(), "none.zip"), null)).to.deep.equal({
      ok: false,
      expected: "a file that can be read, but ENOENT",
    });
  });
});
