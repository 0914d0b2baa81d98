/** Sentences for code of no form that --code takes, and for code of another language than the named runtime's. Each ends a sentence that begins with "expected". */
import { ALL_RUNTIMES, findRuntime } from "../../runtimes/all-runtimes.ts";
import type { LocalRuntime, RuntimeFamily } from "../../runtimes/runtime-family.ts";

const FAMILIES: readonly RuntimeFamily[] = ALL_RUNTIMES;
const JAVA_SOURCES =
  "the jar or the folder of classes that javac, Maven or Gradle made, since these are only Java sources";

/** What to give instead of one source file that has to be compiled. */
const ONE_SOURCE: Readonly<Record<string, string>> = {
  ".java": JAVA_SOURCES,
  ".go": "the folder with go.mod and this file, since go build takes a folder",
  ".rs": "the folder with Cargo.toml, since cargo build takes a folder",
};

/** `ending` is the ending of a single file. Returns null if the file may be a package. */
export function unfitFile(ending: string): string | null {
  return ONE_SOURCE[ending] ?? null;
}

/** For files that belong to no family. */
export function unfitFiles(files: readonly string[]): string {
  if (files.some((file) => file.endsWith(".java"))) return JAVA_SOURCES;
  const endings = FAMILIES.flatMap(({ local }) => local?.package.sourceEndings ?? []).join(", ");
  const [first, ...others] = files;
  const found =
    first === undefined ? "it is empty" : `it has only ${[first, ...others.slice(0, 2)].join(", ")}`;
  return `a function, but ${found}; --code takes a source file (${endings}), a zip or a jar, a folder with such sources, a Go folder with go.mod, a folder with Cargo.toml, or what Maven or Gradle built`;
}

/** Returns null if no runtime is named, or if functions of the named runtime are of this family. */
export function otherRuntime(family: LocalRuntime, runtime: string | null): string | null {
  const named = runtime === null ? null : findRuntime(runtime);
  if (named === null || named.local === family) return null;
  return `code in ${languageOf(named.local)} for ${named.version.runtime}, but this is ${languageOf(family)}; leave out --runtime, or give one such as ${family.preferred}`;
}

function languageOf(family: LocalRuntime): string {
  const { title } = FAMILIES.find(({ local }) => local === family) ?? { title: "another language" };
  return family.package.program === null ? title : "Go or Rust";
}
