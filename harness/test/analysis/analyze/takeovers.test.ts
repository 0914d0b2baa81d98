/** Tests what the judgement says if the peer serves the newest client and ends the older connection. */
import { expect } from "chai";
import fc from "fast-check";
import type { Evidence } from "../../../src/record/evidence.ts";
import type { LinkLogRecord } from "../../../src/record/link-log.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import { propertyRuns } from "../../support/test-all.ts";
import { connects, drive, handlerConnect, lazyConnect, ready } from "./designs.ts";
import { causes, judge, said, verdictOf } from "./judge.ts";
import { play, randomStory } from "./random-story.ts";
import { TestRun } from "./story.ts";

const ONCE = { times: 1, durationMs: 0, delayed: 0, longestWaitMs: null, withoutConnection: 0 } as const;

const taken = (result: FunctionResult): ReturnType<typeof said> => said(result, "connections-taken-over");

/** Returns what the result says about each invocation whose connection was taken over. */
const waits = (result: FunctionResult): unknown[] =>
  [...result.invocationList].flatMap(({ takenOver }) => (takenOver === undefined ? [] : [takenOver]));

/** One environment keeps its connection, a second takes it over, and the first environment takes it back in its next invocation. */
function takenAndTakenBack(run: TestRun): { readonly victim: string; readonly evicter: string } {
  const victim = ready(run);
  drive(run, victim, lazyConnect, 1);
  const evicter = ready(run, connects);
  run.invoke(victim, (call) => {
    run.wait(700);
    lazyConnect.invoke(call);
  });
  return { victim: victim.id, evicter: evicter.id };
}

/** Two invocations run at one time, and each client connects again one second after it has lost its connection. */
function inTurn(run: TestRun, times: number): { readonly first: string; readonly second: string } {
  const [second, first] = [ready(run), ready(run)];
  run.invoke(second, () => {
    second.connect();
    run.invoke(first, () => {
      for (let turn = 0; turn < times; turn += 1) {
        (turn % 2 === 0 ? first : second).connect();
        run.wait(998);
      }
    });
  });
  return { first: first.id, second: second.id };
}

