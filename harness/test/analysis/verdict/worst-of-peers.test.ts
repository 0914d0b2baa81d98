/** Tests a function that reaches two peers through links: a database and a broker. Only the links show which peer a connection reached. */
import { expect } from "chai";
import { worstOfPeers } from "../../../src/analysis/verdict/worst-of-peers.ts";
import type { Evidence } from "../../../src/record/evidence.ts";
import type { LinkLogRecord } from "../../../src/record/link-log.ts";
import { judge } from "../analyze/judge.ts";
import { partial } from "../partial.ts";
import { TestRun, type TestCall, type TestEnvironment } from "../analyze/story.ts";

type Link = ReturnType<TestRun["newLink"]>;

class TwoPeers {
  readonly run = new TestRun({ lines: false, success: "true" });
  /** How many connections the database serves at one time. */
  readonly #places: number;
  readonly #peerOf = new Map<number, string>();

  constructor(places = 1) {
    this.#places = places;
  }

  /** Opens a connection that the peer answers. */
  open(peer: string, environment: TestEnvironment): Link {
    const link = this.#connect(peer, environment);
    this.run.linkLine("answered", link, { answered: true });
    this.run.wait(1);
    return link;
  }

  close(link: Link): void {
    this.run.linkLine("closed", link, { by: "function", ending: "fin", answered: true });
    this.run.wait(1);
  }

  /** The peer turns the client away: it ends the connection before it has sent a byte. */
  hangUp(peer: string, environment: TestEnvironment): void {
    const link = this.#connect(peer, environment);
    this.run.linkLine("half-closed", link, { by: "peer" });
    this.run.linkLine("closed", link, { by: "peer", ending: "fin" });
    this.run.wait(1);
  }

  /** The peer turns the client away, and the invocation fails. */
  refuse(peer: string, call: TestCall): void {
    this.hangUp(peer, call.environment);
    call.throws("EOF");
  }

  #connect(peer: string, environment: TestEnvironment): Link {
    const link = this.run.newLink(environment);
    this.#peerOf.set(link.number, peer);
    this.run.linkLine("opened", link);
    this.run.wait(1);
    this.run.linkLine("connected", link);
    this.run.wait(1);
    return link;
  }

  evidence(): Evidence {
    const evidence = this.run.end();
    const withPeer = (record: LinkLogRecord): LinkLogRecord => {
      const peer = this.#peerOf.get(record.connection);
      return peer === undefined ? record : { ...record, peer };
    };
    if (evidence.manifest === null) throw new Error("a local story has a manifest");
    const peers = [
      { name: "db", host: "db.internal", port: 5432, capacity: this.#places, capacityGiven: true },
      { name: "broker", host: "10.0.9.9", port: 1883, capacity: 1, capacityGiven: true },
    ];
    return {
      ...evidence,
      manifest: {
        ...evidence.manifest,
        functions: evidence.manifest.functions.map((one) => ({ ...one, peers })),
      },
      functions: evidence.functions.map((one) => ({
        ...one,
        peerLog: null,
        linkLog: one.linkLog?.map(withPeer) ?? null,
      })),
    };
  }
}

