/** If terraform and tofu are missing, one line says which tests were skipped, and a run that requires all tools fails. */
import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env, execPath } from "node:process";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const MOCHA = [join(ROOT, "node_modules/mocha/bin/mocha.js"), "--no-config", "--extension", "ts"];
const OPTIONS = ["--node-option", "import=tsx", "--timeout", "60000", "--reporter", "dot"];

describe("infrastructure: without terraform and tofu", function () {
  this.timeout(600_000);
  const emptyPath = mkdtempSync(join(tmpdir(), "longrun-no-terraform-"));
  after(() => rmdirSync(emptyPath));
  const offlineTests = (required: string) =>
    spawnSync(execPath, [...MOCHA, ...OPTIONS, join(ROOT, "harness/test/infra/terraform.test.ts")], {
      cwd: ROOT,
      encoding: "utf8",
      env: { ...env, PATH: emptyPath, LONGRUN_TEST_ALL: "1", LONGRUN_REQUIRE_TOOLS: required },
    });

  it("make test-all says in one line which tests it skipped and why", () => {
    const { status, stdout, stderr } = offlineTests("");
    const said = stdout.split("\n").filter((line) => line.includes("skipped: "));
    expect([status, said.map((line) => line.trim())], stderr).to.deep.equal([
      0,
      ["skipped: the tests of infra/, because neither terraform nor tofu is on the PATH"],
    ]);
  });

  it(".ci/run fails because of the missing tools", () => {
    const { status, stdout } = offlineTests("1");
    expect(status).not.to.equal(0);
    expect(stdout).to.contain("terraform or tofu must be on the PATH here");
  });
});