describe("a takeover", () => {
  it("is reported with its evicter, its victim, and the invocation that waited for another connection", () => {
    const run = new TestRun({ admission: "evict" });
    const { victim, evicter } = takenAndTakenBack(run);
    const result = judge(run.end());
    expect(taken(result)).to.deep.equal([
      {
        status: "found",
        code: "taken-over",
        parameters: { evicter, victim, ...ONCE, delayed: 1, longestWaitMs: 702 },
      },
      { status: "found", code: "taken-over", parameters: { evicter: victim, victim: evicter, ...ONCE } },
    ]);
    expect(result.takenOver).to.deep.equal({
      total: 2,
      inTurn: 0,
      delayed: 1,
      longestWaitMs: 702,
      pairs: [
        { evicter, victim, times: 1 },
        { evicter: victim, victim: evicter, times: 1 },
      ],
    });
    expect(waits(result)).to.deep.equal([{ by: evicter, waitedMs: 702 }]);
  });

  it("alone makes the verdict fail only if it breaks a threshold", () => {
    const run = new TestRun({ admission: "evict" });
    takenAndTakenBack(run);
    for (const environment of run.environments) environment.shutdown();
    const evidence = run.end();
    expect(verdictOf(evidence)).to.equal("inconclusive discipline");
    expect(verdictOf(evidence, { keptConnections: "allowed" })).to.not.contain("fail");
    expect(verdictOf(evidence, { thresholds: ["takenOver.total < 2"] })).to.equal("fail threshold");
    expect(verdictOf(evidence, { thresholds: ["takenOver.longestWaitMs < 500"] })).to.equal("fail threshold");
    expect(judge(evidence, { thresholds: ["takenOver.delayed < 2"] }).thresholds).to.deep.equal([
      { expression: "takenOver.delayed < 2", actual: 1, holds: true },
    ]);
  });

  it("is harm if the invocation got no other connection", () => {
    const run = new TestRun({ admission: "evict" });
    const victim = ready(run);
    drive(run, victim, lazyConnect, 1);
    const evicter = ready(run, connects);
    run.invoke(victim, (call) => {
      victim.line("disconnect", { outcome: "evicted", connection: 1 });
      call.throws("PeerEvictedError");
    });
    const result = judge(run.end());
    expect([result.verdict, result.reasons, causes(result)]).to.deep.equal(["fail", ["harm"], ["harm"]]);
    expect(waits(result)).to.deep.equal([{ by: evicter.id, waitedMs: null }]);
    expect(taken(result)[0]?.parameters).to.deep.equal({
      evicter: evicter.id,
      victim: victim.id,
      ...ONCE,
      withoutConnection: 1,
    });
  });

  it("is harm for each invocation until an invocation gets another connection", () => {
    const run = new TestRun({ admission: "evict" });
    const victim = ready(run);
    drive(run, victim, lazyConnect, 1);
    const evicter = ready(run, connects);
    for (let times = 0; times < 4; times += 1) run.invoke(victim, (call) => call.throws("PeerEvictedError"));
    drive(run, victim, lazyConnect, 2);
    const result = judge(run.end());
    expect([result.harm.total, waits(result)]).to.deep.equal([
      4,
      [...Array.from({ length: 4 }, () => null), 2].map((waitedMs) => ({ by: evicter.id, waitedMs })),
    ]);
    expect(taken(result)[0]?.parameters).to.deep.equal({
      evicter: evicter.id,
      victim: victim.id,
      ...ONCE,
      delayed: 1,
      longestWaitMs: 2,
      withoutConnection: 4,
    });
  });

  it("is reported if the peer has several places and ends the oldest connection", () => {
    const run = new TestRun({ admission: "evict", capacity: 2 });
    const [oldest, kept, evicter] = [ready(run, connects), ready(run, connects), ready(run, connects)];
    run.invoke(oldest, (call) => call.throws("PeerEvictedError"));
    const result = judge(run.end(), { capacity: { places: 2, given: true } });
    expect(result.takenOver?.pairs).to.deep.equal([{ evicter: evicter.id, victim: oldest.id, times: 1 }]);
    expect([result.harm.windows[0]?.holder, kept.connection?.state]).to.deep.equal([evicter.id, "served"]);
  });

  it("is unknown if only the function's lines say that its connection was ended for another client", () => {
    const run = new TestRun({ admission: "evict", target: "aws" });
    const victim = ready(run);
    drive(run, victim, lazyConnect, 1);
    ready(run, connects);
    run.invoke(victim, (call) => lazyConnect.invoke(call));
    victim.line("disconnect", { outcome: "evicted", connection: 1 });
    const evidence = run.end();
    const alone = { ...evidence, functions: evidence.functions.map((one) => ({ ...one, peerLog: null })) };
    const result = judge(alone, { thresholds: ["takenOver.total < 1"] });
    expect(taken(result)).to.deep.equal([
      { status: "unknown", code: "evicter-unknown", parameters: { connections: 1 } },
    ]);
    expect(result.thresholds[0]?.holds).to.equal(null);
  });
});

describe("takeovers in turn, by which two environments take the connection from each other,", () => {
  it("are one finding, with their number, their duration, and whether the clients connect again by themselves", () => {
    const run = new TestRun({ admission: "evict" });
    const { first, second } = inTurn(run, 5);
    const result = judge(run.end());
    expect(taken(result)).to.deep.equal([
      {
        status: "found",
        code: "taken-over-in-turn",
        parameters: {
          first,
          second,
          reconnecting: true,
          times: 5,
          durationMs: 4_000,
          delayed: 2,
          longestWaitMs: 2_002,
          withoutConnection: 0,
        },
      },
    ]);
    expect([result.takenOver?.total, result.takenOver?.inTurn]).to.deep.equal([5, 5]);
  });

  it("are reported from the third takeover on, because an environment may take its connection back once", () => {
    const codes = [2, 3].map((times) => {
      const run = new TestRun({ admission: "evict" });
      inTurn(run, times);
      return taken(judge(run.end())).map(({ code }) => code);
    });
    expect(codes).to.deep.equal([["taken-over", "taken-over"], ["taken-over-in-turn"]]);
  });

  it("do not show that clients connect again by themselves if each of them connects in its own invocation", () => {
    const run = new TestRun({ admission: "evict" });
    const environments = [ready(run, connects), ready(run, connects)];
    for (let turn = 0; turn < 4; turn += 1)
      for (const environment of environments) drive(run, environment, lazyConnect, 1);
    const [found] = taken(judge(run.end()));
    expect([found?.code, found?.parameters]).to.deep.include.members(["taken-over-in-turn"]);
    expect(found?.parameters).to.include({ reconnecting: false });
  });
});

