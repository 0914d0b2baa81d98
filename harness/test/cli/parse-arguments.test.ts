import { expect } from "chai";
import { parseArguments } from "../../src/cli/parse-arguments.ts";
import { repeated, setting, toggle } from "../../src/settings/setting.ts";
import { duration, text, wholeNumber } from "../../src/settings/value-kinds.ts";

const SETTINGS = {
  duration: setting("duration", {
    takes: "LENGTH",
    help: "",
    value: duration({ min: 1_000, example: "1s" }),
  }),
  port: setting("port", { takes: "NUMBER", help: "", value: wholeNumber({ min: 0, max: 65_535 }) }),
  name: repeated("name", { takes: "NAME", help: "", value: text("a name") }),
  json: toggle("json", ""),
} as const;
const RUN = {
  placeholder: "RUN",
  description: "a run directory",
  required: true,
  repeatable: false,
} as const;

const parse = (given: string, positional: typeof RUN | null = null) =>
  parseArguments(SETTINGS, positional, given === "" ? [] : given.split(" "));

describe("parseArguments", () => {
  for (const { given, values } of [
    { given: "", values: {} },
    { given: "--duration 90s --json", values: { duration: 90_000, json: true } },
    { given: "--duration=15m", values: { duration: 900_000 } },
    { given: "--name one --name=two", values: { name: ["one", "two"] } },
    { given: "--name a=b=c", values: { name: ["a=b=c"] } },
  ]) {
    it(`reads \`${given}\``, () => {
      expect(parse(given)).to.deep.equal({ help: false, values, positionals: [], problems: [] });
    });
  }

  for (const { given, problems } of [
    { given: "--durtion 90s", problems: ["--durtion: there is no such flag; did you mean --duration?"] },
    {
      given: "--duration 90",
      problems: ["--duration 90: expected a length of time such as 250ms, 90s, 15m or 24h"],
    },
    { given: "--duration 10ms", problems: ["--duration 10ms: expected at least 1s"] },
    { given: "--duration", problems: ["--duration: expected a value: --duration LENGTH"] },
    { given: "--duration --json", problems: ["--duration: expected a value: --duration LENGTH"] },
    {
      given: "--duration 1s --duration 2s",
      problems: ["--duration 2s: given more than once; this flag may be given once"],
    },
    { given: "--json --json", problems: ["--json: given more than once; this flag may be given once"] },
    { given: "--json=yes", problems: ["--json=yes: --json takes no value"] },
    { given: "--port 65536", problems: ["--port 65536: expected a whole number from 0 to 65535"] },
    { given: "--port -1", problems: ["--port -1: expected a whole number from 0 to 65535"] },
    { given: "-x", problems: ["-x: there is no such flag"] },
    { given: "stray", problems: ["stray: expected a flag; this command takes no other arguments"] },
    { given: "--name=", problems: ["--name : expected a name"] },
    { given: "--constructor 1", problems: ["--constructor: there is no such flag"] },
    {
      given: "--duration soon --port x --jsn",
      problems: [
        "--duration soon: expected a length of time such as 250ms, 90s, 15m or 24h",
        "--port x: expected a whole number from 0 to 65535",
        "--jsn: there is no such flag; did you mean --json?",
      ],
    },
  ]) {
    it(`reports what is wrong with \`${given}\``, () => {
      expect(parse(given).problems.map(({ where, text }) => `${where}: ${text}`)).to.deep.equal(problems);
    });
  }

  it("requires the positional argument exactly once", () => {
    expect([
      parse("", RUN).problems,
      parse("one", RUN).problems,
      parse("one two", RUN).problems,
    ]).to.deep.equal([
      [{ where: "RUN", text: "expected a run directory" }],
      [],
      [{ where: "two", text: "expected one RUN only" }],
    ]);
  });

  it("reads the word after a mistyped flag as the flag's value if another word is the positional argument, else as this argument", () => {
    const wheres = (text: string) => parse(text, RUN).problems.map(({ where }) => where);
    expect([wheres("one --sed 3"), wheres("--jsn one")]).to.deep.equal([["--sed"], ["--jsn"]]);
  });

  for (const given of ["--help", "-h", "--duration soon --help"]) {
    it(`recognises a request for help in \`${given}\``, () => {
      expect(parse(given).help).to.equal(true);
    });
  }
});
