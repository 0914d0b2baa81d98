/**
 * Many small pieces of evidence in one bundle, with one folder for each piece. `random` has the stories of harness/test/golden/make-stories.ts,
 * and `told` has those that the tests of the judgement tell, as `npm run golden:renew -- --stories` recorded them. Stories resemble each other
 * over long distances, so brotli makes the files a fifth of what gzip does. There are too many expected results to read them all. So they are
 * compressed too, and a file of essentials has one line for each story.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { writeFiles, type BundledFile } from "./bundle.ts";
import { RUNS, withoutTexts } from "./cases.ts";

export const STORY_BUNDLES = ["random", "told"] as const;
export type StoryBundle = (typeof STORY_BUNDLES)[number];

/** Evidence, and the flags with which `longrun analyze` judges it. */
export interface Story {
  /** The test that told the story, or how the story was made. */
  readonly of: string;
  readonly arguments: readonly string[];
  readonly files: readonly BundledFile[];
}

const pathOf = (bundle: StoryBundle, what: string): string => join(RUNS, `stories.${bundle}.${what}`);

/** Returns the stories by their numbers, which are the names of their folders. */
export function readStories(bundle: StoryBundle): ReadonlyMap<string, Story> {
  const stories = readLines<Story>(pathOf(bundle, "jsonl.br"));
  return new Map(stories.map((story, index) => [String(index + 1).padStart(4, "0"), story]));
}

export function writeStories(bundle: StoryBundle, stories: readonly Story[]): void {
  writeLines(pathOf(bundle, "jsonl.br"), stories);
}

/** Writes the files of a story into a folder with its name. Returns the arguments of `longrun analyze` in the folder above it. */
export function unpackStory(name: string, story: Story, folder: string): readonly string[] {
  writeFiles(story.files, join(folder, name));
  const has = (path: string): boolean => story.files.some((file) => file.path === path);
  if (has("manifest.json")) return [name, ...story.arguments];
  const peer = has("peer.jsonl") ? ["--peer-log", `${name}/peer.jsonl`] : [];
  return [`${name}/logs`, ...peer, ...story.arguments];
}

export function expectedStories(bundle: StoryBundle): Readonly<Record<string, unknown>> {
  return Object.fromEntries(readLines<[string, unknown]>(pathOf(bundle, "results.jsonl.br")));
}

export function writeExpectedStories(bundle: StoryBundle, results: Readonly<Record<string, unknown>>): void {
  writeLines(pathOf(bundle, "results.jsonl.br"), Object.entries(results).map(withoutTexts));
}

export function expectedEssentials(bundle: StoryBundle): string {
  return readFileSync(pathOf(bundle, "essentials.jsonl"), "utf8");
}

export function writeEssentials(bundle: StoryBundle, text: string): void {
  writeFileSync(pathOf(bundle, "essentials.jsonl"), text);
}

function readLines<T>(path: string): readonly T[] {
  if (!existsSync(path)) return [];
  const text = brotliDecompressSync(readFileSync(path)).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}

function writeLines(path: string, values: readonly unknown[]): void {
  const content = values.map((value) => `${JSON.stringify(value)}\n`).join("");
  // Versions of Node compress differently, so a file with the same content is not written again.
  if (existsSync(path) && brotliDecompressSync(readFileSync(path)).toString("utf8") === content) return;
  const { BROTLI_PARAM_LGWIN, BROTLI_MAX_WINDOW_BITS, BROTLI_PARAM_SIZE_HINT } = constants;
  writeFileSync(
    path,
    brotliCompressSync(content, {
      params: {
        [BROTLI_PARAM_LGWIN]: BROTLI_MAX_WINDOW_BITS,
        [BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
  );
}