describe("a takeover that only the link saw", () => {
  type Read = Partial<LinkLogRecord>;

  /**
   * Removes the peer's log, and adds to the links' log what the links would read from bytes of MQTT. `read` returns further members of a
   * record, or null if nothing was sent on its connection.
   */
  const overMqtt = (
    evidence: Evidence,
    read: (record: LinkLogRecord) => Read | null = () => ({ clientName: "boiler" }),
  ): Evidence => ({
    ...evidence,
    functions: evidence.functions.map((one) => ({
      ...one,
      peerLog: null,
      linkLog: (one.linkLog ?? []).flatMap((record): LinkLogRecord[] => {
        const own = read(record);
        if (own === null)
          return ["opened", "connected", "closed"].includes(record.event)
            ? [{ ...record, answered: false }]
            : [];
        const of: Read = { protocol: "mqtt", catalogue: 1, outcome: "accepted", code: null, ...own };
        if (record.event === "closed") return [{ ...record, ...of }];
        return record.event === "answered" ? [record, { ...record, event: "recognised", ...of }] : [record];
      }),
    })),
  });

  /** An environment that is never invoked takes the connection, and the next invocation of the first environment fails. */
  const failing = (): { readonly run: TestRun; readonly victim: string; readonly evicter: string } => {
    const run = new TestRun({ admission: "evict", lines: false });
    const victim = ready(run);
    drive(run, victim, lazyConnect, 1);
    const evicter = ready(run, connects);
    run.invoke(victim, (call) => call.throws("Error"));
    return { run, victim: victim.id, evicter: evicter.id };
  };

  it("is recognised by the name that both clients have, and the failure is harm", () => {
    const { run, victim, evicter } = failing();
    const result = judge(overMqtt(run.end()));
    expect([result.verdict, result.reasons, causes(result)]).to.deep.equal(["fail", ["harm"], ["harm"]]);
    expect(result.harm.windows[0]?.holder).to.equal(evicter);
    expect(result.takenOver?.pairs).to.deep.equal([{ evicter, victim, times: 1 }]);
  });

  it("is recognised by the reason that the server gives in MQTT 5", () => {
    const { run, evicter } = failing();
    const of = ({ event, by }: LinkLogRecord): Read =>
      event === "closed" && by === "peer"
        ? { clientName: "boiler", code: "0x8E", text: "session taken over", end: "evicted" }
        : { clientName: "boiler" };
    const result = judge(overMqtt(run.end(), of));
    expect([result.harm.windows[0]?.holder, result.takenOver?.total]).to.deep.equal([evicter, 1]);
  });

  it("is reported with the time until the server accepted the invocation's client again", () => {
    const run = new TestRun({ admission: "evict", lines: false });
    const { victim, evicter } = takenAndTakenBack(run);
    const result = judge(overMqtt(run.end()));
    expect(waits(result)).to.deep.equal([{ by: evicter, waitedMs: 702 }]);
    expect(result.takenOver?.pairs[1]).to.deep.equal({ evicter: victim, victim: evicter, times: 1 });
  });

  it("is not assumed if the other client has another name", () => {
    const { run, evicter } = failing();
    const own = ({ environment }: LinkLogRecord): Read => ({
      clientName: environment === evicter ? "two" : "one",
    });
    const result = judge(overMqtt(run.end(), own));
    expect(taken(result)).to.deep.equal([{ status: "clear", code: "none-taken-over", parameters: {} }]);
    expect(causes(result)).to.deep.equal(["peer-closed"]);
  });

  it("is not assumed if the server gave another reason", () => {
    const { run } = failing();
    const stops = ({ event, by }: LinkLogRecord): Read =>
      event === "closed" && by === "peer"
        ? { clientName: "boiler", code: "0x8B", text: "server shutting down" }
        : { clientName: "boiler" };
    expect(taken(judge(overMqtt(run.end(), stops)))[0]?.status).to.equal("clear");
  });

  it("is unknown if the bytes do not name the clients", () => {
    const { run } = failing();
    const result = judge(
      overMqtt(run.end(), () => ({ clientName: null })),
      { thresholds: ["takenOver.total < 1"] },
    );
    expect(taken(result)).to.deep.equal([
      { status: "unknown", code: "perhaps-taken-over", parameters: { connections: 1, withinMs: 1_000 } },
    ]);
    expect(result.thresholds[0]?.holds).to.equal(null);
  });

  it("is unknown if the other client sent nothing, so that nothing shows that the server served it", () => {
    const { run, evicter } = failing();
    const silent = ({ environment }: LinkLogRecord): Read | null =>
      environment === evicter ? null : { clientName: null };
    const result = judge(overMqtt(run.end(), silent), { thresholds: ["takenOver.total < 1"] });
    expect(taken(result).map(({ code }) => code)).to.deep.equal(["perhaps-taken-over"]);
    expect(result.thresholds[0]?.holds).to.equal(null);
  });

  for (const clientName of [null, "boiler"])
    it(`is not assumed if the server only answered the goodbye of a client ${clientName === null ? "without a name" : "of the same name"}`, () => {
      const { run, evicter } = failing();
      const own = ({ event, by, environment }: LinkLogRecord): Read =>
        event === "closed" && by === "peer" && environment !== evicter
          ? { clientName, goodbye: true }
          : { clientName };
      const result = judge(overMqtt(run.end(), own));
      expect(taken(result).filter(({ status }) => status !== "clear")).to.deep.equal([]);
    });

  it("is not assumed if each invocation opens and closes its own connection", () => {
    const run = new TestRun({ admission: "evict", lines: false });
    ready(run);
    const invoked = ready(run);
    drive(run, invoked, handlerConnect, 3);
    const result = judge(overMqtt(run.end()));
    expect([result.verdict, taken(result)]).to.deep.equal([
      "pass",
      [{ status: "clear", code: "none-taken-over", parameters: {} }],
    ]);
  });
});

