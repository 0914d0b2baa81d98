import { existsSync } from "node:fs";
import { expect } from "chai";
import fc from "fast-check";
import { mayBeNeeded } from "../../../src/logs/needed-line.ts";
import { ENDED_RUNTIMES } from "../../../src/catalogue/runtimes/lambda-runtimes.ts";
import {
  ALL_RUNTIMES,
  DEFAULT_RUNTIME,
  familyOfCode,
  familyOfVersionText,
  findRuntime,
  OFFERED_RUNTIMES,
  readRuntimeLine,
  RUNNABLE_RUNTIMES,
  runtimeOf,
} from "../../../src/catalogue/runtimes/all-runtimes.ts";
import { node } from "../../../src/catalogue/runtimes/node.ts";
import type { RuntimeFamily } from "../../../src/catalogue/runtimes/runtime-family.ts";
import { runsRelease } from "../../../src/catalogue/runtimes/runs-release.ts";

const FAMILIES: readonly RuntimeFamily[] = ALL_RUNTIMES;
const source = (folder: string): URL => new URL(`../../../src/${folder}/`, import.meta.url);

describe("the catalogue of runtimes", () => {
  it("offers the runtimes that the local engine runs and that AWS still supports", () => {
    const past = RUNNABLE_RUNTIMES.filter((runtime) => runtimeOf(runtime).version.state === "deprecated");
    expect(past).to.include("nodejs20.x");
    expect(OFFERED_RUNTIMES).to.deep.equal(RUNNABLE_RUNTIMES.filter((runtime) => !past.includes(runtime)));
    expect(OFFERED_RUNTIMES).to.include.members([DEFAULT_RUNTIME, "nodejs24.x"]);
  });

  it("has each name once", () => {
    for (const names of [
      FAMILIES.map((family) => family.name),
      FAMILIES.map((family) => family.language),
      RUNNABLE_RUNTIMES,
      ENDED_RUNTIMES,
    ])
      expect(names).to.have.lengthOf(new Set(names).size);
  });

  it("lists as runnable only runtimes that Lambda still accepts", () => {
    expect(RUNNABLE_RUNTIMES.filter((runtime) => ENDED_RUNTIMES.includes(runtime))).to.deep.equal([]);
  });

  it("finds a runtime by its name", () => {
    expect(findRuntime("nodejs22.x")?.version).to.deep.equal({
      runtime: "nodejs22.x",
      release: "22",
      state: "current",
      clientMajor: 3,
    });
    expect([findRuntime("nodejs18.x"), findRuntime("cobol85")]).to.deep.equal([null, null]);
    expect(() => runtimeOf("cobol85")).to.throw("functions of cobol85 are refused when they are made");
  });

  for (const [text, name] of [
    ["nodejs:22.v50", "node"],
    ["nodejs:18.v28", "node"],
    ["python:3.12.mainlinev2.v43", "python"],
    ["java:8.v12", "java"],
    ["cobol:85.v1", undefined],
    ["", undefined],
  ] as const)
    it(`recognises the version text ${JSON.stringify(text)} as ${name ?? "no known family"}`, () =>
      expect(familyOfVersionText(text)?.name).to.equal(name));

  it("finds the family of code by a source file's ending or by a package's files", () => {
    expect([
      familyOfCode({ sourceEnding: ".ts" }),
      familyOfCode({ sourceEnding: ".txt" }),
      familyOfCode({ files: ["lib/a.txt", "index.mjs"] }),
      familyOfCode({ files: ["README.md"] }),
    ]).to.deep.equal([node.local, null, node.local, null]);
  });

  for (const family of FAMILIES) {
    const { local } = family;
    if (local === null) continue;
    it(`names folders that exist for ${family.title}`, () => {
      const folders = [
        ...(local.client === null ? [] : [`engine/clients/${local.client}`]),
        ...(local.interpreter === null ? [] : [`adapters/toolchains/${family.name}`]),
      ];
      expect(folders.filter((folder) => !existsSync(source(folder)))).to.deep.equal([]);
    });

    it(`gives ${family.title} a default handler in a form that the family accepts`, () => {
      for (const handler of [
        ...[local.handler.ofPackage([])].filter((one) => one !== null),
        local.handler.example,
        local.handler.ofSource("app"),
      ])
        expect(local.handler.cut(handler), handler).to.not.equal(null);
    });
  }
});

describe("a line of a runtime's client", () => {
  const text = (line: string) => ({ text: line, object: null });

  it("is recognised by the family in whose logs it occurs, and by no other family", () => {
    const line = text(
      '[ERROR] ValueError: bad\nTraceback (most recent call last):\n\u00a0\u00a0File "/var/task/a.py"',
    );
    expect(readRuntimeLine(line)).to.deep.equal([
      { family: "python", kind: "failed-invocation", requestId: null, errorType: "ValueError" },
    ]);
  });

  it("is recognised only if a judgement may need the line (logs/needed-line.ts), because other lines are not parsed", () => {
    const parts = fc.constantFrom(
      ...[
        "[ERROR]",
        "\tERROR\t",
        "\n\tat ",
        "Invoke Error \t",
        "2026-01-01T00:00:00.000Z",
        "\t-",
        "a.b.C",
        ": ",
      ],
      ...["undefined", "8f3b2c1d-0000", "Init Error", "\n", "\t", " ", '{"errorType":"X"}', "ValueError"],
      ...["Invalid handler: `x'", "No public method named", "Unable to import module 'x':", "LAMBDA_WARNING"],
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 10 }), (words) => {
        const line = words.join("");
        fc.pre(!mayBeNeeded(line));
        expect(readRuntimeLine(text(line))).to.deep.equal([]);
      }),
    );
  });
});

describe("the interpreter version", () => {
  for (const [version, release, same] of [
    ["v22.19.0", "22", true],
    ["v2.2.0", "22", false],
    ["v220.1.0", "22", false],
    ["3.12.4", "3.12", true],
    ["3.1.4", "3.12", false],
    ["21", "21", true],
  ] as const)
    it(`${version} ${same ? "belongs" : "does not belong"} to release ${release}`, () =>
      expect(runsRelease(version, release)).to.equal(same));
});
