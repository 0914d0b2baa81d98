/** Every sentence that a finding can have is in sentences.txt, so that a change of wording is visible. */
import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import type { CodedFinding } from "../../../src/domain/findings/finding-parameters.ts";
import { findingSentence } from "../../../src/report/wording/finding-sentence.ts";
import { PLAIN_NAMING } from "../../../src/report/wording/naming.ts";
import { each, EXAMPLES } from "./examples.ts";

const FILE = new URL("./sentences.txt", import.meta.url);
const all = each(EXAMPLES) as readonly CodedFinding[];
const listed = all.map((one) => `${one.code}: ${findingSentence(one, PLAIN_NAMING)}\n`).join("");
// LONGRUN_RENEW_SENTENCES=1 npx mocha harness/test/report/wording/finding-sentence.test.ts
if (process.env["LONGRUN_RENEW_SENTENCES"] === "1") writeFileSync(FILE, listed);

describe("the sentences of findings", () => {
  it("are those in sentences.txt", () => {
    expect(listed.split("\n")).to.deep.equal(readFileSync(FILE, "utf8").split("\n"));
  });

  it("begin with a capital letter, end with a full stop and leave nothing out", () => {
    const odd = listed
      .trimEnd()
      .split("\n")
      .filter(
        (line) => !/^[a-z-]+: [A-Z0-9].*[^.]\.$/u.test(line) || /undefined|null|NaN|\[object/u.test(line),
      );
    expect(odd).to.deep.equal([]);
  });

  it("take every name from the given naming", () => {
    const naming = { environment: () => "<E>", instant: () => "<T>" };
    const named = all.map((one) => findingSentence(one, naming)).join("\n");
    // A log stream that is not in the evidence has no other name.
    expect(named.replaceAll(/log stream 2026\S+/gu, "")).to.not.match(/…|2026\/|T\d\d:/u);
  });

  it("have their codes and parameters listed in docs/checks.md", () => {
    const page = readFileSync(new URL("../../../../docs/checks.md", import.meta.url), "utf8");
    const rows = new Map(
      [...page.matchAll(/^\| [^|]* \| [^|]* \| `([a-z-]+)` \| ([^|]*) \|$/gmu)].map(
        ([, code = "", parameters = ""]) => [
          code,
          [...parameters.matchAll(/`(\w+)`/gu)].map(([, name]) => name),
        ],
      ),
    );
    expect(Object.fromEntries(rows)).to.deep.equal(
      Object.fromEntries(Object.entries(EXAMPLES).map(([code, [first]]) => [code, Object.keys(first)])),
    );
  });
});
