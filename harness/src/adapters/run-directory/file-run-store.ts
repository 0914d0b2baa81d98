/**
 * The run directory on a real disk. Lines go out by single appends before anybody acts on them; whole files go to a
 * temporary name and are renamed. When the disk is full, room kept back at the start is freed, so that the run can
 * still be ended, judged and written down.
 */
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { kill, pid } from "node:process";
import { isLongrunError, LongrunError } from "../../domain/errors.ts";
import type { RunStore } from "../../ports/run-store.ts";
import { writeAndRename } from "./write-and-rename.ts";
import type { AppendFile } from "./append-file.ts";
import { makeFolder } from "../node/make-folder.ts";
import { runFolder } from "./run-folder.ts";
import { openSegments } from "./segments.ts";

const RESERVE_BYTES = 8 << 20;
const FULL = new Set(["ENOSPC", "EDQUOT"]);

export interface RunStoreOptions {
  readonly resume?: boolean;
  /** How long a file of lines becomes before it goes on in another one. */
  readonly segmentBytes?: number;
}

export function openFileRunStore(folder: string, options: RunStoreOptions = {}): RunStore {
  const paths = runFolder(folder);
  const existed = existsSync(folder);
  makeRunFolder(folder, paths.logsFolder, options.resume === true);
  claim(folder, paths.owner);
  // A folder with a result is complete; one that goes on is not.
  rmSync(paths.result, { force: true });
  const files = new Map<string, AppendFile>();
  const listeners: (() => void)[] = [];
  let full = false;

  /** Runs a write; at the first full disk the reserve is freed and the write tried once more. */
  const withRoom = (write: () => void): void => {
    try {
      write();
    } catch (error) {
      if (!FULL.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
      if (full) throw diskFull(folder, error);
      full = true;
      rmSync(paths.reserve, { force: true });
      // Later, since a listener writes too, and this write comes first.
      for (const listener of listeners) queueMicrotask(listener);
      try {
        write();
      } catch (again) {
        throw diskFull(folder, again);
      }
    }
  };
  const append = (path: string, values: readonly unknown[]): void => {
    if (values.length === 0) return;
    const text = values.map((value) => `${JSON.stringify(value)}\n`).join("");
    withRoom(() => {
      const file = files.get(path) ?? openSegments(path, options.segmentBytes);
      files.set(path, file);
      file.append(text);
    });
  };
  const replace = (path: string, text: string): void => withRoom(() => writeAndRename(path, text));

  withRoom(() => keepRoom(paths.reserve));
  return {
    folder,
    appendJournal: (event) => append(paths.journal, [event]),
    appendLogs: (label, records) => append(paths.logs(label), records),
    appendPeer: (label, record) => append(paths.peer(label), [record]),
    appendLinks: (label, records) => append(paths.links(label), records),
    appendMetrics: (label, readings) =>
      append(
        paths.metrics,
        readings.map((reading) => ({ function: label, ...reading })),
      ),
    appendApplied: (records) => append(paths.applied, records),
    writeManifest: (manifest) => replace(paths.manifest, json(manifest)),
    writePlan: (plan) => replace(paths.plan, json(plan)),
    makeRoom: () => {
      for (const file of files.values()) file.flush();
      rmSync(paths.reserve, { force: true });
    },
    onDiskFull: (listener) => {
      listeners.push(listener);
    },
    close: () => {
      for (const file of files.values()) file.close();
      files.clear();
      rmSync(paths.reserve, { force: true });
      rmSync(paths.owner, { force: true });
    },
    discard: () => {
      for (const file of files.values()) file.close();
      files.clear();
      if (!existed) rmSync(folder, { recursive: true, force: true });
      else
        for (const name of readdirSync(folder)) rmSync(`${folder}/${name}`, { recursive: true, force: true });
    },
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function diskFull(folder: string, cause: unknown): LongrunError {
  return new LongrunError("unavailable", `The disk is full: ${folder} could not be written any further.`, {
    hint: `What was recorded until then is whole: longrun analyze ${folder}`,
    cause,
  });
}

function makeRunFolder(folder: string, logsFolder: string, resume: boolean): void {
  try {
    makeFolder(folder);
    if (!resume && readdirSync(folder).length > 0) {
      throw new LongrunError("usage", `--out ${folder}: expected a new or an empty folder.`, {
        hint: "A run never writes over another one.",
      });
    }
    makeFolder(logsFolder);
  } catch (error) {
    if (isLongrunError(error)) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "EEXIST" || code === "ENOTDIR" ? "a file is in the way" : (code ?? String(error));
    throw new LongrunError(
      "usage",
      `--out ${folder}: expected a folder that can be made and written to, but ${why}.`,
      { cause: error },
    );
  }
}

/** Two processes must not write one journal. A process that was killed leaves its number behind, and that of no living one. */
function claim(folder: string, path: string): void {
  const owner = existsSync(path) ? Number(readFileSync(path, "utf8")) : Number.NaN;
  if (Number.isSafeInteger(owner) && owner > 0 && owner !== pid && isAlive(owner)) {
    throw new LongrunError("usage", `${folder} is being written by process ${owner}.`, {
      hint: `Wait for it, or end it; if that process is another program, remove ${path}.`,
    });
  }
  writeFileSync(path, String(pid));
}

function isAlive(processId: number): boolean {
  try {
    return kill(processId, 0) && !isDefunct(processId);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Killed, and its parent has not asked for its exit code yet: it writes no more. Only Linux says so here. */
function isDefunct(processId: number): boolean {
  try {
    return /\) Z \d+ [^)]*$/.test(readFileSync(`/proc/${processId}/stat`, "utf8"));
  } catch {
    return false;
  }
}

function keepRoom(path: string): void {
  const file = openSync(path, "w");
  try {
    // Zeros could be stored as nothing by a clever file system; this is not worth guarding against.
    const block = Buffer.alloc(1 << 16);
    for (let written = 0; written < RESERVE_BYTES;) written += writeSync(file, block);
  } finally {
    closeSync(file);
  }
}
