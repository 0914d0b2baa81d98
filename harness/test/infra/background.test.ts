import { expect } from "chai";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env, execPath, pid } from "node:process";
import { processStart } from "../../src/engine/process/running/process-start.ts";
import { findBackground, startBackground, stopBackground } from "../../../scripts/infra/background.ts";

describe("infrastructure: processes that continue after a command", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "longrun-background-"));
  });
  afterEach(async () => {
    await stopBackground(join(folder, "note.json"));
    rmSync(folder, { recursive: true, force: true });
  });
  const start = (script: string, withinMs = 30_000) =>
    startBackground({
      noteFile: join(folder, "note.json"),
      logFile: join(folder, "log"),
      outFile: join(folder, "out"),
      program: execPath,
      args: ["-e", script],
      env,
      cwd: folder,
      ready: () =>
        Promise.resolve(
          existsSync(join(folder, "out")) && readFileSync(join(folder, "out"), "utf8") !== ""
            ? "tcp://127.0.0.1:7000"
            : null,
        ),
      withinMs,
      what: "The helper",
    });

  it("are found by their record and stopped", async () => {
    const started = await start("console.log('up'); setInterval(() => {}, 1000)");
    const found = findBackground(join(folder, "note.json"));
    const stopped = await stopBackground(join(folder, "note.json"));
    expect([found?.pid, stopped, existsSync(join(folder, "note.json"))]).to.deep.equal([
      started.pid,
      true,
      false,
    ]);
    // The parent may not have read the exit code of the ended process yet. Then that process still has its id, but no start time.
    expect(processStart(started.pid)).to.equal(null);
  });

  it("do not include another process that got the same id later", async () => {
    writeFileSync(join(folder, "note.json"), JSON.stringify({ pid, start: "another life" }));
    expect([
      findBackground(join(folder, "note.json")),
      await stopBackground(join(folder, "note.json")),
    ]).to.deep.equal([null, false]);
  });

  it("report why they did not start", async () => {
    const failure = await start("console.error('the port is taken'); process.exit(69)").then(
      () => "started",
      (error: Error) => error.message,
    );
    expect(failure).to.equal("The helper did not start: it ended with 69.\nthe port is taken");
  });
});
