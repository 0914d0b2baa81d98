import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { functionUnderSearch, type GivenFunction } from "../../../src/cli/explore/function-under-search.ts";
import {
  missingVariables,
  otherFunction,
  readFunction,
  writtenFunction,
} from "../../../src/cli/explore/schedule-function.ts";
import { HiddenValues } from "../../../src/settings/hidden-values.ts";
import { readScheduleFile, scheduleFileText } from "../../../src/explore/schedule-file.ts";
import { SCHEDULE_TIMES } from "../../../src/explore/schedule.ts";
import { linkChoice } from "../../../src/settings/value-parsers.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("the function of a schedule that explore writes", () => {
  const folder = temporaryFolder();

  const env = [{ key: "URL", value: "tcp://db:6379" }];
  const peer = { host: "db", port: 6379 };
  const cases: (readonly [string, string | null, Partial<GivenFunction>])[] = [
    ["the default variables", null, {}],
    ["two variables", "HOST:PORT", {}],
    ["two variables and the peer's address", "HOST:PORT=db:6379", {}],
    ["one variable", "URL", { env }],
    ["one variable and the peer's address", "URL=db:6379", { env }],
    ["the name in --peer", "host", { peer: [{ name: null, value: peer }] }],
    ["the name in --link", "host=db:6379", {}],
    [
      "a launcher, a handler and variables",
      null,
      { code: "ruby", runtime: "ruby3.4", launcher: "run it", handler: "app.handler", env },
    ],
    ["a memory size", null, { memory: 1024 }],
    ["a protocol", null, { protocol: [{ name: null, value: "redis" }] }],
    [
      "a shipped design with variables, a link and a protocol",
      "HOST:PORT",
      { code: undefined, function: "init-connect", protocol: [{ name: null, value: "raw" }], env },
    ],
  ];
  const named = (name: string, text: string) => {
    const choice = linkChoice(text);
    if (!choice.ok) throw new Error(text);
    return { name, value: choice.value };
  };
  cases.push([
    "several peers with different links, protocols and capacities",
    null,
    {
      env,
      link: [named("db", "URL"), named("plc", "HOST:PORT"), named("api", "host")],
      peer: [{ name: "api", value: { host: "api.internal", port: 443 } }],
      protocol: [
        { name: "db", value: "redis" },
        { name: null, value: "raw" },
      ],
      capacity: [{ name: "db", value: 7 }],
    },
  ]);
  for (const [title, link, flags] of cases) {
    it(`is read as it was written: ${title}`, async () => {
      writeFileSync(join(folder.path(), "app.mjs"), "export const handler = async () => 1;");
      folder.with("ruby", { "app.rb": "def handler(event:, context:) = 1" });
      const choice = link === null ? null : linkChoice(link);
      const only = choice?.ok === true ? { link: [{ name: null, value: choice.value }] } : {};
      const given = { code: "app.mjs", ...only, ...flags };
      const { chosen, problems } = await functionUnderSearch(given, folder.path());
      expect(problems).to.deep.equal([]);
      if (chosen === null) return;
      const text = scheduleFileText({
        schemaVersion: 1,
        function: writtenFunction(chosen, join(folder.path(), "runs"), new HiddenValues()),
        admission: "refuse",
        capacity: 1,
        times: { ...SCHEDULE_TIMES },
        steps: [{ step: "invoke", environment: "new" }],
      });
      const read = readScheduleFile(text);
      expect(read).to.include({ ok: true });
      if (!read.ok) return;
      const again = await functionUnderSearch(
        readFunction(read.file.function, {}),
        join(folder.path(), "runs"),
      );
      expect(again).to.deep.equal({ chosen, problems: [] });
    });
  }

  it("passes its memory size on to another function in a replay, unless the user gives a size", () => {
    const file = { code: "app.mjs", handler: null, memoryMb: 1024 };
    expect(otherFunction(file, { code: "fixed.mjs" })).to.include({ code: "fixed.mjs", memory: 1024 });
    expect(otherFunction(file, { code: "fixed.mjs", memory: 256 }).memory).to.equal(256);
  });

  it("passes its link and its variables on to another handler in a replay, unless the user gives a link", () => {
    const file = {
      code: "app.mjs",
      handler: null,
      link: { hostVariable: "DEVICE", portVariable: "PORT" },
      environment: { STAGE: "test" },
    };
    const link = [{ name: null, value: { hostVariable: "DEVICE", portVariable: "PORT", address: null } }];
    const env = [{ key: "STAGE", value: "test" }];
    expect(otherFunction(file, { code: "fixed.mjs" })).to.deep.include({ code: "fixed.mjs", link, env });
    expect(otherFunction(file, { code: "fixed.mjs", link: [] }).link).to.deep.equal([]);
    // A design finds its peer in its own variables.
    expect(otherFunction(file, { function: "handler-connect" }).link).to.equal(undefined);
  });

  it("keeps the name of the program that is run from a package with several programs", () => {
    const from = { code: "/home/me/made", handler: "bootstrap", runtime: "provided.al2023", launcher: null };
    const written = writtenFunction(
      { from: { ...from, bin: "one" }, peers: [], memoryMb: null, environment: {} },
      "/home/me/runs",
      new HiddenValues(),
    );
    expect(readFunction(written, {})).to.deep.include({ code: "../made", bin: "one", runtime: from.runtime });
  });

  it("has no hidden values, which a replay needs again for each function that gets the variables", () => {
    const hidden = new HiddenValues();
    const environment = { PASSWORD: "zq-secret", STAGE: "test" };
    hidden.add(Object.entries(environment).map(([key, value]) => ({ key, value })));
    const from = { code: "/home/me/a.mjs", handler: "a.handler", runtime: "nodejs22.x", launcher: null };
    const written = writtenFunction({ from, peers: [], memoryMb: null, environment }, "/home/me", hidden);
    expect(written.environment).to.deep.equal({ PASSWORD: null, STAGE: "test" });
    expect(missingVariables(written, {})).to.deep.equal(["PASSWORD"]);
    expect(missingVariables(written, { code: "fixed.mjs" })).to.deep.equal(["PASSWORD"]);
    expect(missingVariables(written, { code: "fixed.mjs", link: [] })).to.deep.equal([]);
    expect(missingVariables(written, { function: "handler-connect" })).to.deep.equal([]);
    expect(missingVariables(written, { env: [{ key: "PASSWORD", value: "again" }] })).to.deep.equal([]);
    expect(readFunction(written, {}).env).to.deep.equal([{ key: "STAGE", value: "test" }]);
  });
});
