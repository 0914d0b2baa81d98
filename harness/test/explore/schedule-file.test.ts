import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { packageRoot } from "../../src/adapters/node/assets.ts";
import { readScheduleFile, scheduleSchemaText } from "../../src/explore/schedule-file.ts";
import { SCHEDULE_TIMES } from "../../src/explore/schedule.ts";
import { describeSteps } from "../../src/explore/describe-schedule.ts";

const FILE = {
  schemaVersion: 1,
  function: { design: "init-connect" },
  admission: "refuse",
  capacity: 2,
  event: {},
  times: SCHEDULE_TIMES,
  steps: [{ step: "initialise-ahead" }, { step: "invoke", environment: "new" }],
};

describe("schedule.json", () => {
  it("is read with the same content as it was written", () => {
    expect(readScheduleFile(JSON.stringify(FILE))).to.deep.equal({ ok: true, file: FILE });
  });

  it("keeps the names of strangers", () => {
    const file = { ...FILE, strangers: ["gateway"] };
    expect(readScheduleFile(JSON.stringify(file))).to.deep.equal({ ok: true, file });
  });

  it("keeps the steps of levers", () => {
    const steps = [
      { step: "invoke-version", version: "$LATEST" },
      { step: "invoke-version", version: 2 },
      { step: "provision" },
    ];
    expect(readScheduleFile(JSON.stringify({ ...FILE, steps }))).to.deep.equal({
      ok: true,
      file: { ...FILE, steps },
    });
  });

  it("gets the default times if it has no times", () => {
    expect(readScheduleFile(JSON.stringify({ ...FILE, times: undefined }))).to.deep.equal({
      ok: true,
      file: FILE,
    });
  });

  it("means a peer with one place if it has no capacity, as in older versions", () => {
    expect(readScheduleFile(JSON.stringify({ ...FILE, capacity: undefined }))).to.deep.equal({
      ok: true,
      file: { ...FILE, capacity: 1 },
    });
  });

  for (const address of [null, { host: "db", port: 6379 }])
    it(`may have the address ${JSON.stringify(address)} in its link, as in older versions`, () => {
      const code = {
        code: "app.mjs",
        handler: null,
        link: { hostVariable: "HOST", portVariable: "PORT", address },
      };
      expect(readScheduleFile(JSON.stringify({ ...FILE, function: code }))).to.include({ ok: true });
    });

  it("has in docs/schedule.schema.json the same schema as in the code", async () => {
    const page = join(packageRoot(), "docs", "schedule.schema.json");
    // LONGRUN_RENEW_TABLES=1 npx mocha harness/test/explore/schedule-file.test.ts
    if (process.env["LONGRUN_RENEW_TABLES"] === "1")
      writeFileSync(
        page,
        await format(scheduleSchemaText(), { ...(await resolveConfig(page)), filepath: page }),
      );
    expect(JSON.parse(readFileSync(page, "utf8"))).to.deep.equal(JSON.parse(scheduleSchemaText()));
  });

  it("is accepted by its schema, but not with an unknown step", () => {
    const validate = new Ajv2020({ strict: false }).compile(JSON.parse(scheduleSchemaText()) as object);
    expect([validate(FILE), validate({ ...FILE, steps: [{ step: "dance" }] })]).to.deep.equal([true, false]);
  });

  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ["content that is not JSON", "no JSON", /^expected JSON: /],
    ["a list in place of an object", "[1]", /^expected a JSON object, as longrun explore writes it/],
    ["an unknown admission", JSON.stringify({ ...FILE, admission: "maybe" }), /^admission: /],
    [
      "a step with an unknown name",
      JSON.stringify({ ...FILE, steps: [FILE.steps[0], { step: "dance" }] }),
      /^steps\[1\]\.step \(step 2\): /,
    ],
    [
      "a step without its environment",
      JSON.stringify({ ...FILE, steps: [{ step: "invoke" }] }),
      /^steps\[0\]\.environment \(step 1\): /,
    ],
    ["an empty list of steps", JSON.stringify({ ...FILE, steps: [] }), /^steps: /],
    [
      "a step that cannot be played",
      JSON.stringify({ ...FILE, steps: [{ step: "crash", environment: 3 }] }),
      /^step 1 \(crash\) cannot be played: there is no environment 3 yet/,
    ],
  ];
  for (const [title, content, message] of wrong) {
    it(`is refused if it has ${title}, with the position and the reason`, () => {
      const read = readScheduleFile(content);
      expect(read.ok ? [] : read.problems).to.have.lengthOf(1);
      expect(read.ok ? "" : read.problems[0]).to.match(message);
    });
  }

  it("is described in sentences that number the new environments", () => {
    expect(
      describeSteps([
        { step: "initialise-ahead" },
        { step: "invoke-and-end", environment: "new", ending: "silence" },
        { step: "crash", environment: 1 },
        { step: "invoke-version", version: 2 },
        { step: "provision" },
        { step: "invoke-version", version: 2 },
        { step: "invoke-version", version: "$LATEST" },
      ]),
    ).to.deep.equal([
      "The platform initialises environment 1 while no invocation waits for it.",
      "The function is invoked in a new environment (environment 2), which ends before the peer replies, in silence (neither FIN nor RST).",
      "The process of environment 1 dies while it is idle.",
      "Version 2 is invoked in a new environment (environment 3).",
      "Another version, which is never invoked, is provisioned: the platform initialises environment 4 for it.",
      "Version 2 is invoked in environment 3.",
      "$LATEST is invoked in environment 1.",
    ]);
  });
});
