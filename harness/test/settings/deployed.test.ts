import { expect } from "chai";
import { parseDeployed, parseOutputs, type Deployed } from "../../src/settings/deployed.ts";
import { flagsOfDeployed, withPeerAddresses } from "../../src/settings/deployed-flags.ts";
import { resolveSoak } from "../../src/cli/soak/resolve-soak.ts";
import type { SoakFlags } from "../../src/settings/soak-settings.ts";

const wrapped = (values: Record<string, unknown>): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, { sensitive: false, type: "dynamic", value }]),
    ),
  );

const OUTPUTS = {
  region: "eu-central-1",
  endpoint: null,
  functions: {
    "init-connect": {
      name: "longrun-init-connect",
      arn: "arn",
      log_group: "/aws/lambda/a",
      peer: "a.longrun.internal:7000",
      peer_protocol: "longrun",
      peer_log_group: "/longrun/peer/a",
    },
    "handler-connect": {
      name: "longrun-handler-connect",
      arn: "arn",
      log_group: "/aws/lambda/b",
      peer: "b.longrun.internal:7000",
      peer_protocol: "longrun",
      peer_log_group: "/longrun/peer/b",
    },
  },
  runner: null,
};
const DEPLOYED: Deployed = {
  region: "eu-central-1",
  endpoint: null,
  functions: [
    {
      label: "init-connect",
      name: "longrun-init-connect",
      peer: { host: "a.longrun.internal", port: 7_000 },
      peerLogGroup: "/longrun/peer/a",
    },
    {
      label: "handler-connect",
      name: "longrun-handler-connect",
      peer: { host: "b.longrun.internal", port: 7_000 },
      peerLogGroup: "/longrun/peer/b",
    },
  ],
};

describe("Terraform's outputs", () => {
  for (const [title, text] of [
    ["as `terraform output -json` prints them", wrapped(OUTPUTS)],
    ["without the wrapping", JSON.stringify(OUTPUTS)],
  ] as const) {
    it(`are read ${title}`, () => {
      expect(parseDeployed(text)).to.deep.equal({ ok: true, deployed: DEPLOYED });
    });
  }

  for (const [title, text, nothingDeployed, expected] of [
    ["no JSON", "│ Warning: No outputs found", false, /it is no JSON/],
    ["a list", "[]", false, /an object/],
    ["nothing deployed", "{}", true, /something deployed/],
    ["no function", wrapped({ ...OUTPUTS, functions: {} }), true, /at least one deployed function/],
    ["outputs of another project", wrapped({ vpc_id: "vpc-1" }), false, /region: .*functions: /],
    [
      "a function without a name",
      wrapped({ ...OUTPUTS, functions: { one: {} } }),
      false,
      /functions\.one\.name/,
    ],
  ] as const) {
    it(`are refused: ${title}`, () => {
      const read = parseDeployed(text);
      expect(read.ok).to.equal(false);
      if (read.ok) return;
      expect(read.nothingDeployed).to.equal(nothingDeployed);
      expect(read.expected).to.match(expected);
    });
  }

  it("say how the runner's task is started. If a member of `runner` is wrong, they are refused, and the message names the member", () => {
    const runner = {
      cluster: "longrun-runner",
      task_definition: "arn:task:1",
      subnet_ids: ["subnet-1"],
      security_group_id: "sg-1",
      bucket: "longrun-runs",
      log_group: "/longrun/runner",
      command: ["soak", "--duration", "24h"],
    };
    const read = parseOutputs(wrapped({ ...OUTPUTS, runner }));
    expect(read.ok && read.outputs.runner).to.deep.equal(runner);
    const wrong = parseOutputs(wrapped({ ...OUTPUTS, runner: { ...runner, command: "soak" } }));
    expect(wrong.ok ? "" : wrong.expected).to.match(/^outputs of infra\/ .*runner\.command: /);
  });

  const settle = (deployed: Deployed, given: SoakFlags) => {
    const { flags, problems } = flagsOfDeployed(deployed, given);
    const resolved = resolveSoak(flags, {}, null);
    return {
      settings: withPeerAddresses(resolved.settings, deployed),
      problems: [...problems, ...resolved.problems],
    };
  };

  it("replace the flags that a user would otherwise have to type", () => {
    const { settings, problems } = settle(DEPLOYED, {});
    const { target, region, functions, peerLogs, peer } = settings;
    expect({ target, region, functions, peerLogs, peer, problems }).to.deep.equal({
      target: "aws",
      region: "eu-central-1",
      functions: [
        { label: "init-connect", source: { kind: "existing", functionName: "longrun-init-connect" } },
        { label: "handler-connect", source: { kind: "existing", functionName: "longrun-handler-connect" } },
      ],
      peerLogs: [
        {
          label: "init-connect",
          logGroup: "/longrun/peer/a",
          address: { host: "a.longrun.internal", port: 7_000 },
        },
        {
          label: "handler-connect",
          logGroup: "/longrun/peer/b",
          address: { host: "b.longrun.internal", port: 7_000 },
        },
      ],
      peer: null,
      problems: [],
    });
  });

  it("are overridden by flags, and --function selects some of their functions", () => {
    const { settings, problems } = settle(DEPLOYED, {
      region: "us-west-2",
      function: [{ label: "handler-connect", name: "handler-connect" }],
    });
    expect({
      region: settings.region,
      functions: settings.functions,
      logs: settings.peerLogs.map(({ logGroup }) => logGroup),
      problems,
    }).to.deep.equal({
      region: "us-west-2",
      functions: [
        { label: "handler-connect", source: { kind: "existing", functionName: "longrun-handler-connect" } },
      ],
      logs: ["/longrun/peer/b"],
      problems: [],
    });
  });

  it("attach the soak to a local engine if they have its endpoint, and give the soak the external peer's address", () => {
    const functions = [
      { label: "one", name: "longrun-one", peer: { host: "127.0.0.1", port: 7_100 }, peerLogGroup: null },
    ];
    const { settings, problems } = settle(
      { region: "us-east-1", endpoint: "http://127.0.0.1:3001", functions },
      {},
    );
    const { target, endpoint, peer, peerLogs } = settings;
    expect({ target, endpoint, peer, peerLogs, functions: settings.functions, problems }).to.deep.equal({
      target: "local",
      endpoint: "http://127.0.0.1:3001",
      peer: { host: "127.0.0.1", port: 7_100 },
      peerLogs: [],
      functions: [{ label: "one", source: { kind: "existing", functionName: "longrun-one" } }],
      problems: [],
    });
  });

  it("cannot be used with another target than their own, or with a function that they do not contain", () => {
    const { problems } = settle(DEPLOYED, {
      target: "local",
      function: [{ label: "handler", name: "handler-conect" }],
    });
    expect(problems.map(({ where }) => where)).to.include.members([
      "--target local",
      "--function handler-conect",
    ]);
    expect(problems.find(({ where }) => where.startsWith("--function"))?.text).to.match(
      /init-connect, handler-connect.*handler-connect/,
    );
  });
});

