/**
 * Checks a package's own program (such as `bootstrap`) before the engine starts it: can it be started, and if not, why? This is needed
 * because the engine starts the program through a shell, whose error messages differ from Lambda's
 * (docs/aws/runtimes.md#wrapper-and-entry-faults).
 */
import { closeSync, openSync, readSync, statSync, type Stats } from "node:fs";
import { join } from "node:path";
import { arch, platform } from "node:process";
import {
  foundFile,
  type FoundFile,
  hostOf,
  type LookFor,
  PROGRAM_HEAD_BYTES,
  whyNoInterpreter,
  whyNotHere,
} from "../../catalogue/runtimes/program-file.ts";

export interface EntryFault {
  /** Lambda's error message. */
  readonly text: string;
  /** Why this machine cannot run the file; null if Lambda's message already shows it. */
  readonly explanation: string | null;
}

export interface ProgramRoot {
  /** The folder's path on Lambda: /var/task or /opt. */
  readonly named: string;
  /** The folder's path on this machine. */
  readonly folder: string;
}

export interface FoundProgram {
  readonly root: ProgramRoot;
  readonly fault: EntryFault | null;
}

/** Returns the program in the first folder that has it, with the reason if it cannot be started. If no folder has it, returns a fault. */
export function findProgram(name: string, roots: readonly ProgramRoot[]): FoundProgram | EntryFault {
  for (const root of roots) {
    const status = statusOf(join(root.folder, name));
    if (status === null) continue;
    const lookFor = (file: string): FoundFile => foundFile(statusOf(onThisMachine(file, roots)));
    return { root, fault: faultOf(`${root.named}/${name}`, join(root.folder, name), status, lookFor) };
  }
  const tried = roots.map(({ named }) => `${named}/${name}`).join(" ");
  return { text: `Couldn't find valid ${name}(s): [${tried}]`, explanation: null };
}

function statusOf(file: string): Stats | null {
  try {
    return statSync(file);
  } catch {
    return null;
  }
}

/**
 * `file` is the interpreter or the loader that a program names, with its path on Lambda if it is in the package or in a layer. Returns its
 * path on this machine.
 */
function onThisMachine(file: string, roots: readonly ProgramRoot[]): string {
  const root = roots.find(({ named }) => file.startsWith(`${named}/`));
  return root === undefined ? file : join(root.folder, file.slice(root.named.length));
}

function faultOf(named: string, file: string, status: Stats, lookFor: LookFor): EntryFault | null {
  const fault = (reason: string, explanation: string | null): EntryFault => ({
    text: `fork/exec ${named}: ${reason}`,
    explanation: explanation === null ? null : `${named} cannot be started (${reason}): ${explanation}`,
  });
  if (!status.isFile() || (status.mode & 0o111) === 0)
    return fault("permission denied", status.isFile() ? "it is not executable (chmod +x)" : "it is a folder");
  const head = headOf(file);
  const foreign = whyNotHere(head, hostOf(platform, arch));
  if (foreign !== null) return fault("exec format error", foreign);
  const why = whyNoInterpreter(head, lookFor);
  if (why === null) return null;
  return fault(why.reason === "missing" ? "no such file or directory" : "permission denied", why.text);
}

function headOf(file: string): Uint8Array {
  const head = Buffer.alloc(PROGRAM_HEAD_BYTES);
  const descriptor = openSync(file, "r");
  try {
    return head.subarray(0, readSync(descriptor, head, 0, head.length, 0));
  } finally {
    closeSync(descriptor);
  }
}
