/** A file that a flag names may be a pipe, such as `<(command)`. For a folder, or a file without an end, the user gets a sentence. */
import { expect } from "chai";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { readGivenFile, readGivenText } from "../../../src/adapters/node/read-given-file.ts";
import { longrun } from "../../cli/memory-machine.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const LOG = "harness/test/adapters/log-formats/example/events.json";

describe("a file that a flag names", () => {
  const folder = temporaryFolder();
  const soak = ["soak", "--function", "init-connect"] as const;

  it("is read from a named pipe, also in several pieces", async () => {
    const pipe = join(folder.path(), "event.json");
    execFileSync("mkfifo", [pipe]);
    const writer = spawn("sh", ["-c", `{ head -c 200000 /dev/zero | tr '\\0' a; echo b; } > "${pipe}"`]);
    expect(readGivenText(pipe)).to.equal(`${"a".repeat(200_000)}b\n`);
    await once(writer, "exit");
  });

  it("is refused with a code if it has no end, or is a folder", () => {
    expect(() => readGivenFile("/dev/zero"))
      .to.throw()
      .with.property("code", "EFBIG");
    expect(() => readGivenFile(folder.path()))
      .to.throw()
      .with.property("code", "EISDIR");
  });

  for (const [flag, command] of [
    ["--event", soak],
    ["--profile", soak],
    ["--platform", soak],
    ["--terraform-outputs", ["soak"]],
    ["--metrics-file", ["analyze", LOG]],
    ["--peer-log", ["analyze", LOG]],
  ] as const)
    it(`is refused with a sentence by ${command[0]} if ${flag} is a folder`, async () => {
      const { code, err } = await longrun([...command, flag, folder.path()]);
      expect(
        { code, says: /it is a folder|cannot be read \(EISDIR\)|but EISDIR/.test(err) },
        err,
      ).to.deep.equal({
        code: 64,
        says: true,
      });
    });

  it("is refused with a sentence if it has no end", async () => {
    for (const flag of ["--event", "--profile", "--platform", "--terraform-outputs"]) {
      const { code, err } = await longrun([...soak, flag, "/dev/zero"]);
      expect(code, err).to.equal(64);
      expect(err).to.match(/it is longer than 64 MiB/);
    }
  });

  it("of replay is refused with a sentence if it is a folder", async () => {
    const { code, err } = await longrun(["replay", folder.path()]);
    expect(code).to.equal(64);
    expect(err).to.match(/expected a schedule file that can be read, but it is a folder/);
  });
});
