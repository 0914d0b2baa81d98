/**
 * Says why this machine cannot start a package's own program (`bootstrap`), from the file's first bytes. The kernel would only say that it
 * cannot execute the file, and only when the function starts.
 */

/** Bytes of a file that must be examined. */
export const PROGRAM_HEAD_BYTES = 4_096;

export interface ProgramFile {
  readonly system: "linux" | "darwin" | "win32" | "script";
  /** The processor, by Lambda's name if Lambda has a name for it. Null for a script. */
  readonly processor: string | null;
  /** The script's interpreter or the program's loader. Null if the program needs none. */
  readonly interpreter: string | null;
}

const ELF_PROCESSORS: Readonly<Record<number, string>> = {
  3: "x86",
  40: "arm",
  62: "x86_64",
  183: "arm64",
  243: "riscv64",
};
const MACH_PROCESSORS: Readonly<Record<number, string>> = { 0x01000007: "x86_64", 0x0100000c: "arm64" };
const INTERPRETER_SEGMENT = 3;

const SYSTEMS: Readonly<Record<ProgramFile["system"], string>> = {
  linux: "Linux",
  darwin: "macOS",
  win32: "Windows",
  script: "any system",
};

/** Null if the file is no known kind of program. */
export function programFile(head: Uint8Array): ProgramFile | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 4) return null;
  const magic = view.getUint32(0);
  if (magic === 0x7f454c46) return elf(view);
  if (magic === 0xcffaedfe && head.length >= 8)
    return {
      system: "darwin",
      processor: MACH_PROCESSORS[view.getUint32(4, true)] ?? "?",
      interpreter: null,
    };
  if (magic === 0xcafebabe) return { system: "darwin", processor: "several processors", interpreter: null };
  if (magic >>> 16 === 0x4d5a) return { system: "win32", processor: "?", interpreter: null };
  if (magic >>> 16 !== 0x2321) return null;
  const line = firstLine(head).slice(2);
  // A carriage return is part of the name: the kernel looks for a file with that name.
  return { system: "script", processor: null, interpreter: /^[ \t]*([^ \t]+)/.exec(line)?.[1] ?? null };
}

function firstLine(head: Uint8Array): string {
  return new TextDecoder("latin1").decode(head).split("\n", 1)[0] ?? "";
}

function elf(view: DataView): ProgramFile | null {
  if (view.byteLength < 64) return null;
  const little = view.getUint8(5) === 1;
  const processor = ELF_PROCESSORS[view.getUint16(18, little)] ?? "?";
  return { system: "linux", processor, interpreter: view.getUint8(4) === 2 ? loader(view, little) : null };
}

/** Null if the 64-bit program is statically linked, or if the loader's name lies behind the bytes that were read. */
function loader(view: DataView, little: boolean): string | null {
  const table = Number(view.getBigUint64(32, little));
  const [size, count] = [view.getUint16(54, little), view.getUint16(56, little)];
  for (let index = 0; index < count; index += 1) {
    const at = table + index * size;
    if (at + 40 > view.byteLength) return null;
    if (view.getUint32(at, little) !== INTERPRETER_SEGMENT) continue;
    const from = Number(view.getBigUint64(at + 8, little));
    const length = Number(view.getBigUint64(at + 32, little));
    if (from + length > view.byteLength) return null;
    return new TextDecoder("latin1").decode(
      new Uint8Array(view.buffer, view.byteOffset + from, Math.max(0, length - 1)),
    );
  }
  return null;
}

/** For example `Linux on arm64`. */
function inWords({ system, processor }: Pick<ProgramFile, "system" | "processor">): string {
  return processor === null || processor === "?" ? SYSTEMS[system] : `${SYSTEMS[system]} on ${processor}`;
}

export interface ProgramHost {
  /** The value of `process.platform`. */
  readonly system: string;
  /** Lambda's name: x86_64 or arm64. */
  readonly processor: string;
}

export function hostInWords({ system, processor }: ProgramHost): string {
  return inWords({ system: system as ProgramFile["system"], processor });
}

export function hostOf(platform: string, arch: string): ProgramHost {
  return { system: platform, processor: arch === "x64" ? "x86_64" : arch };
}

