/** Lists the log files of a path: a file itself, or every file below a folder. Their order does not matter to a judgement. */
import { existsSync, lstatSync, statSync } from "node:fs";
import { join } from "node:path";
import { wrongInput } from "../../base/errors.ts";
import { namesBelow } from "../node/names-below.ts";

/** Files that an export writes beside the logs, and other files without logs. */
const NOT_LOGS = /(?:^|\/)(?:\.|aws-logs-write-test$|cursor\.json$)|\.part$/;

/** Throws a usage error if the folder contains runs or no file. */
export function listLogFiles(path: string): readonly string[] {
  if (!isFolder(path)) return [path];
  const names = listed(path).sort();
  const runs = names.filter((name) => /(^|\/)journal\.jsonl$/.test(name));
  if (runs.length > 0) {
    const one = runs[0]?.replace(/\/?journal\.jsonl$/, "") ?? "";
    throw wrongInput(`${path}: expected one run directory or log files, found a folder of runs.`, {
      hint: `Name one of them: longrun analyze ${join(path, one)}`,
    });
  }
  const files = names
    .filter((name) => !NOT_LOGS.test(name))
    .map((name) => join(path, name))
    .filter(isFile);
  if (files.length === 0)
    throw wrongInput(`${path}: expected a run directory or a folder with log files, found neither.`);
  return files;
}

function listed(path: string): string[] {
  try {
    return namesBelow(path);
  } catch (error) {
    const { code, path: where } = error as NodeJS.ErrnoException;
    throw wrongInput(
      `${where ?? path}: expected a folder with log files, but it cannot be read (${code ?? String(error)}).`,
      { cause: error },
    );
  }
}

/**
 * Returns false for a file that was removed after it was listed. Refuses a link to a file: the folder may be from a stranger, and the user did
 * not name this file.
 */
function isFile(path: string): boolean {
  try {
    if (!statSync(path).isFile()) return false;
  } catch {
    return false;
  }
  if (!lstatSync(path).isSymbolicLink()) return true;
  throw wrongInput(
    `${path}: expected a log file, but it is a symbolic link, which is not followed inside a folder.`,
    { hint: "Give the path of the log itself." },
  );
}

/** Whether the folder is meant as a run: it has a manifest or a journal, even if something else is wrong with it. */
export function isRunFolder(path: string): boolean {
  return (
    isFolder(path) && (existsSync(join(path, "manifest.json")) || existsSync(join(path, "journal.jsonl")))
  );
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
