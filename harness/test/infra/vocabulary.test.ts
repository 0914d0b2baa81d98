/** The lists in Terraform's validations are the project's own: whoever adds a word in one place is told of the other. */
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { DEFAULT_RUNTIME, OFFERED_RUNTIMES } from "../../src/runtimes/all-runtimes.ts";

const read = (file: string): string =>
  readFileSync(new URL(`../../../infra/${file}`, import.meta.url), "utf8");

/** The block of one variable, to the brace that stands alone at the start of a line. */
function variable(file: string, name: string): string {
  const block = new RegExp(`^variable "${name}" \\{$([^]*?)^\\}$`, "m").exec(read(file));
  if (block?.[1] === undefined) throw new Error(`${file} has no variable ${name}`);
  return block[1];
}

function quoted(list: string): readonly string[] {
  return [...list.matchAll(/"([^"]*)"/g)].map(([, word = ""]) => word);
}

/** What `contains([…], …)` lists in a variable's validation. */
function validated(file: string, name: string): readonly string[] {
  return quoted(/contains\(\[([^\]]*)\]/.exec(variable(file, name))?.[1] ?? "");
}

describe("words of Terraform", () => {
  it("are the runtimes that are offered, with the same default", () => {
    const file = "modules/function/variables.tf";
    expect([
      validated(file, "runtime"),
      /^\s*default\s*=\s*"([^"]*)"/m.exec(variable(file, "runtime"))?.[1],
    ]).to.deep.equal([OFFERED_RUNTIMES, DEFAULT_RUNTIME]);
  });
});
