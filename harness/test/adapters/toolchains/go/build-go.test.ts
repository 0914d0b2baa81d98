import { expect } from "chai";
import { join } from "node:path";
import { env } from "node:process";
import { readCodePackage } from "../../../../src/adapters/toolchains/code-package.ts";
import { requireTool } from "../../../support/require-tool.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { describeInTestAll } from "../../../support/test-all.ts";

const MODULE = "module example.com/made\n\ngo 1.21\n";

describe("a folder with Go sources", () => {
  const folder = temporaryFolder();
  const made = folder.with;

  describeInTestAll("with Go on the PATH", function () {
    before(async function () {
      await requireTool(this, ["go", "version"]);
    });

    it("gets the runtime provided.al2023 and the handler bootstrap, and is built for this machine even if GOOS and GOARCH name another machine", async () => {
      const path = made("good", { "go.mod": MODULE, "main.go": "package main\n\nfunc main() {}\n" });
      const said: string[] = [];
      const read = await readCodePackage(path, null, {
        environment: { ...env, GOOS: "plan9", GOARCH: "arm" },
        report: (line) => said.push(line),
      });
      expect(read.ok ? [read.runtime, read.handler] : read.expected).to.deep.equal([
        "provided.al2023",
        "bootstrap",
      ]);
      expect(said).to.deep.equal([`go build in ${path}`]);
    });

    it("below the folder of its go.mod is built too", async () => {
      const path = made("module", {
        "go.mod": MODULE,
        "cmd/one/main.go": "package main\n\nfunc main() {}\n",
      });
      expect((await readCodePackage(join(path, "cmd/one"), null)).ok).to.equal(true);
    });

    it("that does not compile is refused with the compiler's message", async () => {
      const path = made("bad", { "go.mod": MODULE, "main.go": "package main\n\nfunc main() { x }\n" });
      const read = await readCodePackage(path, null);
      expect(read.ok ? "" : read.expected).to.equal(
        "a Go package that can be built, but go build said:\n# example.com/made\n./main.go:3:15: undefined: x",
      );
    });

    it("whose package main is in a subfolder is refused, and the message names the subfolder", async () => {
      const path = made("above", {
        "go.mod": MODULE,
        "one.go": "package one\n",
        "cmd/fn/main.go": "package main\n\nfunc main() {}\n",
      });
      expect(await readCodePackage(path, null)).to.deep.equal({
        ok: false,
        expected: "the folder with package main, which is its subfolder cmd/fn",
      });
    });

    it("without package main is refused", async () => {
      const path = made("library", { "go.mod": MODULE, "one.go": "package one\n" });
      expect(await readCodePackage(path, null)).to.deep.equal({
        ok: false,
        expected: "a folder with package main",
      });
    });
  });
});
