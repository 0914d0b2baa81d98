import { expect } from "chai";
import { readProfile } from "../../src/settings/read-profile.ts";
import { SOAK_SETTINGS } from "../../src/settings/soak-settings.ts";

const read = (text: string) => readProfile({ name: "soak.yaml", text }, SOAK_SETTINGS);
const problems = (text: string): readonly string[] =>
  read(text).problems.map(({ where, text: sentence }) => `${where}: ${sentence}`);

describe("readProfile", () => {
  it("reads every form in which a setting may be written", () => {
    const text = [
      "# nightly",
      "function: [init-connect, fixed=handler-connect]",
      "duration: 90s",
      "seed: 7",
      "env: { STAGE: test, LEVEL: 3 }",
      "expect:",
      "  init-connect: fail",
      "  fixed: pass",
      "event: { order: [1, 2] }",
      "threshold: harm.total <= 0",
    ].join("\n");
    expect(read(text)).to.deep.equal({
      problems: [],
      values: {
        function: [
          { label: "init-connect", name: "init-connect" },
          { label: "fixed", name: "handler-connect" },
        ],
        duration: 90_000,
        seed: 7,
        env: [
          { key: "STAGE", value: "test" },
          { key: "LEVEL", value: "3" },
        ],
        expect: [
          { key: "init-connect", value: "fail" },
          { key: "fixed", value: "pass" },
        ],
        event: '{"order":[1,2]}',
        threshold: ["harm.total <= 0"],
      },
    });
  });

  for (const text of ["", "# nothing\n", "---\n"]) {
    it(`reads ${JSON.stringify(text)} as no settings`, () => {
      expect(read(text)).to.deep.equal({ values: {}, problems: [] });
    });
  }

  for (const { text, expected } of [
    {
      text: "duration: 90s\ndurration: 1s",
      expected: ["soak.yaml:2 durration: there is no such setting; did you mean duration?"],
    },
    {
      text: "profile: other.yaml",
      expected: [
        "soak.yaml:1 profile: there is no such setting in a profile; it can only be given as a flag",
      ],
    },
    {
      text: "duration: 90",
      expected: ["soak.yaml:1 duration: 90: expected a length of time such as 250ms, 90s, 15m or 24h"],
    },
    { text: "duration: [1s]", expected: ["soak.yaml:1 duration: expected one value"] },
    { text: "duration:", expected: ["soak.yaml:1 duration: expected a value"] },
    { text: "- duration", expected: ["soak.yaml:1: expected settings, one a line, such as `duration: 60s`"] },
    {
      text: "seed: 1\nadmission: deny\nexpect: { a: maybe }",
      expected: [
        "soak.yaml:2 admission: deny: expected one of refuse, backlog, evict",
        "soak.yaml:3 expect: a=maybe: expected LABEL=pass, LABEL=fail or LABEL=inconclusive",
      ],
    },
  ]) {
    it(`reports what is wrong with ${JSON.stringify(text)}`, () => {
      expect(problems(text)).to.deep.equal(expected);
    });
  }

  it("reports the position at which a text is not valid YAML", () => {
    expect(problems("a: : 1\n".repeat(300))).to.deep.equal([
      "soak.yaml: expected YAML with at most 200 lists and mappings inside each other",
    ]);
    expect(problems(`event: [&a 1${", *a".repeat(101)}]`)).to.deep.equal([
      "soak.yaml: expected YAML with at most 100 aliases",
    ]);
    expect(problems("duration: 1s\nenv: { A: 1")).to.have.length.greaterThan(0);
    expect(problems("duration: 1s\nduration: 2s")[0]).to.match(/^soak\.yaml:2: expected YAML: .*unique/);
    expect(problems("env: { A: 1,\r\n\r  A: 2 }")).to.deep.equal([
      "soak.yaml:3: expected YAML: Map keys must be unique",
    ]);
  });
});
