/** The sources and the tests of the rooms (folders of harness/src), and their mutants. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import settings from "../../.mocharc.json" with { type: "json" };
import { findMutants } from "./find-mutants.ts";
import { onOneLine, type Mutant } from "./mutant.ts";
import type { TestFiles } from "./test-bundle.ts";

/** The folders that decide the verdict. */
export const JUDGING_ROOMS = ["analysis", "evidence"] as const;
const SOURCES = "harness/src";
const TESTS = "harness/test";
/** Recorded evidence reaches every room that a judgement needs. */
const RECORDED = [`${TESTS}/golden/golden.test.ts`];
const EQUIVALENT = join(import.meta.dirname, "equivalent.jsonl");

/** A mutant that does the same as the code, so that no test can find it. Somebody looked at each entry. */
export interface EquivalentMutant {
  readonly file: string;
  readonly code: string;
  readonly becomes: string;
  readonly why: string;
}

export function isRoom(name: string): boolean {
  return filesIn(SOURCES, name, ".ts").length > 0 && filesIn(TESTS, name, ".test.ts").length > 0;
}

export function testFilesOf(rooms: readonly string[]): TestFiles {
  const own = rooms.flatMap((room) => filesIn(TESTS, room, ".test.ts"));
  return { required: settings.require.slice(1), tests: [...new Set([...own, ...RECORDED])] };
}

export interface RoomMutants {
  readonly mutants: readonly Mutant[];
  /** How many mutants were left out because they do the same as the code. */
  readonly equivalent: number;
  /** The entries of equivalent.jsonl for which these rooms have no mutant (any more). */
  readonly unknown: readonly EquivalentMutant[];
}

export function mutantsOfRooms(rooms: readonly string[]): RoomMutants {
  const files = [...new Set(rooms.flatMap((room) => filesIn(SOURCES, room, ".ts")))];
  const found = files.flatMap((file) => findMutants(file, readFileSync(file, "utf8")));
  const listed = equivalentMutants().filter(({ file }) => files.includes(file) || !existsSync(file));
  const isOf = (one: EquivalentMutant, mutant: Mutant): boolean =>
    one.file === mutant.file &&
    one.code === onOneLine(mutant.code) &&
    one.becomes === onOneLine(mutant.becomes);
  const mutants = found.filter((mutant) => !listed.some((one) => isOf(one, mutant)));
  return {
    mutants,
    equivalent: found.length - mutants.length,
    unknown: listed.filter((one) => !found.some((mutant) => isOf(one, mutant))),
  };
}

function equivalentMutants(): readonly EquivalentMutant[] {
  return readFileSync(EQUIVALENT, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as EquivalentMutant);
}

function filesIn(root: string, folder: string, ending: string): readonly string[] {
  const path = join(root, folder);
  if (folder === "" || folder.startsWith("..") || !existsSync(path)) return [];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(path, name));
}
