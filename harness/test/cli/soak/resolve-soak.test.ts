import { expect } from "chai";
import { readProfile } from "../../../src/settings/read-profile.ts";
import { resolveSoak } from "../../../src/cli/soak/resolve-soak.ts";
import { SOAK_SETTINGS, type SoakFlags } from "../../../src/settings/soak-settings.ts";
import { durationMs } from "../../../src/base/time.ts";

const ONE: SoakFlags = { function: [{ label: "handler-connect", name: "handler-connect" }] };
const resolve = (flags: SoakFlags, profile: SoakFlags = {}) => resolveSoak(flags, profile, "eu-central-1");
const problems = (flags: SoakFlags): readonly string[] =>
  resolve(flags).problems.map(({ where, text }) => `${where}: ${text}`);

describe("resolveSoak", () => {
  it("returns the defaults of a local soak", () => {
    const { settings, problems: none } = resolve(ONE);
    expect(none).to.deep.equal([]);
    expect(settings).to.deep.include({
      target: "local",
      endpoint: null,
      duration: 60_000,
      interval: 1_000,
      platform: "typical",
      seed: null,
      event: "{}",
      admission: "refuse",
      peerIdleTimeout: 20_000,
      settle: 2_000,
      clockTolerance: 1_000,
      idleLife: 300_000,
      runtime: null,
      memoryMb: 256,
      functionTimeout: 10_000,
      functions: [{ label: "handler-connect", source: { kind: "design", design: "handler-connect" } }],
    });
  });

  it("returns the defaults of a soak on AWS, in which the name of a design is a function name", () => {
    const { settings, problems: none } = resolve({ ...ONE, target: "aws" });
    expect(none).to.deep.equal([]);
    expect(settings).to.deep.include({
      target: "aws",
      duration: 900_000,
      interval: 60_000,
      platform: null,
      settle: 600_000,
      region: "eu-central-1",
      functions: [
        { label: "handler-connect", source: { kind: "existing", functionName: "handler-connect" } },
      ],
    });
  });

  it("prefers flags to the profile, and the profile to defaults", () => {
    const { settings } = resolve({ ...ONE, seed: 1 }, { seed: 2, duration: durationMs(5_000) });
    expect(settings).to.deep.include({ seed: 1, duration: 5_000 });
  });

  it("makes the peer's idle time-out at least six intervals long, so that a frozen environment keeps its connection", () => {
    expect(
      resolve({ ...ONE, interval: durationMs(10_000), duration: durationMs(60_000) }).settings
        .peerIdleTimeout,
    ).to.equal(60_000);
  });

  it("accepts ten invocations on AWS, fewer with --yes, and any number on the local engine", () => {
    const short = { ...ONE, duration: durationMs(60_000) };
    expect(problems({ ...ONE, target: "aws", duration: durationMs(600_000) })).to.deep.equal([]);
    expect(problems({ ...short, target: "aws", yes: true })).to.deep.equal([]);
    expect(problems({ ...ONE, duration: durationMs(3_000) })).to.deep.equal([]);
  });

  const handler = { label: "a", name: "handler-connect" };
  const cases: readonly {
    readonly title: string;
    readonly flags: SoakFlags;
    readonly expected: readonly (string | RegExp)[];
  }[] = [
    { title: "no function", flags: {}, expected: ["--function: expected at least one --function or --code"] },
    {
      title: "an unknown design",
      flags: { function: [{ label: "handler-conect", name: "handler-conect" }] },
      expected: [/did you mean handler-connect\?/],
    },
    {
      title: "one label twice",
      flags: { function: [handler, { label: "a", name: "init-connect" }] },
      expected: [/^a: two functions have this label/],
    },
    {
      title: "an interval above the duration",
      flags: { ...ONE, duration: durationMs(1_000), interval: durationMs(2_000) },
      expected: [/^--duration: expected at least the length of one --interval/],
    },
    {
      title: "a run on AWS of fewer than ten invocations",
      flags: { ...ONE, target: "aws", duration: durationMs(599_999) },
      expected: [
        "--duration: expected at least 10 invocations, because fewer show too little: 599999ms at an --interval of 60s are 9. Give --duration 10m or more, or --yes to make such a short run anyway",
      ],
    },
    {
      title: "a run on AWS whose interval leaves fewer than ten invocations",
      flags: { ...ONE, target: "aws", interval: durationMs(120_000) },
      expected: [/of 2m are 7\. Give --duration 20m or more/],
    },
    {
      title: "an expectation for an unknown function",
      flags: { ...ONE, expect: [{ key: "handler-conect", value: "pass" }] },
      expected: [/no function has this label; did you mean handler-connect\?/],
    },
    {
      title: "two expectations for one function",
      flags: {
        ...ONE,
        expect: [
          { key: "handler-connect", value: "pass" },
          { key: "handler-connect", value: "fail" },
        ],
      },
      expected: [/has an expectation already/],
    },
    {
      title: "one peer for two functions",
      flags: {
        function: [handler, { label: "b", name: "handler-connect" }],
        peer: [{ name: null, value: { host: "plc", port: 7000 } }],
      },
      expected: [/^--peer: expected one function only/],
    },
    {
      title: "a handler for a built-in design",
      flags: { ...ONE, handler: "index.handler" },
      expected: ["--handler: works only with --code"],
    },
    {
      title: "local settings on AWS",
      flags: { ...ONE, target: "aws", seed: 1, platform: "calm" },
      expected: [/^--platform: works only with --target local/, /^--seed: works only with --target local/],
    },
  ];
  for (const { title, flags, expected } of cases) {
    it(`refuses ${title}`, () => {
      const found = problems(flags);
      expect(found).to.have.length(expected.length);
      for (const [index, pattern] of expected.entries())
        expect(found[index]).to.match(pattern instanceof RegExp ? pattern : new RegExp(`^${pattern}$`));
    });
  }

  it("takes levers by flag and by profile, and makes a local platform calm for them", () => {
    const { settings, problems: none } = resolve(ONE, { provoke: ["versions", "update"] });
    expect([none, settings.provoke, settings.platform]).to.deep.equal([[], ["versions", "update"], "calm"]);
    expect(resolve({ ...ONE, provoke: ["versions"], platform: "hostile" }).settings.platform).to.equal(
      "hostile",
    );
    expect(resolve(ONE).settings.provoke).to.deep.equal([]);
    const tenants = resolve(ONE, { provoke: ["versions"], tenants: 3 });
    expect([tenants.problems, tenants.settings.provoke, tenants.settings.tenants]).to.deep.equal([
      [],
      ["versions", "tenants"],
      3,
    ]);
    expect(
      resolve(ONE, { tenants: 2, provoke: ["provisioned"] }).problems.map(({ text }) => text),
    ).to.include(
      "expected tenants without provisioned: Lambda has no provisioned concurrency for functions that isolate tenants",
    );
    const yaml = (text: string) => readProfile({ name: "soak.yaml", text }, SOAK_SETTINGS);
    expect(yaml("provoke: provisioned, versions").values.provoke).to.deep.equal(["versions", "provisioned"]);
    expect(yaml("provoke: snapstart").problems).to.deep.equal([
      {
        where: "soak.yaml:1 provoke: snapstart",
        text: "expected one or more of versions, update, provisioned, tenants, separated by commas; this version of longrun does not have snapstart yet",
      },
    ]);
  });

  it("refuses levers for a version or an alias, and those that need one invocation in flight", () => {
    const existing = [{ label: "b", name: "arn:aws:lambda:eu-central-1:123456789012:function:b:live" }];
    expect(
      problems({ target: "aws", function: existing, provoke: ["provisioned"], "reserved-concurrency": 2 }),
    ).to.deep.equal([
      "--function arn:aws:lambda:eu-central-1:123456789012:function:b:live: expected no version or alias with --provoke, which publishes and invokes versions of its own",
      "--provoke provisioned: works only with --reserved-concurrency 1: provisioned needs one invocation in flight",
    ]);
    for (const name of [
      "b",
      "function:b",
      "123456789012:function:b",
      "arn:aws:lambda:eu-central-1:123456789012:function:b",
    ])
      expect(
        problems({ target: "aws", function: [{ label: "b", name }], provoke: ["versions"] }),
      ).to.deep.equal([]);
    expect(
      problems({ target: "aws", function: [{ label: "b", name: "b:3" }], provoke: ["versions"] }),
    ).to.have.length(1);
  });

  it("--copy needs --provoke and existing functions, and allows --link by a variable on AWS", () => {
    const existing = { target: "aws" as const, function: [{ label: "b", name: "b" }], copy: true };
    const peer = [{ name: null, value: { host: "db.test", port: 5_432 } }];
    const link = [{ name: null, value: { variable: "DATABASE_URL", address: null } }];
    expect(problems({ ...existing, provoke: ["versions"], peer, link })).to.deep.equal([]);
    expect(
      problems({ ...existing, provoke: ["versions"], peer, link, copy: false }).map((text) =>
        text.slice(0, 40),
      ),
    ).to.deep.equal(["--link: works only with --target local: "]);
    expect(problems({ ...ONE, copy: true })).to.deep.equal([
      "--copy: works only with --provoke: without it a soak changes nothing, and needs no copy",
      "--copy: works only with existing functions: --target aws, or --endpoint and --function",
    ]);
    const byName = [{ name: null, value: { byName: true as const, address: null } }];
    expect(problems({ ...existing, provoke: ["versions"], peer, link: byName })).to.deep.equal([
      "--link host: works only locally: a copy finds its machine in its variables",
    ]);
    expect(readProfile({ name: "a.yaml", text: "copy: true" }, SOAK_SETTINGS).values.copy).to.equal(true);
  });

  it("requires a region on AWS", () => {
    const found = resolveSoak({ ...ONE, target: "aws" }, {}, null).problems;
    expect(found).to.deep.equal([
      { where: "--region", text: "expected --region or AWS_REGION with --target aws" },
    ]);
  });

  it("leaves `capacity` null without --capacity, and accepts fewer places than invocations at one time", () => {
    const { settings, problems: none } = resolve({ ...ONE, "reserved-concurrency": 3 });
    expect([none, settings.reservedConcurrency, settings.capacity]).to.deep.equal([[], 3, null]);
    expect(
      resolve({ ...ONE, capacity: [{ name: null, value: 2 }], "reserved-concurrency": 3 }).problems,
    ).to.deep.equal([]);
  });

  it("requires a number of places for our own peer, and accepts `unknown` for a peer of the user", () => {
    expect([
      problems({ ...ONE, capacity: [{ name: null, value: "unknown" }] }),
      problems({ ...ONE, capacity: [{ name: null, value: 5_000 }] }),
      problems({
        ...ONE,
        capacity: [{ name: null, value: "unknown" }],
        peer: [{ name: null, value: { host: "10.0.9.9", port: 7000 } }],
      }),
    ]).to.deep.equal([
      ["--capacity: expected a number: longrun's own peer must know how many places it has"],
      ["--capacity: expected at most 1000 for longrun's own peer"],
      [],
    ]);
  });
});