describe("takeovers in random stories", () => {
  const runs = { numRuns: propertyRuns(200), seed: 20261126 };

  it("are not found if the peer refuses clients or lets them wait", () => {
    fc.assert(
      fc.property(randomStory, (story) => {
        fc.pre(story.options.admission !== "evict");
        const result = judge(play(story));
        expect([taken(result), result.takenOver?.total]).to.deep.equal([[], 0]);
      }),
      runs,
    );
  });

  it("are exactly those that the peer's log shows between two environments", () => {
    fc.assert(
      fc.property(randomStory, (story) => {
        const evidence = play({ ...story, options: { ...story.options, admission: "evict" } });
        const log = evidence.functions[0]?.peerLog ?? [];
        const own = new Set(evidence.functions[0]?.records.map(({ logStreamName }) => logStreamName));
        const expected = log.filter(({ event, hello }, index) => {
          const next = log.slice(index).find((line) => line.event === "accepted")?.hello?.logStream ?? "";
          return (
            event === "evicted" &&
            own.has(next) &&
            own.has(hello?.logStream ?? "") &&
            next !== hello?.logStream
          );
        });
        const result = judge(evidence);
        expect(result.takenOver?.total).to.equal(expected.length);
        if (result.harm.total === 0) expect(result.verdict).to.not.equal("fail");
      }),
      runs,
    );
  });
});
