/** Judges what is recorded with the built command and writes what is expected of it from now on. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { goldenCases, unpackCase, writeExpectedResult } from "./cases.ts";
import { judgeByCommand } from "./judge-by-command.ts";
import { STORIES, storyArguments, storyNames, writeExpectedStories } from "./stories.ts";

export async function renewCases(command: string, progress: (line: string) => void): Promise<void> {
  for (const { name, arguments: given } of goldenCases()) {
    await inFolder(async (folder) => {
      unpackCase(name, folder);
      writeExpectedResult(name, await result(command, folder, given));
    });
    progress(`renewed ${name}`);
  }
  await inFolder(async (folder) => {
    unpackCase(STORIES, folder);
    const results: Record<string, unknown> = {};
    for (const name of storyNames())
      results[name] = await result(command, folder, storyArguments(folder, name));
    writeExpectedStories(results);
  });
  progress("renewed the stories");
}

async function result(command: string, folder: string, given: readonly string[]): Promise<unknown> {
  const { out, err } = await judgeByCommand(command, { folder, arguments: [...given, "--json"] });
  if (out === "") throw new Error(`${given.join(" ")} could not be judged: ${err}`);
  return JSON.parse(out) as unknown;
}

async function inFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "longrun-golden-"));
  try {
    await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
