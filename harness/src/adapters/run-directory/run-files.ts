/**
 * The only way to open files of a run directory for reading. A run may be from a stranger, so no link in it is followed, nothing but regular
 * files is opened, and a file that is read whole has a largest size. The run's own folder may be a link, because the user named it.
 */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  type Stats,
} from "node:fs";
import { dirname, relative, sep } from "node:path";
import { wrongInput, type LongrunError } from "../../base/errors.ts";

export interface OpenedFile {
  readonly descriptor: number;
  readonly size: number;
}

/** The largest file that is read whole: a manifest, a plan or a result. The longest plan (PLAN_ENTRIES_MAX) is smaller. */
const WHOLE_BYTES_MAX = 256 << 20;

/** Returns null if there is no such file. `path` is below `folder`. The caller closes the descriptor. */
export function openRunFile(folder: string, path: string): OpenedFile | null {
  const listed = statusOf(folder, path);
  if (listed === null) return null;
  refuseOther(path, listed, "file");
  let descriptor: number;
  try {
    // A file could have been replaced since it was listed. With these flags a link is refused, and a named pipe does not block.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    throw unreadable(path, error);
  }
  try {
    const opened = fstatSync(descriptor);
    refuseOther(path, opened, "file");
    return { descriptor, size: opened.size };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** Returns null if there is no such file. */
export function readRunFile(folder: string, path: string): string | null {
  const file = openRunFile(folder, path);
  if (file === null) return null;
  try {
    if (file.size > WHOLE_BYTES_MAX)
      throw wrongInput(
        `${path}: expected a file of a run, at most ${WHOLE_BYTES_MAX >> 20} MiB, found ${Math.round(file.size / (1 << 20))} MiB.`,
      );
    const bytes = Buffer.alloc(file.size);
    let [read, more] = [0, 1];
    for (; read < bytes.length && more > 0; read += more)
      more = readSync(file.descriptor, bytes, { offset: read });
    return bytes.toString("utf8", 0, read);
  } finally {
    closeSync(file.descriptor);
  }
}

export function hasRunFile(folder: string, path: string): boolean {
  return statusOf(folder, path)?.isFile() ?? false;
}

/** The names in `path`, which is `folder` itself or a folder below it. Empty if there is no such folder. */
export function namesInRun(folder: string, path: string): readonly string[] {
  const what = path === folder ? null : statusOf(folder, path);
  if (path !== folder && what === null) return [];
  if (what !== null) refuseOther(path, what, "folder");
  try {
    return readdirSync(path);
  } catch (error) {
    if (isMissing(error)) return [];
    throw unreadable(path, error);
  }
}

/**
 * Throws if something in the folder is neither a file nor a folder. To be called before a run is continued: what is written then must not
 * reach through a link in the run.
 */
export function refuseStrangeFiles(folder: string): void {
  for (const [within, names] of [folder, `${folder}${sep}logs`].map(
    (one) => [one, namesInRun(folder, one)] as const,
  ))
    for (const name of names) {
      const path = `${within}${sep}${name}`;
      const what = statusOf(folder, path);
      if (what !== null && !what.isDirectory()) refuseOther(path, what, "file");
    }
}

/** What is at this path, without following a link. Null if there is nothing. Refuses a path that leads through a link. */
function statusOf(folder: string, path: string): Stats | null {
  for (let above = dirname(path); isBelow(folder, above); above = dirname(above)) {
    const what = listedAt(above);
    if (what === null) return null;
    refuseOther(above, what, "folder");
  }
  return listedAt(path);
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`);
}

function listedAt(path: string): Stats | null {
  try {
    return lstatSync(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw unreadable(path, error);
  }
}

function isMissing(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "");
}

function refuseOther(path: string, what: Stats, expected: "file" | "folder"): void {
  if (expected === "file" ? what.isFile() : what.isDirectory()) return;
  throw wrongInput(`${path}: expected a ${expected} of a run, but it is ${kindOf(what)}.`, {
    hint: "A run may be from somebody else, so nothing in it is followed or opened that is not a file of the run itself.",
  });
}

function kindOf(what: Stats): string {
  if (what.isSymbolicLink()) return "a symbolic link";
  if (what.isDirectory()) return "a folder";
  if (what.isFIFO()) return "a named pipe";
  if (what.isSocket()) return "a socket";
  return what.isFile() ? "a file" : "a device";
}

function unreadable(path: string, error: unknown): LongrunError {
  const { code } = error as NodeJS.ErrnoException;
  const why = code === "ELOOP" ? "it is a symbolic link" : (code ?? String(error));
  return wrongInput(`${path}: expected a file that can be read, but ${why}.`, {
    cause: error,
  });
}
