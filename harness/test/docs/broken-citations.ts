/**
 * Finds the broken citations of a file: links and anchors in Markdown, `docs/….md#…` in code, `§`, and names of documents that are not in
 * the repository. This file reads nothing itself: the caller passes what exists.
 */
export interface Library {
  /** Returns whether the repository has this file or folder. The path begins at its root. */
  readonly has: (path: string) => boolean;
  /** Returns the text of a Markdown file of the repository. */
  readonly read: (path: string) => string;
  /** The names of all Markdown files, without their folders. */
  readonly documents: ReadonlySet<string>;
}

export interface Source {
  /** A path from the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Markdown files that are not in the repository, because a command writes them into a run. */
const MADE_ELSEWHERE: readonly string[] = ["summary.md"];

export function brokenCitations(source: Source, library: Library): readonly string[] {
  const markdown = source.path.endsWith(".md");
  const text = markdown ? withoutFences(source.text) : source.text;
  return text.split("\n").flatMap((line, index) => {
    const found = markdown
      ? [...brokenLinks(source, line, library), ...unlinkedSections(line)]
      : [...brokenMentions(line, library), ...(line.includes("§") ? ["§"] : [])];
    return [...found, ...missingDocuments(line, library), ...undefinedNames(line, markdown, text)].map(
      (what) => `${source.path}:${index + 1}: ${what}`,
    );
  });
}

/** Removes the content of fenced blocks, because they contain no links. The other lines keep their numbers. */
function withoutFences(text: string): string {
  return text.replace(/^```[^]*?^```/gm, (block) => block.replace(/[^\n]/g, ""));
}

const LINK = /\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)$/g;

function brokenLinks(source: Source, line: string, library: Library): readonly string[] {
  return [...withoutCode(line).matchAll(LINK)]
    .map((match) => match[1] ?? match[2] ?? "")
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [path = "", anchor = ""] = target.split("#");
      return !leads(path === "" ? source.path : resolve(source.path, path), anchor, library);
    });
}

/** Code names a page by its path from the root, with or without a heading. */
function brokenMentions(line: string, library: Library): readonly string[] {
  return [...line.matchAll(/\bdocs\/[\w/-]+\.md(?:#([\w-]+))?/g)]
    .filter((match) => !leads((match[0] ?? "").split("#")[0] ?? "", match[1] ?? "", library))
    .map(([mention]) => mention);
}

function leads(path: string, anchor: string, library: Library): boolean {
  if (!library.has(path)) return false;
  return anchor === "" || anchors(library.read(path)).includes(anchor);
}

/** A section must be cited by a link, not by `§`. */
function unlinkedSections(line: string): readonly string[] {
  return line.replace(/\[[^\]]*\]\([^)\s]+\)/g, "").includes("§") ? ["§ outside of a link"] : [];
}

/** Finds names that end in .md but are not a file of the repository. */
function missingDocuments(line: string, library: Library): readonly string[] {
  const named = line.replace(/https?:\/\/\S+/g, "").match(/[\w-]+\.md\b/g) ?? [];
  return named
    .filter((name) => !library.documents.has(name) && !MADE_ELSEWHERE.includes(name))
    .map((name) => `no document of the repository: ${name}`);
}

/** The short name of a cited page, such as [LIFE], must be defined on the page that uses it. Otherwise Markdown shows the brackets. */
function undefinedNames(line: string, markdown: boolean, text: string): readonly string[] {
  if (!markdown) return [];
  return [...withoutCode(line).matchAll(/\[([A-Z][A-Z0-9-]+)\](?![(:])/g)]
    .map(([, name = ""]) => name)
    .filter((name) => !text.includes(`\n[${name}]: `))
    .map((name) => `[${name}] is not defined`);
}

/** Returns the anchors of the headings, as GitHub makes them. A repeated heading gets a number. */
export function anchors(text: string): readonly string[] {
  const seen = new Map<string, number>();
  return [...withoutFences(text).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => {
    const plain = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-");
    const times = seen.get(plain) ?? 0;
    seen.set(plain, times + 1);
    return times === 0 ? plain : `${plain}-${times}`;
  });
}

const withoutCode = (line: string): string => line.replace(/`[^`]*`/g, "");

/** Returns the path from the root to which a relative link leads. */
function resolve(from: string, target: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const part of target.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/").replace(/\/$/, "");
}
