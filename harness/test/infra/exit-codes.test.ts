import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { env, execPath } from "node:process";
import { join } from "node:path";
import { packageRoot } from "../../src/adapters/node/assets.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

describe("infrastructure: exit codes for scripts (docs/deploy.md)", () => {
  const place = temporaryFolder();
  const run = (program: string, args: readonly string[]) => {
    const { status, stderr } = spawnSync(program, args, {
      cwd: packageRoot(),
      encoding: "utf8",
      env: { ...env, TARGET: "local", LONGRUN_DATA: join(place.path(), "none"), MAKEFLAGS: "" },
    });
    return { status, stderr };
  };

  it("are printed by make, which itself ends with 2 for every error", () => {
    // Skip the build that make would do first.
    const { status, stderr } = run("make", ["--no-print-directory", "-o", "build", "longrun"]);
    expect([status, /Nothing is deployed on local\.[^]*Error 69/.test(stderr)], stderr).to.deep.equal([
      2,
      true,
    ]);
  });

  it("are the exit codes of the command that make runs", () => {
    const { status, stderr } = run(execPath, ["--import", "tsx", "scripts/infra/infra.ts", "longrun"]);
    expect(status, stderr).to.equal(69);
  });
});
