import { expect } from "chai";
import { readSettings, writeSettings } from "../../src/settings/manifest-settings.ts";
import { resolveSoak } from "../../src/cli/soak/resolve-soak.ts";
import type { DefaultFacts } from "../../src/settings/setting.ts";
import { SOAK_SETTINGS, type SoakFlags, type SoakSettings } from "../../src/settings/soak-settings.ts";
import { durationMs } from "../../src/base/time.ts";

const LOCAL: DefaultFacts = { target: "local", awsRegion: null };
const NEVER_GIVEN: SoakFlags = {};

const settle = (flags: SoakFlags): SoakSettings => {
  const { settings, problems } = resolveSoak(flags, {}, "eu-central-1");
  expect(problems).to.deep.equal([]);
  return settings;
};
const written = (settings: SoakSettings): Record<string, unknown> =>
  JSON.parse(JSON.stringify(writeSettings(SOAK_SETTINGS, settings))) as Record<string, unknown>;
const read = (members: Record<string, unknown>, given: SoakFlags = NEVER_GIVEN, facts = LOCAL) =>
  readSettings(SOAK_SETTINGS, members, given, facts);
const valuesRead = (...parameters: Parameters<typeof read>): SoakSettings => {
  const result = read(...parameters);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.settings;
};

const EVERY_FLAG: SoakFlags = {
  target: "local",
  endpoint: "http://127.0.0.1:3001",
  function: [
    { label: "design", name: "handler-connect" },
    { label: "mine", name: "my-function" },
  ],
  code: [{ label: "code", name: "build/handler.mjs" }],
  duration: durationMs(90_000),
  interval: durationMs(500),
  platform: "hostile",
  seed: 4_294_967_295,
  event: '{"a":[1]}',
  success: "ok = true",
  "peer-log-group": [{ label: "mine", logGroup: "/longrun/peer/mine" }],
  admission: "evict",
  link: [{ name: null, value: { hostVariable: "DB_HOST", portVariable: "DB_PORT", address: null } }],
  handler: "index.handler",
  runtime: "nodejs24.x",
  memory: 512,
  "function-timeout": durationMs(3_000),
  env: [{ key: "SECRET", value: "x" }],
  region: "eu-west-1",
  threshold: ["harm.total <= 0"],
  expect: [{ key: "mine", value: "pass" }],
  "stop-on": "harm",
  settle: durationMs(0),
  "clock-tolerance": durationMs(250),
  "idle-life": durationMs(60_000),
  out: "runs/mine",
  metrics: { host: "127.0.0.1", port: 0 },
  yes: true,
  json: true,
};

