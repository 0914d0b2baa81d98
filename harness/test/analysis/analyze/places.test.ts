/** Tests the rules for a peer with several places, each with a story that needs exactly this rule. */
import { expect } from "chai";
import type { JudgementSettings } from "../../../src/analysis/judgement-settings.ts";
import { connects, drive, handlerConnect, lazyConnect, ready, waitOneSecond } from "./designs.ts";
import { causes, judge, said } from "./judge.ts";
import * as mutate from "./mutate.ts";
import type { StoryOptions } from "./story-options.ts";
import { TestRun, type TestCall, type TestEnvironment } from "./story.ts";

const TWO: StoryOptions = { capacity: 2 };
const places = (number: number | null): Partial<JudgementSettings> => ({
  capacity: { places: number, given: true },
  settleMs: 2_000,
});
const LATER_MS = 2_500;

/** An environment that was initialised ahead. Nobody waits for it. */
function ahead(run: TestRun): TestEnvironment {
  const environment = ready(run, connects);
  run.wait(LATER_MS);
  return environment;
}

/** Invokes an environment whose handler connects, and throws if it is turned away. */
function invokeOnce(run: TestRun, environment: TestEnvironment, during: () => void = () => {}): TestCall {
  return run.invoke(environment, (call) => {
    if (environment.connect() !== "accepted") return call.throws("PeerBusyError");
    during();
    call.exchange();
    environment.disconnect();
  });
}

const judged = (run: TestRun, number: number | null = 2) => judge(run.end(), places(number));

