import { expect } from "chai";
import { readCodePackage } from "../../../../src/adapters/toolchains/code-package.ts";
import { requireTool } from "../../../support/require-tool.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { describeInTestAll } from "../../../support/test-all.ts";

const CARGO = '[package]\nname = "made"\nversion = "0.1.0"\nedition = "2021"\n';

describe("a Cargo package", () => {
  const folder = temporaryFolder();
  const made = folder.with;

  describeInTestAll("with Cargo on the PATH", function () {
    before(async function () {
      await requireTool(this, ["cargo", "--version"]);
    });

    it("is built as the bootstrap of provided.al2023", async () => {
      const read = await readCodePackage(
        made("good", { "Cargo.toml": CARGO, "src/main.rs": "fn main() {}\n" }),
        null,
      );
      expect(read.ok ? [read.runtime, read.handler] : read.expected).to.deep.equal([
        "provided.al2023",
        "bootstrap",
      ]);
    });

    it("with several programs requires the name of one", async () => {
      const path = made("several", {
        "Cargo.toml": CARGO,
        "src/bin/one.rs": "fn main() {}\n",
        "src/bin/two.rs": "fn main() {}\n",
      });
      const read = await readCodePackage(path, null);
      expect(read.ok ? "" : read.expected).to.match(
        /^--bin too, because it has several programs: (one, two|two, one)$/,
      );
      expect((await readCodePackage(path, null, { binary: "two" })).ok).to.equal(true);
      const other = await readCodePackage(path, null, { binary: "nope" });
      expect(other.ok ? "" : other.expected).to.match(
        /^--bin with the name of a program that it has \((one, two|two, one)\), not nope$/,
      );
    });

    it("that does not compile is refused with the compiler's message", async () => {
      const path = made("bad", { "Cargo.toml": CARGO, "src/main.rs": "fn main() { x }\n" });
      const read = await readCodePackage(path, null);
      expect(read.ok ? "" : read.expected).to.match(
        /^a Cargo package that can be built, but cargo build said:\n[^]*cannot find value `x` in this scope/,
      );
    });
  });
});
