/** Values of `--env` must be in no message and in no file of a run, unless the user asks for it. */
import { expect } from "chai";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { itInTestAll } from "../../../support/test-all.ts";
import { longrun } from "../../../cli/memory-machine.ts";

const PASSWORD = "hunter-zq/2";
const HANDLER = `
console.log("module", process.env.PASSWORD, JSON.stringify({ url: process.env.URL }));
let n = 0;
export const handler = async () => {
  console.error(encodeURIComponent(process.env.PASSWORD));
  if ((n += 1) % 2 === 1) throw new Error("no login with " + process.env.PASSWORD + " at " + process.env.URL);
  return process.env.PASSWORD;
};
`;

describe("the values of --env in a soak", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const soak = (...more: readonly string[]) => {
    folder.with("code", { "app.mjs": HANDLER, "soak.yaml": "env:\n  FROM_FILE: yaml-zq-value\n" });
    return longrun(
      [
        ...["soak", "--code", "code/app.mjs", "--duration", "2s", "--interval", "200ms", "--settle", "1s"],
        ...["--profile", "code/soak.yaml", "--seed", "1", "--out", "run", "--env", `PASSWORD=${PASSWORD}`],
        ...["--env", "URL=postgres://me:other-zq-word@db.example:5432/app", "--env", "STAGE=dev", ...more],
      ],
      { workingFolder: folder.path() },
    );
  };
  const files = (): readonly string[] =>
    readdirSync(join(folder.path(), "run"), { recursive: true, encoding: "utf8" })
      .map((name) => join(folder.path(), "run", name))
      .filter((path) => statSync(path).isFile());

  it("are in no file and in no message, but the log and the errors show which variable it was", async () => {
    const { out, err } = await soak();
    const texts = [out, err, ...files().map((path) => readFileSync(path, "utf8"))];
    for (const secret of ["hunter", "zq-word", "yaml-zq"])
      expect(
        texts.filter((text) => text.includes(secret)),
        secret,
      ).to.deep.equal([]);
    const journal = readFileSync(join(folder.path(), "run", "journal.jsonl"), "utf8");
    expect(journal).to.include("no login with ***PASSWORD*** at ***URL***");
    expect(readFileSync(join(folder.path(), "run", "logs", "app.jsonl"), "utf8")).to.include(
      "***PASSWORD***",
    );
    const shown = await longrun(["analyze", "run", "--json"], { workingFolder: folder.path() });
    const { functions } = JSON.parse(shown.out) as { functions: { invocations: Record<string, number> }[] };
    expect(functions[0]?.invocations["functionErrors"]).to.be.greaterThan(0);
    expect(functions[0]?.invocations["succeeded"]).to.be.greaterThan(0);
  });

  itInTestAll("are shown and stored with --show-values", async () => {
    await soak("--show-values");
    expect(readFileSync(join(folder.path(), "run", "journal.jsonl"), "utf8")).to.include(
      `no login with ${PASSWORD} at postgres`,
    );
  });
});