describe("a peer with several places", () => {
  for (const target of ["local", "aws"] as const) {
    it(`${target}: has harm if idle environments hold all places, and all of them are named, oldest first`, () => {
      const run = new TestRun({ ...TWO, target });
      const silent = [ahead(run), ahead(run)];
      run.wait(5_000);
      invokeOnce(run, ready(run));
      run.wait(5_000);
      const result = judged(run);
      expect([result.verdict, result.reasons, causes(result)]).to.deep.equal(["fail", ["harm"], ["harm"]]);
      const [window] = result.harm.windows;
      expect(window?.parameters).to.deep.include({ idlePlaces: 2, places: 2, moreHolders: 0 });
      expect(window?.parameters).to.have.nested.property("holders[0].environment", silent[0]?.id);
      expect(window?.parameters).to.have.nested.property("holders[1].environment", silent[1]?.id);
      expect(window?.holder).to.equal(silent[0]?.id);
    });
  }

  it("has harm if one of the holders is idle, and blames only that one", () => {
    const run = new TestRun(TWO);
    const silent = ahead(run);
    const [busy, invoked] = [ready(run), ready(run)];
    invokeOnce(run, busy, () => invokeOnce(run, invoked));
    const result = judged(run);
    expect([result.verdict, result.harm.windows[0]?.holder]).to.deep.equal(["fail", silent.id]);
    expect(result.harm.windows[0]?.parameters).to.deep.include({ idlePlaces: 1, places: 2 });
  });

  it("has the cause peer-full if all holders are at work, and is no pass", () => {
    const run = new TestRun({ ...TWO, reservedConcurrency: 3 });
    const [one, two, three] = [ready(run), ready(run), ready(run)];
    invokeOnce(run, one, () => invokeOnce(run, two, () => invokeOnce(run, three)));
    const result = judged(run);
    expect([result.harm.total, causes(result)]).to.deep.equal([0, ["peer-full"]]);
    expect(result.reasons).to.include("capacity").and.not.to.include("unexplained-failure");
  });

  it("counts strangers as holders that are at work", () => {
    const run = new TestRun(TWO);
    const stranger = (): void =>
      void run.arrive({ bootId: null, logStream: "night-batch", phase: null }, null);
    stranger();
    stranger();
    invokeOnce(run, ready(run));
    expect(causes(judged(run))).to.deep.equal(["peer-full"]);
  });

  it("has the cause own-connections if the invoked environment holds all places itself", () => {
    const run = new TestRun(TWO);
    const environment = ready(run);
    run.invoke(environment, (call) => {
      for (let attempt = 0; attempt < 2; attempt += 1) environment.connect();
      if (environment.connect() !== "accepted") call.throws("PeerBusyError");
    });
    expect(causes(judged(run))).to.deep.equal(["own-connections"]);
  });

  for (const [throws, harm, delayed] of [
    [true, 1, 0],
    [false, 0, 1],
  ] as const)
    it(`takes a second connection that is refused as ${throws ? "harm, because" : "delay, unless"} the invocation failed`, () => {
      const run = new TestRun(TWO);
      ahead(run);
      const environment = ready(run);
      run.invoke(environment, (call) => {
        environment.connect();
        if (environment.connect() !== "accepted" && throws) call.throws("PeerBusyError");
      });
      const result = judged(run);
      expect([result.harm.total, result.harm.delayed]).to.deep.equal([harm, delayed]);
    });

  it("blames nobody if fewer places were held than the peer is said to have", () => {
    const run = new TestRun({ capacity: 1 });
    ahead(run);
    invokeOnce(run, ready(run));
    const result = judged(run, 2);
    expect([result.verdict, said(result, "peer-reachable")]).to.deep.equal([
      "inconclusive",
      [
        {
          status: "unknown",
          code: "harm-unknown",
          parameters: {
            invocations: 1,
            why: { code: "places-not-held", parameters: { held: 1, places: 2 } },
          },
        },
      ],
    ]);
  });

  it("names who closed a connection so late that its place was not free yet", () => {
    const run = new TestRun({ capacity: 1 });
    const [late, busy, refused] = [ready(run), ready(run), ready(run)];
    run.wait(LATER_MS);
    invokeOnce(run, late);
    invokeOnce(run, busy, () => invokeOnce(run, refused));
    const result = judged(run, 2);
    expect([result.harm.total, said(result, "server-close-awaited")]).to.deep.equal([
      0,
      [
        {
          status: "found",
          code: "place-not-yet-free",
          parameters: { closer: late.id, refused: refused.id, withinMs: 50 },
        },
      ],
    ]);
    expect(result.reasons).to.include("discipline");
  });

  for (const { text, harm } of [
    { text: "sorry, too many clients already", harm: 1 },
    { text: 'too many connections for role "fn"', harm: 0 },
  ])
    it(`takes the server's words "${text}" as ${harm === 1 ? "its limit for all clients" : "no word about who shares the limit"} if nobody knows the number`, () => {
      const run = new TestRun(TWO);
      const silent = ahead(run);
      ahead(run);
      invokeOnce(run, ready(run));
      const evidence = mutate.withoutPeerLog(run.end());
      const said = { protocol: "postgres", outcome: "refused", code: "53300", text } as const;
      const functions = evidence.functions.map((one) => ({
        ...one,
        linkLog:
          one.linkLog?.map((line) =>
            line.event === "closed" && line.by === "peer" ? { ...line, ...said } : line,
          ) ?? null,
      }));
      const result = judge({ ...evidence, functions }, places(null));
      expect([result.harm.total, result.harm.windows[0]?.holder ?? null]).to.deep.equal([
        harm,
        harm === 1 ? silent.id : null,
      ]);
    });

  it("does not believe a number of places that the evidence refutes", () => {
    const run = new TestRun({ capacity: 3, target: "logs" });
    for (let count = 0; count < 3; count += 1) ahead(run);
    invokeOnce(run, ready(run));
    run.wait(20_000);
    const result = judged(run, 2);
    expect([result.harm.total, said(result, "capacity-kept"), result.places]).to.deep.equal([
      0,
      [{ status: "found", code: "capacity-refuted", parameters: { open: 3, places: 2 } }],
      { capacity: 2, peakPlaces: 3 },
    ]);
  });

  it("is not judged by own lines alone unless the very connection served an invocation afterwards", () => {
    const total = (servesAgain: boolean): number => {
      const run = new TestRun({ ...TWO, target: "aws" });
      const keeping = [ready(run), ready(run)];
      for (const one of keeping) drive(run, one, lazyConnect, 1);
      run.wait(5_000);
      invokeOnce(run, ready(run));
      run.wait(5_000);
      if (servesAgain) for (const one of keeping) drive(run, one, lazyConnect, 1);
      run.wait(20_000);
      return judge(mutate.withoutPeerLog(run.end()), places(2)).harm.total;
    };
    expect([total(false), total(true)]).to.deep.equal([0, 1]);
  });

  it("counts an exposure only if the others could hold all places and one of them was idle", () => {
    const exposures = (others: number): unknown => {
      const run = new TestRun(TWO);
      for (let count = 0; count < others; count += 1) ready(run);
      run.wait(LATER_MS);
      const invoked = ready(run);
      drive(run, invoked, handlerConnect, 2);
      const result = judged(run);
      return [result.verdict, result.exposure.total, said(result, "environments-overlap")[0]?.code];
    };
    expect([exposures(1), exposures(2)]).to.deep.equal([
      ["inconclusive", 0, "places-not-exposed"],
      ["pass", 1, "places-exposed"],
    ]);
  });

  it("is passed by a function that is meant to keep connections, as long as the peak fits", () => {
    const verdicts = (number: number): unknown => {
      const run = new TestRun({ capacity: number });
      const [one, two] = [ready(run), ready(run)];
      // It could open a connection, too.
      const third = ready(run);
      drive(run, one, lazyConnect, 2);
      drive(run, two, lazyConnect, 2);
      run.wait(LATER_MS);
      for (const environment of [one, two, third]) environment.shutdown();
      waitOneSecond(run);
      const result = judge(run.end(), { ...places(number), keptConnections: "allowed", idleLifeMs: 0 });
      return [result.verdict, said(result, "peak-within-capacity")[0]?.code];
    };
    expect([verdicts(3), verdicts(2)]).to.deep.equal([
      ["pass", "peak-within-capacity"],
      ["inconclusive", "peak-above-capacity"],
    ]);
  });
});
