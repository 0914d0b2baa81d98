import { expect } from "chai";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { RunResult } from "../../src/result/run-result.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { describeInTestAll } from "../support/test-all.ts";
import { run } from "./built-command.ts";

describeInTestAll("longrun redact with a new run", function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  const resultOf = (name: string): RunResult =>
    JSON.parse(readFileSync(join(folder.path(), name, "result.json"), "utf8")) as RunResult;

  it("keeps the judgement, but no ids, names, addresses or variables", async () => {
    const soak = ["soak", "--function", "init-connect", "--platform", "hostile", "--seed", "2"];
    await run(
      [...soak, "--duration", "10s", "--interval", "500ms", "--env", "TOKEN=zq-secret", "--out", "run"],
      folder.path(),
    );
    const { code, err } = await run(["redact", "run", "--out", "copy"], folder.path());
    expect({ code, err }).to.deep.equal({ code: 0, err: "" });
    const of = ({ verdict, functions }: RunResult): unknown => ({
      verdict,
      functions: functions.map((one) => ({
        invocations: one.invocations,
        codes: one.findings.map((finding) => finding.code),
        harm: one.harm.windows.length,
      })),
    });
    expect(of(resultOf("copy"))).to.deep.equal(of(resultOf("run")));
    const copied = readdirSync(join(folder.path(), "copy"), { recursive: true, encoding: "utf8" })
      .map((name) => join(folder.path(), "copy", name))
      .filter((path) => statSync(path).isFile());
    const journal = readFileSync(join(folder.path(), "run", "journal.jsonl"), "utf8");
    const ids = [...journal.matchAll(/"requestId":"([^"]+)"/g)].map(([, id = ""]) => id);
    expect(ids).not.to.deep.equal([]);
    const texts = copied.map((path) => path + readFileSync(path, "utf8"));
    for (const original of [...ids, "init-connect", "127.0.0.1", "zq-secret"])
      expect(
        texts.filter((text) => text.includes(original)),
        original,
      ).to.have.length(0);
  });
});
