/** Reads the inputs and outputs of infra/ or of one of its modules, and returns them as rows of the tables in its README. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const INFRA = new URL("../../../infra/", import.meta.url);

export function readInfra(name: string): string {
  return readFileSync(fileURLToPath(new URL(name, INFRA)), "utf8");
}

export function writeInfra(name: string, text: string): void {
  writeFileSync(fileURLToPath(new URL(name, INFRA)), text);
}

/** The folders with their own README: "github", "modules/function", … */
export const FOLDERS: readonly string[] = readdirSync(fileURLToPath(new URL("modules/", INFRA)))
  .sort()
  .map((name) => `modules/${name}`)
  .concat("github");

/** Returns a row for each input. `folder` is "." for infra/ itself. */
export function inputRows(folder: string): readonly string[] {
  return blocks(readInfra(`${folder}/variables.tf`), "variable").map(
    ({ name, body }) =>
      `| \`${name}\` | ${/^ {2}default\s*=/m.test(body) ? "optional" : "required"} | ${description(body)} |`,
  );
}

export function outputRows(folder: string): readonly string[] {
  return blocks(readInfra(`${folder}/outputs.tf`), "output").map(
    ({ name, body }) => `| \`${name}\` | ${description(body)} |`,
  );
}

/** Returns a README with its two tables generated again. */
export function withTables(folder: string, text: string): string {
  return withSection(
    withSection(text, "Inputs", ["| name | | what it is |", "| --- | --- | --- |", ...inputRows(folder)]),
    "Outputs",
    ["| name | what it is |", "| --- | --- |", ...outputRows(folder)],
  );
}

/** Replaces the table of a section. The section's other text stays. */
function withSection(text: string, heading: string, table: readonly string[]): string {
  const title = `## ${heading}\n`;
  const begin = text.indexOf(title) + title.length;
  const next = text.indexOf("\n## ", begin);
  const end = next === -1 ? text.length : next;
  const rest = text
    .slice(begin, end)
    .split("\n")
    .filter((line) => !line.startsWith("|"))
    .join("\n")
    .trim();
  const section = `\n${table.join("\n")}\n${rest === "" ? "" : `\n${rest}\n`}`;
  return `${text.slice(0, begin)}${section}${text.slice(end)}`;
}

function blocks(text: string, kind: string): readonly { readonly name: string; readonly body: string }[] {
  return [...text.matchAll(new RegExp(`^${kind} "([^"]+)" \\{\\n([\\s\\S]*?)^\\}`, "gm"))].map(
    ([, name = "", body = ""]) => ({ name, body }),
  );
}

function description(body: string): string {
  const text = /^ {2}description\s*=\s*"((?:[^"\\]|\\.)*)"/m.exec(body)?.[1] ?? "";
  return text.replaceAll('\\"', '"').replaceAll("|", "\\|");
}