describe("settings in a manifest", () => {
  it("are read back unchanged, except for those that are given again at each start", () => {
    const settings = settle(EVERY_FLAG);
    const { env = [], metrics = null } = EVERY_FLAG;
    expect(valuesRead(written(settings), { env, metrics: metrics ?? { host: "", port: 0 } })).to.deep.equal({
      ...settings,
      yes: false,
      json: false,
    });
  });

  it("are read back from a soak on AWS and from a soak with a peer of the user", () => {
    for (const flags of [
      { target: "aws", function: [{ label: "a", name: "a" }] },
      { code: [{ label: "a", name: "a.mjs" }], peer: [{ name: null, value: { host: "plc", port: 7000 } }] },
      {
        code: [{ label: "a", name: "a.mjs" }],
        peer: [{ name: null, value: { host: "plc", port: 7000 } }],
        link: [{ name: null, value: { byName: true, address: null } }],
        resolve: [{ name: "plc", host: "10.0.9.9", port: null }],
      },
    ] satisfies SoakFlags[]) {
      const settings = settle(flags);
      expect(valuesRead(written(settings), {}, { ...LOCAL, target: settings.target })).to.deep.equal(
        settings,
      );
    }
  });

  it("contain the names of environment variables, but not their values", () => {
    expect(written(settle(EVERY_FLAG))["env"]).to.deep.equal([{ key: "SECRET", value: null }]);
  });

  it("include a member for each resolved value", () => {
    const settings = settle(EVERY_FLAG);
    expect(Object.keys(written(settings)).sort()).to.deep.equal(Object.keys(settings).sort());
  });

  it("have their defaults if an older version did not write them", () => {
    const settings = settle({ function: [{ label: "a", name: "init-connect" }] });
    const { functions, target, region } = written(settings);
    expect(valuesRead({ functions, target, region })).to.deep.equal(settings);
  });

  it("derive the peer's idle time-out from the interval if the manifest has no idle time-out", () => {
    const { functions } = written(settle({ function: [{ label: "a", name: "init-connect" }] }));
    expect(valuesRead({ functions, interval: 10_000 }).peerIdleTimeout).to.equal(60_000);
  });

  const whole = written(settle({ function: [{ label: "a", name: "init-connect" }] }));
  for (const { member, value, problem } of [
    { member: "target", value: "moon", problem: 'expected local or aws, found "moon"' },
    {
      member: "endpoint",
      value: 3001,
      problem: "expected a URL such as http://127.0.0.1:3001, found 3001",
    },
    { member: "functions", value: undefined, problem: "expected a list, found nothing" },
    {
      member: "functions",
      value: [{ label: "../x", source: { kind: "design", design: "init-connect" } }],
      problem:
        /^expected a function's label and source \(a label has .*\) at \[0\], found \[\{"label":"\.\.\/x"/,
    },
    {
      member: "functions",
      value: [{ label: "a", source: { kind: "design", design: "other" } }],
      problem: /^expected a function's label and source/,
    },
    {
      member: "interval",
      value: "1s",
      problem: 'expected a length of time in milliseconds, at least 20, found "1s"',
    },
    {
      member: "duration",
      value: null,
      problem: "expected a length of time in milliseconds, at least 1000, found null",
    },
    { member: "seed", value: -1, problem: "expected a whole number from 0 to 4294967295, found -1" },
    { member: "platform", value: null, problem: "expected a platform profile's name or file, found null" },
    {
      member: "peer",
      value: { host: "plc" },
      problem: 'expected an object with `host` and `port`, found {"host":"plc"}',
    },
    { member: "peerLogs", value: {}, problem: "expected a list, found {}" },
    { member: "admission", value: "deny", problem: 'expected one of refuse, backlog, evict, found "deny"' },
    {
      member: "links",
      value: [{ name: null, link: "PEER_HOST:PEER_PORT", peer: null, resolve: null }],
      problem:
        /^expected `address` \(`host` and `port`, or null\) with one of: `hostVariable` and `portVariable`, `variable`, `byName` at \[0\]/,
    },
    { member: "memoryMb", value: 1, problem: "expected a whole number from 128 to 10240, found 1" },
    {
      member: "thresholds",
      value: [1],
      problem: "expected a threshold such as 'harm.total <= 0' at [0], found [1]",
    },
    {
      member: "expectations",
      value: [{ key: "a", value: "maybe" }],
      problem: 'expected one of pass, inconclusive, fail at [0], found [{"key":"a","value":"maybe"}]',
    },
  ]) {
    it(`are refused with ${member} ${JSON.stringify(value) ?? "absent"}`, () => {
      const result = read({ ...whole, [member]: value });
      const problems = result.ok ? [] : result.problems;
      expect(problems.map(({ where }) => where)).to.deep.equal([`settings.${member}`]);
      expect(problems[0]?.text).to.match(
        problem instanceof RegExp
          ? problem
          : new RegExp(`^${problem.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`),
      );
    });
  }

  it("are refused with one message about all mistakes", () => {
    const result = read({ ...whole, interval: "1s", memoryMb: 1, functions: 3 });
    expect(result.ok ? [] : result.problems.map(({ where }) => where)).to.deep.equal([
      "settings.interval",
      "settings.memoryMb",
      "settings.functions",
    ]);
  });
});
