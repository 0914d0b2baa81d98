/** Messages for code that --code does not take, or that does not fit --runtime: the end of a sentence that begins with "expected". */
import { ALL_RUNTIMES, findRuntime } from "../../runtimes/all-runtimes.ts";
import type { LocalRuntime, RuntimeFamily } from "../../runtimes/runtime-family.ts";
import { folderOfMain, goMains } from "./go/go-mains.ts";

const FAMILIES: readonly RuntimeFamily[] = ALL_RUNTIMES;
const JAVA_SOURCES =
  "the jar or the folder of classes that javac, Maven or Gradle made, because these are only Java sources";

const SIGNATURE = "PK";

export function unreadableZip(bytes: Uint8Array, error: unknown): string {
  const begins = String.fromCharCode(...bytes.subarray(0, SIGNATURE.length)) === SIGNATURE;
  if (bytes.length === 0) return "a zip or a jar, but the file is empty";
  if (!begins) return "a source file, a zip or a jar, but this file is none of them";
  const message = error instanceof Error ? error.message : String(error);
  return /^End of central directory/.test(message)
    ? "a complete zip or jar, but the end of this file is missing"
    : `a zip or jar that can be read, but ${message}`;
}

/** Languages in which a file must describe the package before its sources can be built. */
const BUILT = [
  { ending: ".go", file: "go.mod", made: "make it with 'go mod init NAME', then 'go mod tidy'" },
  { ending: ".rs", file: "Cargo.toml", made: "make it with 'cargo init'" },
] as const;

/** What to give instead of one source file that has to be compiled. */
const ONE_SOURCE: Readonly<Record<string, string>> = {
  ".java": JAVA_SOURCES,
  ".go": "the folder with go.mod and this file, because go build takes a folder",
  ".rs": "the folder with Cargo.toml, because cargo build takes a folder",
};

/** Null if a file with this ending may be a package. */
export function unfitFile(ending: string): string | null {
  return ONE_SOURCE[ending] ?? null;
}

/** The message for a folder or a zip in which no runtime family finds its code. */
export async function unfitFiles(
  files: readonly string[],
  read: (file: string) => Promise<string>,
): Promise<string> {
  if (files.some((file) => file.endsWith(".java"))) return JAVA_SOURCES;
  if (files.some((file) => /^(?:.*\/)?go\.mod$/.test(file))) {
    const mains = await goMains(files, read);
    if (mains.length > 0) return folderOfMain(mains);
  }
  for (const { ending, file, made } of BUILT) {
    if (!files.some((one) => one.endsWith(ending))) continue;
    if (files.includes(file)) return "a source folder with a program in it; a zip with sources is not built";
    const folders = files
      .filter((one) => one.endsWith(`/${file}`))
      .map((one) => one.slice(0, -file.length - 1));
    return folders.length > 0
      ? `a folder with ${file} in it, such as its subfolder ${folders[0] ?? ""}`
      : `a ${file} beside these sources: ${made}`;
  }
  const endings = FAMILIES.flatMap(({ local }) => local?.package.sourceEndings ?? []).join(", ");
  const [first, ...others] = files;
  const found =
    first === undefined ? "it is empty" : `it has only ${[first, ...others.slice(0, 2)].join(", ")}`;
  return `a function, but ${found}; --code takes a source file (${endings}), a zip or a jar, a folder with such sources, a Go folder with go.mod, a folder with Cargo.toml, or what Maven or Gradle built`;
}

/** Null if the runtime is of this family, or if no runtime is named. */
export function otherRuntime(family: LocalRuntime, runtime: string | null): string | null {
  const named = runtime === null ? null : findRuntime(runtime);
  if (named === null || named.local === family) return null;
  return `code in ${languageOf(named.local)} for ${named.version.runtime}, but this is ${languageOf(family)}; leave out --runtime, or give one such as ${family.preferred}`;
}

function languageOf(family: LocalRuntime): string {
  const { title } = FAMILIES.find(({ local }) => local === family) ?? { title: "another language" };
  return family.package.program === null ? title : "Go or Rust";
}
