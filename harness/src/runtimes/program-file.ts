/**
 * Finds out from the first bytes of a file what kind of program it is, and why this system could not start it. This is for a package that
 * contains its own program (`bootstrap`). Without this check, the kernel would only say that it cannot execute the file, and only when the
 * function starts.
 */

/** How many bytes of a file must be examined. */
export const PROGRAM_HEAD_BYTES = 4_096;

export interface ProgramFile {
  /** The system for which the program was built, or `script`. */
  readonly system: "linux" | "darwin" | "win32" | "script";
  /** The processor by Lambda's name, if it has one. Null for a script. */
  readonly processor: string | null;
  /** The script's interpreter or the program's loader, which has to exist. Null if the program needs none. */
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

/** Returns null if the file is not a known kind of program. */
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
  // A carriage return is a part of the name: the kernel searches for a file with this name and finds none.
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

/** The loader of a 64-bit program. Null if the program is statically linked, or if the name lies after the bytes that were read. */
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

/** The system and the processor in words, for example `Linux on arm64`. */
function inWords({ system, processor }: Pick<ProgramFile, "system" | "processor">): string {
  return processor === null || processor === "?" ? SYSTEMS[system] : `${SYSTEMS[system]} on ${processor}`;
}

/** The system and the processor of this machine. */
export interface ProgramHost {
  /** The value of `process.platform`. */
  readonly system: string;
  /** The processor by Lambda's name: x86_64 or arm64. */
  readonly processor: string;
}

export function hostInWords({ system, processor }: ProgramHost): string {
  return inWords({ system: system as ProgramFile["system"], processor });
}

export function hostOf(platform: string, arch: string): ProgramHost {
  return { system: platform, processor: arch === "x64" ? "x86_64" : arch };
}

/** Returns null if the first bytes show no reason why this machine could not run the program, else the reason as a sentence. */
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

/**
 * Returns why the kernel would not find the script's interpreter or the program's loader; null if it exists or none is needed. `exists`
 * says whether a file exists on this machine.
 */
export function whyNoInterpreter(head: Uint8Array, exists: (file: string) => boolean): string | null {
  const needed = programFile(head)?.interpreter ?? null;
  if (needed === null || exists(needed)) return null;
  return needed.endsWith("\r") ? CARRIAGE_RETURN : `it needs ${needed}, which is not on this machine`;
}

/** Returns why a script such as `#!/usr/bin/env bash\r` fails after the kernel has started it; null if nothing shows that. */
export function whyScriptFails(head: Uint8Array): string | null {
  const line = firstLine(head);
  return line.startsWith("#!") && line.endsWith("\r") ? CARRIAGE_RETURN : null;
}
