/** Runs test files from bundles and returns which functions of the sources each of them calls. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env, execPath } from "node:process";
import settings from "../../.mocharc.json" with { type: "json" };
import { bundledPath, bundleTests, removeBundles } from "../bundle-tests.ts";
import type { RecordedCalls } from "./record-calls.ts";

const HOOKS = "scripts/coverage/record-calls.ts";
const REQUIRED = [...settings.require, HOOKS];
export interface CallRecording {
  readonly recorded: readonly RecordedCalls[];
  /** What mocha printed of groups in which a test failed. Their calls are recorded too. */
  readonly failed: readonly string[];
}

/** More files in one process save its start; fewer make the workers end at about the same time. */
const GROUP = 5;

export async function runRecorded(tests: readonly string[], workers: number): Promise<CallRecording> {
  const folder = mkdtempSync(join(tmpdir(), "longrun-coverage-"));
  const file = join(folder, "calls.jsonl");
  writeFileSync(file, "");
  const waiting = Array.from({ length: Math.ceil(tests.length / GROUP) }, (_, n) =>
    tests.slice(n * GROUP, (n + 1) * GROUP),
  );
  const failed: string[] = [];
  const work = async (): Promise<void> => {
    for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
      const { code, output } = await run(group, file);
      if (code !== 0) failed.push(output);
    }
  };
  try {
    await bundleTests([...tests, ...REQUIRED]);
    await Promise.all(Array.from({ length: workers }, work));
    const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
    return { recorded: lines.map((line) => JSON.parse(line) as RecordedCalls), failed };
  } finally {
    removeBundles();
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(
  tests: readonly string[],
  file: string,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn(
    execPath,
    [
      ...["--enable-source-maps", "node_modules/mocha/lib/cli/cli.js", "--no-config"],
      ...REQUIRED.flatMap((one) => ["--require", bundledPath(one)]),
      ...["--reporter", settings.reporter, "--timeout", String(settings.timeout)],
      ...tests.map(bundledPath),
    ],
    { stdio: ["ignore", "pipe", "pipe"], env: { ...env, LONGRUN_COVERAGE: file } },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, output })));
}
