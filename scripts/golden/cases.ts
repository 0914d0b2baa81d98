/** The recorded runs in harness/test/golden/runs, which cases.json lists. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unpack, writeFiles } from "./bundle.ts";
import { readableJson } from "./readable-json.ts";

const GOLDEN = join(import.meta.dirname, "..", "..", "harness", "test", "golden");
export const RUNS = join(GOLDEN, "runs");

export interface GoldenCase {
  readonly name: string;
  /** What this run shows and no other case does. */
  readonly shows: string;
  /** How the evidence was made, so that it can be made again. */
  readonly recordedWith: string;
  /** The arguments of `longrun analyze` in the unpacked folder. */
  readonly arguments: readonly string[];
}

export function goldenCases(): readonly GoldenCase[] {
  return JSON.parse(readFileSync(join(GOLDEN, "cases.json"), "utf8")) as readonly GoldenCase[];
}

export const bundlePath = (name: string): string => join(RUNS, `${name}.jsonl.gz`);
const resultPath = (name: string): string => join(RUNS, `${name}.result.json`);

/** The folder must be empty. */
export function unpackCase(name: string, folder: string): void {
  writeFiles(unpack(readFileSync(bundlePath(name))), folder);
}

/** False for a new case, until renew.ts has written its expected result. */
export const hasExpectedResult = (name: string): boolean => existsSync(resultPath(name));

export function expectedResult(name: string): unknown {
  return JSON.parse(readFileSync(resultPath(name), "utf8"));
}

export function writeExpectedResult(name: string, result: unknown): void {
  writeFileSync(resultPath(name), readableJson(withoutTexts(result)));
}

/** Leaves out the sentences (members `text`): separate files have them (harness/test/golden/sentences.ts). */
export function withoutTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTexts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== "text")
      .map(([name, one]) => [name, withoutTexts(one)]),
  );
}
