/** Reads the inputs and outputs of the composition and returns them as rows of the tables in infra/README.md. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const INFRA = new URL("../../../infra/", import.meta.url);

export function readInfra(name: string): string {
  return readFileSync(fileURLToPath(new URL(name, INFRA)), "utf8");
}

export function inputRows(): readonly string[] {
  return blocks(readInfra("variables.tf"), "variable").map(
    ({ name, body }) =>
      `| \`${name}\` | ${/^ {2}default\s*=/m.test(body) ? "optional" : "required"} | ${description(body)} |`,
  );
}

export function outputRows(): readonly string[] {
  return blocks(readInfra("outputs.tf"), "output").map(
    ({ name, body }) => `| \`${name}\` | ${description(body)} |`,
  );
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
