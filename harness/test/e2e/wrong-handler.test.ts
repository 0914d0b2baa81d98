import { expect } from "chai";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { itInTestAll, itOnce } from "../support/test-all.ts";
import { run } from "./built-command.ts";

async function zipOf(name: string, content: string): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

describe("a package whose handler cannot be loaded", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();

  for (const { title, test, file, content, says } of [
    {
      title: "CommonJS that exports another name",
      test: itOnce,
      file: "index.cjs",
      content: "exports.other = async () => 1;",
      says: "Runtime.HandlerNotFound: index.handler is undefined or not exported",
    },
    {
      title: "an import that is not in the package",
      test: itInTestAll,
      file: "index.mjs",
      content: 'import "no-such-package"; export const handler = async () => 1;',
      says: "Cannot find package 'no-such-package'",
    },
    {
      title: "a syntax error",
      test: itInTestAll,
      file: "index.mjs",
      content: "export const handler = (",
      says: "Runtime.UserCodeSyntaxError",
    },
  ]) {
    test(`makes soak report the reason after the first invocation, exit with 64 and leave no run: ${title}`, async () => {
      writeFileSync(join(folder.path(), "bad.zip"), await zipOf(file, content));
      const flags = ["--code", "bad.zip", "--platform", "calm", "--duration", "60s", "--out", "run"];
      const { code, out, err } = await run(["soak", ...flags], folder.path());
      expect({ code, out, files: readdirSync(folder.path()) }).to.deep.equal({
        code: 64,
        out: "",
        files: ["bad.zip"],
      });
      expect(err)
        .to.include("bad: expected a handler that can be loaded, but ")
        .and.to.include(says)
        .and.to.include("The handler is index.handler (--handler)");
    });
  }

  itInTestAll("makes explore report the reason and leave no folder", async () => {
    writeFileSync(join(folder.path(), "bad.zip"), await zipOf("index.cjs", "exports.other = async () => 1;"));
    const flags = ["--code", "bad.zip", "--depth", "1", "--runs", "0", "--out", "search"];
    const { code, err } = await run(["explore", ...flags], folder.path());
    expect({ code, files: readdirSync(folder.path()) }).to.deep.equal({ code: 64, files: ["bad.zip"] });
    expect(err).to.include(
      "bad: expected a handler that can be loaded, but Runtime.HandlerNotFound: index.handler is undefined or not exported",
    );
  });
});
