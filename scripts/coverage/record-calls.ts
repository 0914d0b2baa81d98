/**
 * Hooks of mocha which record, for each test file, the functions of the sources that its tests call. Module scope counts for no test, because
 * importing a file tests nothing of it. `LONGRUN_COVERAGE` is the file that gets one line of JSON for each test file (`RecordedCalls`).
 */
import { appendFileSync, readFileSync } from "node:fs";
import { Session, type Profiler } from "node:inspector/promises";
import { env } from "node:process";
import { fileURLToPath } from "node:url";
import { sourceAt, sourceStarts, type SourceStart } from "./source-starts.ts";

/** The names of the called functions by source file. A function without a name counts for its file alone. */
export interface RecordedCalls {
  readonly test: string;
  readonly calls: Readonly<Record<string, readonly string[]>>;
}

const BUNDLES = "/node_modules/.cache/longrun-tests/";
const session = new Session();
const byTest = new Map<string, Map<string, Set<string>>>();
const starts = new Map<string, readonly SourceStart[]>();

function startsIn(url: string): readonly SourceStart[] {
  const known = starts.get(url) ?? sourceStarts(readFileSync(fileURLToPath(url), "utf8"));
  starts.set(url, known);
  return known;
}

async function take(): Promise<Profiler.ScriptCoverage[]> {
  return (await session.post("Profiler.takePreciseCoverage")).result;
}

export const mochaHooks = {
  async beforeAll(): Promise<void> {
    session.connect();
    await session.post("Profiler.enable");
    await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  },
  async afterEach(this: Mocha.Context): Promise<void> {
    const bundled = this.currentTest?.file ?? "";
    const calls = byTest.get(bundled) ?? new Map<string, Set<string>>();
    byTest.set(bundled, calls);
    for (const { url, functions } of await take()) {
      if (!url.includes(BUNDLES)) continue;
      for (const { functionName, ranges } of functions) {
        const [range] = ranges;
        if (range === undefined || range.count === 0) continue;
        const source = sourceAt(startsIn(url), range.startOffset);
        if (source !== null) calls.set(source, (calls.get(source) ?? new Set()).add(functionName));
      }
    }
  },
  afterAll(): void {
    session.disconnect();
    for (const [bundled, calls] of byTest) {
      const test = bundled.replace(new RegExp(`^.*${BUNDLES}\\d+/`), "").replace(/\.js$/, ".ts");
      const line: RecordedCalls = {
        test,
        calls: Object.fromEntries([...calls].map(([source, names]) => [source, [...names].sort()])),
      };
      appendFileSync(env["LONGRUN_COVERAGE"] ?? "", `${JSON.stringify(line)}\n`);
    }
  },
};
