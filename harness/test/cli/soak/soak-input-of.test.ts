import { expect } from "chai";
import { functionNames, soakInputOf } from "../../../src/cli/soak/soak-input-of.ts";
import type { SoakInput } from "../../../src/run/soak-input.ts";
import type { FunctionChoice } from "../../../src/settings/function-choice.ts";
import { resolveSoak } from "../../../src/cli/soak/resolve-soak.ts";
import type { SoakSettings } from "../../../src/settings/soak-settings.ts";
import { manifestOf } from "../../support/manifest-fixture.ts";

const RUN = "20261125T010203Z-123456789";

function namesOf(labels: readonly string[], endpoint: string | null): readonly string[] {
  const functions = labels.map((label) => ({
    label,
    source: { kind: "code" as const, file: `${label}.mjs` },
  }));
  return [...functionNames({ functions, endpoint, copy: false }, RUN, null).values()];
}

describe("the names of a soak's own functions", () => {
  it("are the labels if the soak starts its own engine", () => {
    expect(namesOf(["one", "two"], null)).to.deep.equal(["one", "two"]);
  });

  it("end with the run's name if the soak uses a running engine", () => {
    expect(namesOf(["one"], "http://127.0.0.1:1")).to.deep.equal([`one-${RUN}`]);
  });

  it("have at most 64 characters, and differ even if long labels begin alike", () => {
    const long = "a".repeat(50);
    const names = namesOf([`${long}-one`, `${long}-two`], "http://127.0.0.1:1");
    expect([new Set(names).size, ...names.map(({ length }) => length)]).to.deep.equal([2, 64, 64]);
  });
});

describe("the names of copies", () => {
  it("begin with longrun-copy-, end with the run's name and have at most 64 characters", () => {
    const functions = ["orders", "o".repeat(60)].map((label) => ({
      label,
      source: { kind: "existing" as const, functionName: "orders" },
    }));
    const names = [...functionNames({ functions, endpoint: null, copy: true }, RUN, null).values()];
    expect(names).to.deep.equal([
      `longrun-copy-orders-${RUN}`,
      `longrun-copy-${"o".repeat(64 - 13 - 1 - RUN.length)}-${RUN}`,
    ]);
  });
});

describe("soakInputOf", () => {
  const ZIP = new Uint8Array([1, 2, 3]);
  const success = (): Promise<null> => Promise.resolve(null);
  const manifest = manifestOf();
  const CODE: FunctionChoice = { label: "one", source: { kind: "code", file: "one.mjs" } };
  const EXISTING: FunctionChoice = { label: "two", source: { kind: "existing", functionName: "deployed" } };

  function inputOf(
    target: SoakSettings["target"],
    functions: readonly FunctionChoice[],
    over: Partial<SoakSettings>,
  ): SoakInput {
    const { settings } = resolveSoak({ target }, {}, "eu-central-1");
    const code = [
      {
        label: "one",
        zip: ZIP,
        handler: "one.handler",
        runtime: "nodejs22.x",
        from: "one.mjs",
        program: { ranOn: null, notice: null },
      },
    ];
    return soakInputOf({
      run: "20261125T010000Z-7",
      settings: { ...settings, ...over, functions },
      inputs: { event: { a: 1 }, success, code, problems: [], missing: null },
      plan: null,
      manifest,
      functionNames: new Map([
        ["one", "one-at-run"],
        ["two", "deployed"],
      ]),
      resume: null,
      leaseTable: null,
    });
  }

  it("gives a local run its own peer, and each function its package and variables", () => {
    const over = { memoryMb: 512, env: [{ key: "MODE", value: "x" }], stopOn: "harm" } as const;
    expect(inputOf("local", [CODE], over)).to.deep.equal({
      name: "20261125T010000Z-7",
      provoke: [],
      resume: null,
      manifest,
      plan: null,
      functions: [
        {
          label: "one",
          functionName: "one-at-run",
          deployment: {
            zip: ZIP,
            handler: "one.handler",
            runtime: "nodejs22.x",
            memoryMb: 512,
            timeoutMs: 10_000,
            environment: { MODE: "x" },
          },
        },
      ],
      endpoint: null,
      duration: 60_000,
      interval: 1_000,
      reservedConcurrency: 1,
      settle: 2_000,
      payload: new TextEncoder().encode('{"a":1}'),
      success,
      stopOnHarm: true,
      tenants: 2,
      ownPeers: { admission: "refuse", capacity: 1, idleTimeout: 20_000 },
      peerAddress: null,
      links: [{ place: { hostVariable: "PEER_HOST", portVariable: "PEER_PORT" }, peer: null }],
      pollInterval: 1_000,
      logOverlap: 2_000,
    });
  });

  it("gives a run with the user's peer no own peer, and functions that do not speak our protocol to it", () => {
    const peer = { host: "127.0.0.1", port: 5432 };
    const { ownPeers, peerAddress, functions } = inputOf("local", [CODE], { peer });
    expect({ ownPeers, peerAddress, environment: functions[0]?.deployment?.environment }).to.deep.equal({
      ownPeers: null,
      peerAddress: peer,
      environment: { PEER_PROTOCOL: "raw" },
    });
  });

  it("does not deploy a function that exists on AWS, and polls AWS's logs less often", () => {
    const { functions, ownPeers, pollInterval, logOverlap } = inputOf("aws", [EXISTING], {});
    expect({ functions, ownPeers, pollInterval, logOverlap }).to.deep.equal({
      functions: [{ label: "two", functionName: "deployed", deployment: null, peerLog: null }],
      ownPeers: null,
      pollInterval: 15_000,
      logOverlap: 600_000,
    });
  });
});
