/** Checks a folder before anything is started. The check makes no folder, so none is left behind if other settings have a mistake. */
import { accessSync, constants, existsSync, readdirSync, rmdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "../adapters/node/make-folder.ts";
import { wrongInput } from "../base/errors.ts";
import type { Problem } from "../settings/problem.ts";

/** `where` is the flag as it was given. */
export function newFolderProblems(folder: string, where: string): readonly Problem[] {
  const wrong = wrongWithNewFolder(folder);
  return wrong === null ? [] : [{ where, text: `expected a new or an empty folder, but ${wrong}` }];
}

export function usableFolderProblems(folder: string, where: string): readonly Problem[] {
  const wrong = wrongWithFolder(folder);
  return wrong === null
    ? []
    : [{ where, text: `expected a folder that can be made and written to, but ${wrong}` }];
}

function wrongWithNewFolder(folder: string): string | null {
  const wrong = wrongWithFolder(folder);
  if (wrong !== null) return wrong;
  try {
    return readdirSync(folder).length === 0 ? null : "there is something in it";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? null : (code ?? String(error));
  }
}

function wrongWithFolder(folder: string): string | null {
  try {
    if (!statSync(folder).isDirectory()) return "a file is in the way";
    accessSync(folder, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOTDIR") return "a file is in the way";
    if (code === "ENOENT" && dirname(folder) !== folder) return wrongWithFolder(dirname(folder));
    return `${code ?? String(error)} at ${folder}`;
  }
}

/**
 * Reports problems that the check could not show, such as a file system that takes no folders. Returns a function that removes the folder
 * if it was made here and is still empty.
 */
export function makeFolderFor(flag: string, folder: string): () => void {
  const existed = existsSync(folder);
  try {
    makeFolder(folder);
    return () => {
      if (!existed && existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
    };
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    throw wrongInput(`${flag} ${folder}: expected a folder that can be made and written to, but ${why}.`, {
      cause: error,
    });
  }
}