/** Null if the first bytes show no reason, else the reason as a sentence. */
export function whyNotHere(head: Uint8Array, host: ProgramHost): string | null {
  const program = programFile(head);
  const here = hostInWords(host);
  if (program === null)
    return `it is neither a program for ${here} nor a script that begins with #! and its interpreter`;
  if (program.system === "script") return null;
  if (program.system === host.system && program.processor === host.processor) return null;
  if (program.system === host.system && program.processor === "?") return null;
  if (program.system === host.system && program.processor === "several processors") return null;
  return `it is a program for ${inWords(program)}, and this machine runs programs for ${here}`;
}

const CARRIAGE_RETURN =
  "its first line ends with a carriage return, which becomes part of the interpreter's name";

export type FoundFile = "program" | "not-executable" | "folder" | "missing";

export function foundFile(status: { readonly mode: number; isDirectory(): boolean } | null): FoundFile {
  if (status === null) return "missing";
  if (status.isDirectory()) return "folder";
  return (status.mode & 0o111) === 0 ? "not-executable" : "program";
}

/** Looks up a path of Lambda's (/var/task) in the package, and any other path on this machine. */
export type LookFor = (file: string) => FoundFile;

/** The folders in which a package's own program finds other programs. */
export const SYSTEM_FOLDERS: readonly string[] = ["/usr/local/bin", "/usr/bin", "/bin"];

/** A script starts in this folder. The kernel searches it for an interpreter that is named without a folder. */
const TASK_ROOT = "/var/task";

export interface NoStart {
  /** `forbidden`: the kernel finds the file and does not execute it. */
  readonly reason: "missing" | "forbidden";
  readonly text: string;
}

/** Null if the kernel would start the interpreter or loader, or if none is needed. */
export function whyNoInterpreter(head: Uint8Array, lookFor: LookFor): NoStart | null {
  const needed = programFile(head)?.interpreter ?? null;
  if (needed === null) return null;
  const found = lookFor(needed.startsWith("/") ? needed : `${TASK_ROOT}/${needed}`);
  if (found === "program") return null;
  const reason = found === "missing" ? "missing" : "forbidden";
  if (needed.endsWith("\r")) return { reason, text: CARRIAGE_RETURN };
  if (found === "missing" && !needed.startsWith("/"))
    return {
      reason,
      text: `its first line names ${needed} without a folder, and the package has no such file; expected a whole path, such as #!/usr/bin/env ${needed}`,
    };
  return { reason, text: `it needs ${needed}, which is ${IN_WORDS[found]}` };
}

const IN_WORDS: Readonly<Record<Exclude<FoundFile, "program">, string>> = {
  missing: "not on this machine",
  folder: "a folder",
  "not-executable": "not executable (chmod +x)",
};

/**
 * Returns why a script fails although the kernel starts its interpreter. Examples: its first line is `#!/usr/bin/env bash\r`, or `env` does
 * not find the program. Linux passes all words after `env` as one argument, macOS as several. Null if no reason was found.
 */
export function whyScriptFails(head: Uint8Array, lookFor: LookFor, system: string): string | null {
  const line = firstLine(head);
  if (!line.startsWith("#!")) return null;
  if (line.endsWith("\r")) return CARRIAGE_RETURN;
  const given = /^#![ \t]*\S*\/env[ \t]+([^ \t].*)$/.exec(line.trimEnd())?.[1];
  if (given === undefined) return null;
  const split = /^(?:-S|--split-string=?)[ \t]*([^ \t].*)$/.exec(given)?.[1];
  const words = (split ?? given).split(/[ \t]+/);
  if (split === undefined && system === "linux" && words.length > 1 && !given.startsWith("-"))
    return `env gets "${given}" as the name of one program; expected #!/usr/bin/env -S ${given}`;
  const name = words.find((word) => !word.includes("="));
  // Other options of env may change where it searches.
  if (name === undefined || name.startsWith("-") || words.some((word) => word.startsWith("PATH=")))
    return null;
  const places = name.includes("/") ? [name] : SYSTEM_FOLDERS.map((folder) => `${folder}/${name}`);
  if (places.some((place) => lookFor(place) === "program")) return null;
  return name.includes("/")
    ? `it needs ${name}, which is ${IN_WORDS.missing}`
    : `it needs ${name}, which is in none of ${SYSTEM_FOLDERS.join(", ")}, where env searches`;
}
