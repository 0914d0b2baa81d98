/**
 * Many small pieces of evidence in one bundle, made by harness/test/golden/make-stories.ts, with one folder for each piece. There are too many
 * expected results to read, so they are compressed, too.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { unpack } from "./bundle.ts";
import { bundlePath, withoutTexts } from "./cases.ts";

export const STORIES = "stories";

const path = bundlePath("stories.results");

export function storyNames(): readonly string[] {
  const files = unpack(readFileSync(bundlePath(STORIES)));
  return [...new Set(files.map((file) => file.path.slice(0, file.path.indexOf("/"))))];
}

/** Returns the arguments with which `longrun analyze` reads a story in the folder of unpacked stories: a run directory, or exported logs. */
export function storyArguments(folder: string, name: string): readonly string[] {
  if (existsSync(join(folder, name, "manifest.json"))) return [name];
  const peer = `${name}/peer.jsonl`;
  return [`${name}/logs`, ...(existsSync(join(folder, peer)) ? ["--peer-log", peer] : [])];
}

export function expectedStories(): Readonly<Record<string, unknown>> {
  const lines = gunzipSync(readFileSync(path)).toString("utf8").trimEnd().split("\n");
  return Object.fromEntries(lines.map((line) => JSON.parse(line) as [string, unknown]));
}

export function writeExpectedStories(results: Readonly<Record<string, unknown>>): void {
  const lines = Object.entries(results).map((entry) => `${JSON.stringify(withoutTexts(entry))}\n`);
  const content = lines.join("");
  // Versions of Node compress differently, so a file with the same content is not written again.
  if (existsSync(path) && gunzipSync(readFileSync(path)).toString("utf8") === content) return;
  writeFileSync(path, gzipSync(content, { level: 9 }));
}
