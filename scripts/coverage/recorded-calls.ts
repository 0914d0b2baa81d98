/** The recorded calls of test files, kept until a test or a file that it imports changes. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Importer } from "./import-graph.ts";
import type { RecordedCalls } from "./record-calls.ts";
import { runRecorded, type CallRecording } from "./run-recorded.ts";

const FOLDER = join("node_modules", ".cache", "longrun-coverage");

export async function recordedCalls(tests: readonly Importer[], workers: number): Promise<CallRecording> {
  mkdirSync(FOLDER, { recursive: true });
  const pathOf = ({ key }: Importer): string => join(FOLDER, `${key}.json`);
  const missing = tests.filter((one) => !existsSync(pathOf(one)));
  const { recorded, failed } =
    missing.length === 0
      ? { recorded: [], failed: [] }
      : await runRecorded(
          missing.map(({ test }) => test),
          workers,
        );
  for (const one of recorded) {
    const of = missing.find(({ test }) => test === one.test);
    if (of !== undefined) writeFileSync(pathOf(of), JSON.stringify(one));
  }
  const all = tests.filter((one) => existsSync(pathOf(one)));
  return {
    recorded: all.map((one) => JSON.parse(readFileSync(pathOf(one), "utf8")) as RecordedCalls),
    failed,
  };
}
