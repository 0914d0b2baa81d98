/**
 * A folder as one text: a line `=== PATH` before each file. So a change of the text can also cut, double or mix files. If the text of a file
 * begins with `@link TARGET`, `@fifo` or `@folder`, such an entry is made in its place.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

const HEAD = /^=== ([^\0\n]+)$/m;

export const fileText = (path: string, content: string): string => `=== ${path}\n${content}\n`;

/** The bytes of a folder. */
export function folderBytes(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()
    .map((path) => fileText(path, readFileSync(join(folder, path), "latin1")));
  return Buffer.from(files.join(""), "latin1");
}

/** Writes the files of a case into the folder. A path that leads out of the folder, or that cannot be a file, is left out. */
export function writeFolder(bytes: Uint8Array, folder: string): void {
  const parts = Buffer.from(bytes).toString("latin1").split(HEAD);
  for (let index = 1; index + 1 < parts.length; index += 2) {
    const path = join(folder, normalize(parts[index] ?? ""));
    if (!path.startsWith(`${folder}/`) || path.length > 400) continue;
    const content = (parts[index + 1] ?? "").replace(/^\n/, "").replace(/\n$/, "");
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeEntry(path, content);
    } catch {
      // A changed path can use a file as a folder. Such a file is left out.
    }
  }
}

function writeEntry(path: string, content: string): void {
  const [, kind, target = ""] = /^@(link|fifo|folder)\b ?(.*)/.exec(content) ?? [];
  if (kind === "link") symlinkSync(target, path);
  else if (kind === "fifo") execFileSync("mkfifo", [path], { stdio: "ignore" });
  else if (kind === "folder") mkdirSync(path);
  else writeFileSync(path, Buffer.from(content, "latin1"));
}
