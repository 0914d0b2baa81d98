/** A run directory from a stranger: whatever is in the place of one of its files, every command ends with a sentence and shows nothing else. */
import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openFileRunStore } from "../../../src/adapters/run-directory/file-run-store.ts";
import { hasRunFile, openRunFile, readRunFile } from "../../../src/adapters/run-directory/run-files.ts";
import { longrun } from "../../cli/memory-machine.ts";
import { unpackCase } from "../../../../scripts/golden/cases.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const SECRET = "zq-somebody-elses-secret";

const KINDS: readonly (readonly [kind: string, says: RegExp, put: (path: string, secret: string) => void])[] =
  [
    ["a symbolic link to a file", /is a symbolic link/, (path, secret) => symlinkSync(secret, path)],
    ["a link to a file that is missing", /is a symbolic link/, (path) => symlinkSync("nowhere", path)],
    ["a link to a device", /is a symbolic link/, (path) => symlinkSync("/dev/zero", path)],
    ["a named pipe", /is a named pipe/, (path) => void execFileSync("mkfifo", [path])],
    ["a folder", /is a folder/, (path) => void mkdirSync(path)],
  ];
const FILES = [
  "manifest.json",
  "plan.json",
  "journal.jsonl",
  "journal.jsonl.0001",
  "metrics.jsonl",
  "logs/init-connect.jsonl",
  "logs/peer-init-connect.jsonl",
  "logs/link-init-connect.jsonl",
  "logs/applied.jsonl",
];

describe("a run directory from a stranger", () => {
  const folder = temporaryFolder();
  const commands = (run: string): readonly (readonly string[])[] => [
    ["analyze", run],
    ["report", run, "--format", "html"],
    ["report", run, "--compare", run],
    ["redact", run, "--out", join(folder.path(), "copy")],
    ["calibrate", run],
    ["soak", "--resume", run],
  ];
  const prepare = (): { readonly run: string; readonly secret: string } => {
    const run = folder.with("run", {});
    unpackCase("killed", run);
    const secret = join(folder.path(), "secret.txt");
    writeFileSync(secret, `${SECRET}\n`);
    return { run, secret };
  };
  const refusedByAll = async (run: string, says: RegExp): Promise<void> => {
    for (const command of commands(run)) {
      const { code, out, err } = await longrun(command);
      expect(code, command.join(" ")).to.equal(64);
      expect(err, command.join(" ")).to.match(says);
      expect(out + err).not.to.include(SECRET);
    }
  };

  for (const [kind, says, put] of KINDS)
    it(`is refused by every command if ${kind} is in the place of any of its files`, async () => {
      const { run, secret } = prepare();
      for (const name of FILES) {
        const [path, kept] = [join(run, name), join(folder.path(), "kept")];
        const existed = hasRunFile(run, path);
        if (existed) renameSync(path, kept);
        put(path, secret);
        await refusedByAll(run, says);
        rmSync(path, { recursive: true });
        if (existed) renameSync(kept, path);
      }
      expect((await longrun(["analyze", run])).code).not.to.equal(64);
    }).timeout(60_000);

  it("is refused by every command if its logs are a link to another folder, or a file", async () => {
    const { run } = prepare();
    renameSync(join(run, "logs"), join(folder.path(), "elsewhere"));
    symlinkSync(join(folder.path(), "elsewhere"), join(run, "logs"));
    await refusedByAll(run, /logs: expected a folder of a run, but it is a symbolic link/);
    rmSync(join(run, "logs"));
    writeFileSync(join(run, "logs"), "");
    await refusedByAll(run, /logs: expected a folder of a run, but it is a file/);
  });

  it("is read if the run's own folder is a link, because the user named it", async () => {
    const { run } = prepare();
    const link = join(folder.path(), "latest");
    symlinkSync(run, link);
    const [there, here] = [await longrun(["analyze", link]), await longrun(["analyze", run])];
    expect({ code: there.code, err: there.err }).to.deep.equal({ code: here.code, err: here.err });
  });

  it("is not continued through a link: nothing outside of it is written", () => {
    for (const name of [".owner", ".reserve", "manifest.json.tmp", "logs/other.jsonl", "result.json.tmp"]) {
      const { run, secret } = prepare();
      symlinkSync(secret, join(run, name));
      expect(() => openFileRunStore(run, { resume: true }), name).to.throw(/is a symbolic link/);
      expect(readFileSync(secret, "utf8")).to.equal(`${SECRET}\n`);
      rmSync(run, { recursive: true });
    }
  });

  it("has no file that is longer than what is read whole", () => {
    const { run } = prepare();
    const path = join(run, "plan.json");
    execFileSync("truncate", ["-s", "300M", path]);
    expect(() => readRunFile(run, path)).to.throw(
      /plan\.json: expected a file of a run, at most 256 MiB, found 300 MiB/,
    );
    expect(openRunFile(run, join(run, "absent", "file.json"))).to.equal(null);
  });

  it("may be a folder of logs too, in which no link to a file is followed", async () => {
    const { secret } = prepare();
    const logs = folder.with("exported", { "a.log": "START RequestId: 1\n" });
    symlinkSync(secret, join(logs, "b.log"));
    const { code, out, err } = await longrun(["analyze", logs]);
    expect({ code, out }).to.deep.equal({ code: 64, out: "" });
    expect(err).to.match(/b\.log: expected a log file, but it is a symbolic link/);
    expect(err).not.to.include(SECRET);
  });
});
