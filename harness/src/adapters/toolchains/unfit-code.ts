/**
 * Messages for code that --code does not take, or that does not fit --runtime. Each message is the end of a sentence that begins with
 * "expected".
 */
import { COMPILERS, FAMILIES, findRuntime } from "../../catalogue/runtimes/all-runtimes.ts";
import type { LocalRuntime } from "../../catalogue/runtimes/runtime-family.ts";
import { folderOfMain, goMains } from "./go/go-mains.ts";

const COMPILED = FAMILIES.flatMap(({ local }) => local?.package.compiled ?? []);

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

/** Returns null if a file with this ending may be a package. */
export function unfitFile(ending: string): string | null {
  return COMPILED.find((language) => language.ending === ending)?.instead ?? null;
}

/** The message for a folder or a zip in which no runtime family finds its code. */
export async function unfitFiles(
  files: readonly string[],
  read: (file: string) => Promise<string>,
): Promise<string> {
  const there = (ending: string): boolean => files.some((file) => file.endsWith(ending));
  const compiledByUser = COMPILED.find(({ ending, compiler }) => compiler === null && there(ending));
  if (compiledByUser !== undefined) return compiledByUser.instead;
  if (files.some((file) => /^(?:.*\/)?go\.mod$/.test(file))) {
    const mains = await goMains(files, read);
    if (mains.length > 0) return folderOfMain(mains);
  }
  for (const { ending, compiler } of COMPILED) {
    if (compiler === null || !there(ending)) continue;
    const { file, made } = compiler;
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
  return `a function, but ${found}; --code takes a source file (${endings}), a zip or a jar, a folder with such sources, ${COMPILERS.map(({ folder }) => folder).join(", ")}, or what Maven or Gradle built`;
}

/** Returns null if the runtime is of this family, or if no runtime is named. */
export function otherRuntime(family: LocalRuntime, runtime: string | null): string | null {
  const named = runtime === null ? null : findRuntime(runtime);
  if (named === null || named.local === family) return null;
  return `code in ${languageOf(named.local)} for ${named.version.runtime}, but this is ${languageOf(family)}; leave out --runtime, or give one such as ${family.preferred}`;
}

function languageOf(family: LocalRuntime): string {
  const { title } = FAMILIES.find(({ local }) => local === family) ?? { title: "another language" };
  if (family.package.program === null) return title;
  return (family.package.compiled ?? []).map((language) => language.title).join(" or ");
}
