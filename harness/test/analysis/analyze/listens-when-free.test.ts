/**
 * Tests attempts at which nothing listened while the peer had another connection open. A device with a single socket does not listen while
 * it is full. The same can be seen at a server that stops, so what happened afterwards decides.
 */
import { expect } from "chai";
import {
  DEFAULT_JUDGEMENT_SETTINGS,
  type JudgementSettings,
} from "../../../src/record/judgement-settings.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import type { LinkLogRecord } from "../../../src/record/link-log.ts";
import { drive, handlerConnect, initConnect, ready } from "./designs.ts";
import { analyze, causes, judge, said } from "./judge.ts";
import * as mutate from "./mutate.ts";
import { TestRun, type TestEnvironment } from "./story.ts";

type Link = ReturnType<TestRun["newLink"]>;

/**
 * The device and the handler write no lines. `open` is the connection of an environment that is never invoked. If the client speaks first,
 * nothing was sent on it.
 */
class Device {
  readonly run = new TestRun({ lines: false, success: "true" });
  readonly holder = this.run.environment();
  readonly open: Link;

  readonly #answered: boolean;

  constructor({ clientSpeaksFirst = false } = {}) {
    this.#answered = !clientSpeaksFirst;
    this.holder.init(() => this.run.wait(1));
    this.open = this.opens(this.holder);
    if (this.#answered) this.run.linkLine("answered", this.open, { answered: true });
    this.run.wait(3_000);
  }

  opens(environment: TestEnvironment): Link {
    const link = this.run.newLink(environment);
    this.run.linkLine("opened", link);
    this.run.wait(1);
    this.run.linkLine("connected", link);
    return link;
  }

  refuses(environment = this.run.environment().init(), error = "ECONNREFUSED"): TestEnvironment {
    this.run.invoke(environment, (call) => {
      const link = this.run.newLink(environment);
      this.run.linkLine("opened", link);
      this.run.wait(1);
      this.run.linkLine("connect-failed", link, { error });
      call.throws(error);
    });
    this.run.wait(1_000);
    return environment;
  }

  /** The connection is closed again within the invocation. */
  serves(environment = this.run.environment().init()): void {
    this.run.invoke(environment, () => {
      const link = this.opens(environment);
      this.run.linkLine("answered", link, { answered: true });
      const seen = { by: "function", answered: true } as const;
      this.run.linkLine("half-closed", link, seen);
      this.run.linkLine("closed", link, { ...seen, ending: "fin" });
    });
    this.run.wait(1_000);
  }

  ends(how: Partial<LinkLogRecord> = { by: "environment-end", ending: "fin" }): void {
    this.run.linkLine("closed", this.open, { answered: this.#answered, ...how });
    this.run.wait(500);
  }

  /** The device refuses while `open` is open, and serves the next client after its end. */
  refusesUntilEnd(how?: Partial<LinkLogRecord>): void {
    this.refuses();
    this.ends(how);
    this.serves();
  }

  judged(settings: Partial<JudgementSettings> = {}): FunctionResult {
    return judge(mutate.withoutPeerLog(this.run.end()), settings);
  }
}

const MEANWHILE = { code: "nothing-listened-meanwhile", parameters: {} };

/** The causes of the failed invocations, and why harm is unknown. */
const unknowns = (result: FunctionResult): unknown => [
  causes(result),
  result.findings.flatMap(({ code, parameters }) => (code === "harm-unknown" ? parameters.why : [])),
];

describe("an attempt at which nothing listened, while the peer had a connection of the function open", () => {
  for (const clientSpeaksFirst of [false, true]) {
    const also = clientSpeaksFirst ? ", also if nothing was sent on that connection" : "";

    it(`is harm if the function's side ended that connection and the peer then served the next client${also}`, () => {
      const device = new Device({ clientSpeaksFirst });
      device.refuses(device.refuses());
      device.ends();
      device.serves();
      const result = device.judged();
      expect([result.verdict, causes(result)]).to.deep.equal(["fail", ["harm", "harm"]]);
      expect(result.harm.windows.map(({ holder }) => holder)).to.deep.equal([device.holder.id]);
      expect(result.exposure.total).to.be.greaterThan(0);
    });

    it(`is unknown if the next attempt failed too (that next failure has the cause peer-down)${also}`, () => {
      const device = new Device({ clientSpeaksFirst });
      const refused = device.refuses();
      device.ends();
      device.refuses(refused);
      device.serves(refused);
      expect(unknowns(device.judged())).to.deep.equal([[null, "peer-down"], [MEANWHILE]]);
    });
  }

  const endings: readonly (readonly [string, Partial<LinkLogRecord>])[] = [
    ["the peer ended that connection, as a stopping server does", { by: "peer", ending: "fin" }],
    [
      "the peer answered the end of that connection with a reset, as after a restart",
      { by: "environment-end", ending: "fin", error: "ECONNRESET" },
    ],
    [
      "the environment ended that connection with a reset, which nobody answers",
      { by: "environment-end", ending: "rst" },
    ],
  ];
  for (const [name, how] of endings)
    it(`is unknown if ${name}`, () => {
      for (const clientSpeaksFirst of [false, true]) {
        const device = new Device({ clientSpeaksFirst });
        device.refusesUntilEnd(how);
        expect(
          unknowns(device.judged()),
          clientSpeaksFirst ? "nothing was sent" : "the device answered",
        ).to.deep.equal([[null], [MEANWHILE]]);
      }
    });

  it("is unknown if no client came afterwards", () => {
    const device = new Device();
    device.refuses();
    device.ends();
    expect(unknowns(device.judged())).to.deep.equal([[null], [MEANWHILE]]);
  });

  it("is unknown if the network gave another error", () => {
    const device = new Device();
    device.refuses(undefined, "EHOSTUNREACH");
    device.ends();
    device.serves();
    expect(unknowns(device.judged())).to.deep.equal([[null], [MEANWHILE]]);
  });

  it("has the cause peer-down if the peer ended that connection at the same time", () => {
    const device = new Device();
    device.refuses();
    const { linkLog } = device.run;
    const failed = linkLog.find(({ event }) => event === "connect-failed");
    // The link saw the end one millisecond after the refusal.
    const time = new Date(Date.parse(failed?.time ?? "") + 1).toISOString();
    device.ends({ by: "peer", ending: "rst", time });
    device.serves();
    expect(unknowns(device.judged())).to.deep.equal([["peer-down"], []]);
  });

  for (const [title, lines] of [
    ["that connection has no end", ["answered", "silenced"]],
    ["that connection has no end and nothing was sent on it", []],
  ] as const)
    it(`is harm although ${title}, if the peer has refused in this way before`, () => {
      const device = new Device();
      device.refusesUntilEnd();
      const later = device.run.environment().init();
      const link = device.opens(later);
      for (const line of lines) device.run.linkLine(line, link, { answered: true });
      device.run.wait(3_000);
      device.refuses();
      const result = device.judged();
      expect(causes(result)).to.deep.equal(["harm", "harm"]);
      expect(result.harm.windows.map(({ holder }) => holder)).to.deep.equal([device.holder.id, later.id]);
    });

  it("counts as a refusal, and puts the number of places in doubt, if --capacity gives more places than were held", () => {
    const device = new Device();
    device.refusesUntilEnd();
    const result = device.judged({ capacity: { places: 10, given: true } });
    expect(result.reasons).to.include("capacity");
    expect(said(result, "capacity-kept")[0]?.code).to.equal("refused-below-capacity");
  });

  it("causes no notice about an unreachable server, whether or not the next client is served", () => {
    for (const freed of [true, false]) {
      const device = new Device();
      device.refuses();
      device.ends();
      if (freed) device.serves();
      const evidence = mutate.withoutPeerLog(device.run.end());
      expect(analyze(evidence, DEFAULT_JUDGEMENT_SETTINGS).notices ?? []).to.deep.equal([]);
    }
  });
});

describe("without links, an attempt at which nothing listened", () => {
  const inLogs = (): TestRun => new TestRun({ target: "logs", format: "text" });
  const fails = (run: TestRun, environment: TestEnvironment): void => {
    run.peerUp = false;
    drive(run, environment, handlerConnect, 1);
    run.peerUp = true;
  };

  it("is unknown if an earlier connection served an invocation afterwards", () => {
    const run = inLogs();
    const kept = ready(run, (it) => initConnect.init(it));
    drive(run, kept, initConnect, 1);
    fails(run, ready(run));
    drive(run, kept, initConnect, 1);
    run.wait(12_000);
    ready(run);
    expect(unknowns(judge(mutate.withoutPeerLog(run.end())))).to.deep.equal([[null], [MEANWHILE]]);
  });

  it("has the cause peer-down if no connection is known to have been open", () => {
    const run = inLogs();
    const first = ready(run);
    drive(run, first, handlerConnect, 2);
    fails(run, first);
    drive(run, first, handlerConnect, 1);
    run.wait(12_000);
    ready(run);
    expect(unknowns(judge(mutate.withoutPeerLog(run.end())))).to.deep.equal([["peer-down"], []]);
  });

  it("is unknown if the peer's log shows that the peer served another environment meanwhile", () => {
    const run = inLogs();
    const kept = ready(run, (it) => initConnect.init(it));
    run.wait(3_000);
    fails(run, ready(run));
    run.wait(3_000);
    drive(run, kept, initConnect, 1);
    run.wait(12_000);
    ready(run);
    expect(unknowns(judge(run.end()))).to.deep.equal([[null], [MEANWHILE]]);
  });

  it("has the cause peer-down if the peer's log shows that the peer restarted", () => {
    const run = inLogs();
    ready(run, (it) => initConnect.init(it));
    run.wait(3_000);
    run.peerDies();
    const second = ready(run);
    drive(run, second, handlerConnect, 1);
    run.wait(3_000);
    run.peerReady();
    drive(run, second, handlerConnect, 1);
    run.wait(12_000);
    ready(run);
    expect(causes(judge(run.end()))).to.deep.equal(["peer-down"]);
  });
});