describe("a function with two peers", () => {
  it("fails if one of the peers was held, and the result names that peer", () => {
    const two = new TwoPeers();
    const { run } = two;
    const silent = run.environment();
    silent.init(() => void two.open("broker", silent));
    const invoked = run.environment().init();
    run.invoke(invoked, (call) => {
      two.close(two.open("db", call.environment));
      two.refuse("broker", call);
    });
    run.wait(3_000);
    const result = judge(two.evidence());
    const { verdict, reasons, peers = [], harm } = result;
    expect({ verdict, reasons, harm: harm.total }).to.deep.equal({
      verdict: "fail",
      reasons: ["harm"],
      harm: 1,
    });
    expect(
      peers.map(({ name, address, verdict: ofPeer, harm: harmed }) => ({ name, address, ofPeer, harmed })),
    ).to.deep.equal([
      { name: "db", address: "db.internal:5432", ofPeer: "inconclusive", harmed: 0 },
      { name: "broker", address: "10.0.9.9:1883", ofPeer: "fail", harmed: 1 },
    ]);
    const [window] = harm.windows;
    expect({ peer: window?.peer, holder: window?.holder }).to.deep.equal({
      peer: "broker",
      holder: silent.id,
    });
    expect(window?.text).to.match(/^broker: /);
    const found = result.findings.filter(({ kind, status }) => kind === "harm" && status === "found");
    expect(found.map(({ peer }) => peer)).to.deep.equal(["broker"]);
    expect(peers.flatMap((peer) => peer.reasons)).to.not.include("unexplained-failure");
  });

  it("passes if the judgement of each peer is a pass", () => {
    const two = new TwoPeers();
    const { run } = two;
    run.environment().init();
    run.wait(1_000);
    const invoked = run.environment().init();
    for (let n = 0; n < 3; n += 1) {
      run.invoke(invoked, (call) => {
        two.close(two.open("db", call.environment));
        two.close(two.open("broker", call.environment));
      });
      run.wait(1_000);
    }
    const result = judge(two.evidence());
    expect([result.verdict, ...result.reasons]).to.deep.equal(["pass"]);
    expect(result.peers?.map(({ verdict, exposure }) => [verdict, exposure])).to.deep.equal([
      ["pass", result.exposure.total],
      ["pass", result.exposure.total],
    ]);
    const connections = result.environments.find(({ id }) => id === invoked.id)?.connections ?? [];
    expect(connections.map(({ peer }) => peer)).to.deep.equal([
      ...["db", "broker", "db", "broker", "db", "broker"],
    ]);
    expect(result.findings.filter(({ peer }) => peer !== undefined)).to.deep.equal([]);
  });

  it("does not pass if one of the peers was never reached", () => {
    const two = new TwoPeers();
    const { run } = two;
    run.environment().init();
    const invoked = run.environment().init();
    run.invoke(invoked, (call) => two.close(two.open("db", call.environment)));
    run.wait(1_000);
    const { verdict, peers = [] } = judge(two.evidence());
    expect([verdict, ...peers.map((one) => one.verdict)]).to.deep.equal([
      "inconclusive",
      "pass",
      "inconclusive",
    ]);
  });

  it("has a finding only about the peer to which it kept a connection across a freeze", () => {
    const two = new TwoPeers();
    const { run } = two;
    const one = run.environment();
    one.init(() => void two.open("broker", one));
    run.invoke(one, (call) => two.close(two.open("db", call.environment)));
    run.wait(3_000);
    const { findings } = judge(two.evidence());
    const flaws = findings.filter(({ kind, status }) => kind === "discipline" && status === "found");
    expect(new Set(flaws.map(({ peer }) => peer))).to.deep.equal(new Set(["broker"]));
  });

  it("breaks a threshold if the sum over its peers does", () => {
    const two = new TwoPeers();
    const { run } = two;
    run.environment().init();
    const invoked = run.environment().init();
    for (const delaying of ["db", "broker", null]) {
      run.invoke(invoked, (call) => {
        if (delaying !== null) two.hangUp(delaying, call.environment);
        two.close(two.open("db", call.environment));
        two.close(two.open("broker", call.environment));
      });
      run.wait(1_000);
    }
    for (const [threshold, actual, verdict, reasons] of [
      ["harm.delayed < 3", 2, "pass", []],
      ["harm.delayed < 2", 2, "fail", ["threshold"]],
    ] as const) {
      const result = judge(two.evidence(), { thresholds: [threshold] });
      expect([
        result.harm.delayed,
        result.verdict,
        result.reasons,
        result.thresholds[0]?.actual,
      ]).to.deep.equal([2, verdict, reasons, actual]);
      expect(result.peers?.map((peer) => peer.verdict)).to.deep.equal(["pass", "pass"]);
    }
  });

  it("is judged with each peer's own number of places", () => {
    const two = new TwoPeers(5);
    const { run } = two;
    run.environment().init();
    const invoked = run.environment().init();
    run.invoke(invoked, (call) => {
      two.close(two.open("db", call.environment));
      two.close(two.open("broker", call.environment));
    });
    run.wait(1_000);
    const { peers = [], places } = judge(two.evidence());
    expect(places).to.equal(undefined);
    expect(peers.map(({ name, capacity, exposure }) => [name, capacity, exposure])).to.deep.equal([
      ["db", 5, 0],
      ["broker", 1, 1],
    ]);
  });
});

describe("worstOfPeers", () => {
  const at = (second: number): string => `2026-11-25T00:00:0${second}.000Z`;
  interface Seen {
    /** The beginnings of connections of one environment. */
    readonly connections?: readonly (string | null)[];
    readonly windows?: readonly string[];
  }
  const merged = (...all: readonly Seen[]) =>
    worstOfPeers(
      all.map(({ connections, windows = [] }, index) =>
        partial({
          peer: { name: `peer ${index}`, address: null },
          judged: {
            ...{ verdict: "pass", reasons: [], expected: null, exposure: { total: 1 }, thresholds: [] },
            ...{ invocationList: [], findings: [] },
            harm: { windows: windows.map((from) => ({ from, durationMs: 1 })) },
            environments:
              connections === undefined
                ? []
                : [{ id: "e", connections: connections.map((from) => ({ from })) }],
          },
        }),
      ),
    );

  it("has the connections of each environment in order: first those of unknown beginning, then by time, then by peer", () => {
    const { environments } = merged({ connections: [at(2), at(3)] }, { connections: [null, at(2)] }, {});
    expect(environments.map(({ connections }) => connections)).to.deep.equal([
      [
        { from: null, peer: "peer 1" },
        { from: at(2), peer: "peer 0" },
        { from: at(2), peer: "peer 1" },
        { from: at(3), peer: "peer 0" },
      ],
    ]);
  });

  it("has the harm windows of all peers in order", () => {
    const { harm } = merged({ windows: [at(3)] }, { windows: [at(1), at(4)] });
    expect(harm.windows.map(({ from, peer }) => [from, peer])).to.deep.equal([
      [at(1), "peer 1"],
      [at(3), "peer 0"],
      [at(4), "peer 1"],
    ]);
  });
});
