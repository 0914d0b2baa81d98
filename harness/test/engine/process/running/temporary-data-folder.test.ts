import { expect } from "chai";
import { mkdirSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { env, pid, platform } from "node:process";
import { makeTemporaryDataFolder } from "../../../../src/engine/process/running/temporary-data-folder.ts";
import { LongrunError } from "../../../../src/base/errors.ts";
import { processStart } from "../../../../src/engine/process/running/process-start.ts";
import { FailingCalls } from "../../support/failing-calls.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

describe("temporary data folders", () => {
  const folder = temporaryFolder();
  let before: string | undefined;
  beforeEach(() => {
    before = env["TMPDIR"];
    env["TMPDIR"] = folder.path();
  });
  afterEach(() => {
    if (before === undefined) delete env["TMPDIR"];
    else env["TMPDIR"] = before;
  });

  it("of killed processes are removed when the next folder is made, and all others are kept", async () => {
    const namespace = platform === "linux" ? readlinkSync("/proc/self/ns/pid").replaceAll(/\D/g, "") : "0";
    const start = processStart(pid)?.replaceAll(/[^0-9A-Za-z]/g, "_") ?? "";
    const make = (owner: number, started: string, container: string): string => {
      const name = `longrun-engine-${owner}-${started}-${container}-abcdef`;
      mkdirSync(join(folder.path(), name, "environments"), { recursive: true });
      return name;
    };
    const kept = [make(pid, start, namespace), make(pid, "1", "1")];
    // A process with this id lives, but it started at another time.
    make(pid, "1", namespace);
    writeFileSync(
      join(folder.path(), `longrun-engine-${pid}-1-${namespace}-abcdef`, "file"),
      "of a dead engine",
    );
    const first = await makeTemporaryDataFolder();
    const second = await makeTemporaryDataFolder();
    expect(readdirSync(folder.path()).sort()).to.deep.equal(
      [...kept, basename(first), basename(second)].sort(),
    );
  });

  it("of living processes are kept if no descriptor is left to look at these processes", async function () {
    if (platform !== "linux") return this.skip();
    const living = basename(await makeTemporaryDataFolder());
    const calls = new FailingCalls();
    try {
      let failed = 0;
      for (let nth = 1; ; nth += 1) {
        let count = 0;
        calls.arm((call) => call.includes("process-state") && (count += 1) === nth);
        const made = await makeTemporaryDataFolder().catch((error: unknown) => error);
        calls.disarm();
        expect(readdirSync(folder.path())).to.include(living);
        if (calls.failed === null) break;
        failed += 1;
        expect(made).to.be.an.instanceOf(LongrunError).with.property("code", "unavailable");
      }
      expect(failed).to.be.greaterThan(1);
    } finally {
      calls.close();
    }
  });
});
