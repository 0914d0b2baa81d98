/**
 * Writes the run directory, without the values of variables. When the disk is full, reserved space is freed, so that the run can still be ended, judged and reported.
 */
import { closeSync, existsSync, openSync, readdirSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { kill, pid } from "node:process";
import { isLongrunError, type LongrunError, notAvailable, wrongInput } from "../../base/errors.ts";
import type { FindHidden } from "../../base/hidden-text.ts";
import { hideInRecord, hideInTexts } from "../../evidence/hide-values.ts";
import type { Manifest } from "../../record/manifest.ts";
import type { Plan } from "../../record/plan-file.ts";
import type { RunStore } from "../../run/ports/run-store.ts";
import { writeAndRename } from "./write-and-rename.ts";
import type { AppendFile } from "./append-file.ts";
import { makeFolder } from "../node/make-folder.ts";
import { readGivenText } from "../node/read-given-file.ts";
import { readRunFile, refuseStrangeFiles } from "./run-files.ts";
import { runFolder } from "./run-folder.ts";
import { openSegments } from "./segments.ts";

const RESERVE_BYTES = 8 << 20;
const FULL = new Set(["ENOSPC", "EDQUOT"]);

interface RunStoreOptions {
  readonly resume?: boolean;
  /** The size after which a file of lines is continued in another file. */
  readonly segmentBytes?: number;
  /** Finds the values that are not written. The manifest has no values of `--env`, and `--resume` needs it unchanged. */
  readonly hidden?: FindHidden;
}

/** A folder with a manifest can be resumed, so everything that the resumed run reads is written before the manifest. */
export function beginRun(
  folder: string,
  { plan, manifest }: { readonly plan: Plan | null; readonly manifest: Manifest },
  options: RunStoreOptions,
): RunStore {
  const store = openFileRunStore(folder, options);
  try {
    if (plan !== null) store.writePlan(plan);
    store.writeManifest(manifest);
    return store;
  } catch (error) {
    if (options.resume !== true) store.discard();
    store.close();
    throw error;
  }
}

interface FileRunStore extends RunStore {
  writePlan(plan: Plan): void;
}

export function openFileRunStore(folder: string, options: RunStoreOptions = {}): FileRunStore {
  const paths = runFolder(folder);
  const existed = existsSync(folder);
  makeRunFolder(folder, paths.logsFolder, options.resume === true);
  if (options.resume === true) refuseStrangeFiles(folder);
  claim(folder, paths.owner);
  // A result means that the run is complete, so it is removed when a run is continued.
  rmSync(paths.result, { force: true });
  const { hidden = () => [] } = options;
  const files = new Map<string, AppendFile>();
  const listeners: (() => void)[] = [];
  let full = false;

  /** When the disk is full for the first time, frees the reserve and tries the write again. */
  const withRoom = (write: () => void): void => {
    try {
      write();
    } catch (error) {
      if (!FULL.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
      if (full) throw diskFull(folder, error);
      full = true;
      rmSync(paths.reserve, { force: true });
      // Listeners are called later, because they write, too, and this write must come first.
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
  const hide = <Value>(values: readonly Value[]) => values.map((value) => hideInTexts(value, hidden));
  const replace = (path: string, text: string): void => withRoom(() => writeAndRename(path, text));

  withRoom(() => keepRoom(paths.reserve));
  return {
    folder,
    appendJournal: (event) => append(paths.journal, hide([event])),
    appendLogs: (label, records) =>
      append(
        paths.logs(label),
        records.map((record) => hideInRecord(record, hidden)),
      ),
    appendPeer: (label, record) => append(paths.peer(label), [record]),
    appendLinks: (label, records) => append(paths.links(label), hide(records)),
    appendMetrics: (label, readings) =>
      append(
        paths.metrics,
        readings.map((reading) => ({ function: label, ...reading })),
      ),
    appendApplied: (records) => append(paths.applied, hide(records)),
    writeManifest: (manifest) => replace(paths.manifest, json(manifest)),
    writePlan: (plan) => replace(paths.plan, json(plan)),
    makeRoom: () => {
      for (const file of files.values()) file.flush();
      rmSync(paths.reserve, { force: true });
    },
    onDiskFull: (listener) => {
      listeners.push(listener);
      if (full) queueMicrotask(listener);
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
  return notAvailable(`The disk is full: ${folder} could not be written any further.`, {
    hint: `Everything that was recorded before is complete: longrun analyze ${folder}`,
    cause,
  });
}

function makeRunFolder(folder: string, logsFolder: string, resume: boolean): void {
  try {
    makeFolder(folder);
    if (!resume && readdirSync(folder).length > 0) {
      throw wrongInput(`--out ${folder}: expected a new or an empty folder.`, {
        hint: "A run never writes over another one.",
      });
    }
    makeFolder(logsFolder);
  } catch (error) {
    if (isLongrunError(error)) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "EEXIST" || code === "ENOTDIR" ? "a file is in the way" : (code ?? String(error));
    throw wrongInput(`--out ${folder}: expected a folder that can be made and written to, but ${why}.`, {
      cause: error,
    });
  }
}

/**
 * Two processes must not write the same journal. So a separate file names the process that writes the journal, by its id. If that
 * process has ended, another one may write.
 */
function claim(folder: string, path: string): void {
  refuseWhileWritten(folder, path);
  rmSync(path, { force: true });
  writeFileSync(path, String(pid), { flag: "wx" });
}

export function refuseWhileWritten(folder: string, path: string): void {
  const owner = Number(readRunFile(folder, path) ?? Number.NaN);
  if (Number.isSafeInteger(owner) && owner > 0 && owner !== pid && isAlive(owner)) {
    throw wrongInput(`${folder} is being written by process ${owner}.`, {
      hint: `Wait for it, or end it; if that process is another program, remove ${path}.`,
    });
  }
}

function isAlive(processId: number): boolean {
  try {
    return kill(processId, 0) && !isDefunct(processId);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** True if the process has ended and its parent has not read its exit code yet. Only Linux shows this, in /proc. */
function isDefunct(processId: number): boolean {
  try {
    return /\) Z \d+ [^)]*$/.test(readGivenText(`/proc/${processId}/stat`));
  } catch {
    return false;
  }
}

function keepRoom(path: string): void {
  rmSync(path, { force: true });
  const file = openSync(path, "wx");
  try {
    // A file system that compresses zeros would reserve nothing; this case is accepted.
    const block = Buffer.alloc(1 << 16);
    for (let written = 0; written < RESERVE_BYTES;) written += writeSync(file, block);
  } finally {
    closeSync(file);
  }
}