describe("--peer-log-group", () => {
  const aws: SoakFlags = { target: "aws", region: "eu-central-1" };
  const two = [
    { label: "a", name: "a" },
    { label: "b", name: "b" },
  ];
  for (const [title, flags, problem] of [
    [
      "needs a label if there are several functions",
      { ...aws, function: two, "peer-log-group": [{ label: null, logGroup: "/p" }] },
      /expected LABEL=NAME/,
    ],
    [
      "must name a function of the run",
      { ...aws, function: two, "peer-log-group": [{ label: "c", logGroup: "/p" }] },
      /no function has this label/,
    ],
    [
      "may be given only once for a function",
      {
        ...aws,
        function: two,
        "peer-log-group": [
          { label: "a", logGroup: "/p" },
          { label: "a", logGroup: "/q" },
        ],
      },
      /a has a log group already/,
    ],
    [
      "must be for an existing function",
      {
        function: [{ label: "handler-connect", name: "handler-connect" }],
        "peer-log-group": [{ label: null, logGroup: "/p" }],
      },
      /works only for an existing function/,
    ],
  ] as const) {
    it(title, () => {
      expect(
        resolveSoak(flags, {}, null)
          .problems.map(({ text }) => text)
          .join("\n"),
      ).to.match(problem);
    });
  }

  it("without a label is the log group of the only function's peer", () => {
    const { settings, problems } = resolveSoak(
      { ...aws, function: [{ label: "a", name: "a" }], "peer-log-group": [{ label: null, logGroup: "/p" }] },
      {},
      null,
    );
    expect({ peerLogs: settings.peerLogs, problems }).to.deep.equal({
      peerLogs: [{ label: "a", logGroup: "/p", address: null }],
      problems: [],
    });
  });
});
