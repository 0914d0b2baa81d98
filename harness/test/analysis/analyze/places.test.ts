/** Tests the rules for the places of a peer. Each rule is tested with a story that needs exactly this rule. */
import { expect } from "chai";
import type { LinkLogRecord } from "../../../src/record/link-log.ts";
import type { JudgementSettings } from "../../../src/record/judgement-settings.ts";
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

/** Makes an environment that was initialised ahead, while no invocation waits. */
function ahead(run: TestRun): TestEnvironment {
  const environment = ready(run, connects);
  run.wait(LATER_MS);
  return environment;
}

/** Invokes an environment. Its handler connects, and throws an error if the peer turns it away. */
function invokeOnce(run: TestRun, environment: TestEnvironment, during: () => void = () => {}): TestCall {
  return run.invoke(environment, (call) => {
    if (environment.connect() !== "accepted") return call.throws("PeerBusyError");
    during();
    call.exchange();
    environment.disconnect();
  });
}

/** Removes the peer's log. In the link's log, the peer ends the first connection in the millisecond in which the second one opens. */
const endedByPeer: mutate.Mutation = (evidence) => {
  const { functions, ...others } = mutate.withoutPeerLog(evidence);
  return {
    ...others,
    functions: functions.map((only) => {
      const lines = only.linkLog ?? [];
      const opened = lines.filter(({ event }) => event === "opened");
      const ends = lines
        .filter(({ event, connection }) => event === "answered" && connection === opened[0]?.connection)
        .map(
          (line) =>
            ({ ...line, time: opened[1]?.time ?? "", event: "closed", by: "peer", ending: "fin" }) as const,
        );
      return { ...only, linkLog: [...lines, ...ends] };
    }),
  };
};

const judged = (run: TestRun, number: number | null = 2) => judge(run.end(), places(number));

describe("a peer with one place or several", () => {
  for (const target of ["local", "aws"] as const) {
    it(`${target}: has harm if idle environments hold all places, and names them, oldest first`, () => {
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

  it("has harm if one holder is idle, and names only that one", () => {
    const run = new TestRun(TWO);
    const silent = ahead(run);
    const [busy, invoked] = [ready(run), ready(run)];
    invokeOnce(run, busy, () => invokeOnce(run, invoked));
    const result = judged(run);
    expect([result.verdict, result.harm.windows[0]?.holder]).to.deep.equal(["fail", silent.id]);
    expect(result.harm.windows[0]?.parameters).to.deep.include({ idlePlaces: 1, places: 2 });
  });

  it("has failures with the cause peer-full if all holders handle an invocation", () => {
    const run = new TestRun({ ...TWO, reservedConcurrency: 3 });
    const [one, two, three] = [ready(run), ready(run), ready(run)];
    invokeOnce(run, one, () => invokeOnce(run, two, () => invokeOnce(run, three)));
    const result = judged(run);
    expect([result.harm.total, causes(result)]).to.deep.equal([0, ["peer-full"]]);
    expect(result.reasons).to.include("capacity").and.not.to.include("unexplained-failure");
  });

  it("has failures with the cause peer-full if other invocations take all places during the attempt", () => {
    const run = new TestRun({ ...TWO, reservedConcurrency: 3 });
    const [one, two, three] = [ready(run), ready(run), ready(run)];
    invokeOnce(run, one, () => invokeOnce(run, two, () => invokeOnce(run, three)));
    const { functions, ...others } = mutate.withoutPeerLog(run.end());
    // Only the link saw the connections. The peer accepts the first two connections only after the third was opened.
    const during = functions[0]?.linkLog?.find(
      ({ environment, event }) => environment === three.id && event === "connected",
    )?.time;
    const together = functions.map((only) => ({
      ...only,
      linkLog:
        only.linkLog?.map((line) =>
          line.event === "connected" && during !== undefined ? { ...line, time: during } : line,
        ) ?? null,
    }));
    const result = judge({ ...others, functions: together }, places(2));
    expect([causes(result), said(result, "peer-reachable").map(({ code }) => code)]).to.deep.equal([
      ["peer-full"],
      ["peer-reached"],
    ]);
  });

  for (const { protocol, cause, because } of [
    { protocol: "postgres", cause: "peer-full", because: "this server counts clients before it decides" },
    { protocol: "redis", cause: null, because: "this server decides about one client after the other" },
  ] as const)
    it(`has two refusals at one time while a place was free: with ${protocol} their cause is ${cause ?? "unknown"}, because ${because}`, () => {
      const run = new TestRun({ capacity: 1, reservedConcurrency: 3 });
      const [one, two, three] = [ready(run), ready(run), ready(run)];
      invokeOnce(run, one, () => {
        invokeOnce(run, two);
        invokeOnce(run, three);
      });
      const { functions, ...others } = mutate.withoutPeerLog(run.end());
      const lines = functions[0]?.linkLog ?? [];
      const at = (environment: TestEnvironment, event: LinkLogRecord["event"]): string =>
        lines.find((line) => line.environment === environment.id && line.event === event)?.time ?? "";
      const together = functions.map((only) => ({
        ...only,
        linkLog: lines.map((line) => ({
          ...line,
          protocol,
          ...(line.environment === three.id && line.event !== "closed" ? { time: at(two, line.event) } : {}),
        })),
      }));
      expect(causes(judge({ ...others, functions: together }, places(2)))).to.deep.equal([cause, cause]);
    });

  it("has failures with the cause peer-full if strangers hold all places", () => {
    const run = new TestRun(TWO);
    const stranger = (): void =>
      void run.arrive({ bootId: null, logStream: "night-batch", phase: null }, null);
    stranger();
    stranger();
    invokeOnce(run, ready(run));
    expect(causes(judged(run))).to.deep.equal(["peer-full"]);
  });

  for (const { title, hidden, number, known } of [
    { title: "shows the ends of connections", hidden: "ready", number: 2, known: ["peer-full"] },
    // If the three connections of the first environment had not ended, they and the two strangers would hold 5 places.
    { title: "shows no end of a connection", hidden: "closed", number: 5, known: [null] },
  ])
    it(`has no harm if strangers held both places of the peer, --capacity is ${number}, and a server's log ${title}`, () => {
      const run = new TestRun({ ...TWO, target: "aws", lines: false });
      const first = ready(run);
      for (let times = 0; times < 3; times += 1) {
        invokeOnce(run, first);
        run.wait(LATER_MS);
      }
      for (let count = 0; count < 2; count += 1)
        run.arrive({ bootId: null, logStream: "night-batch", phase: null }, null);
      invokeOnce(run, ready(run));
      run.wait(20_000);
      const evidence = mutate.chain(
        mutate.withoutLinkLog,
        mutate.peerLogWithout(({ event }) => event === hidden),
        mutate.asServerLog,
      )(run.end());
      const result = judge(evidence, { ...places(number), strangers: ["night-batch"] });
      expect([result.verdict, causes(result)]).to.deep.equal(["inconclusive", known]);
      const held = said(result, "connection-held-across-freeze").map(({ status }) => status);
      expect(held).to.not.include("found");
    });

  it("has failures with the cause own-connections if the invoked environment holds all places itself", () => {
    const run = new TestRun(TWO);
    const environment = ready(run);
    run.invoke(environment, (call) => {
      for (let attempt = 0; attempt < 2; attempt += 1) environment.connect();
      if (environment.connect() !== "accepted") call.throws("PeerBusyError");
    });
    expect(causes(judged(run))).to.deep.equal(["own-connections"]);
  });

  for (const { title, evidence, throws, expected } of [
    {
      title: "the link and the peer's log show that the environment's own connection was open",
      evidence: mutate.asIs,
      throws: true,
      expected: ["own-connections"],
    },
    {
      title: "the link shows that the environment's own connection was open",
      evidence: mutate.withoutPeerLog,
      throws: true,
      expected: ["own-connections"],
    },
    {
      title: "only the function's lines show that the environment's own connection was open",
      evidence: mutate.chain(mutate.withoutPeerLog, mutate.withoutLinkLog),
      throws: true,
      expected: [null],
    },
    {
      title:
        "the link shows that the environment's own connection was open until the peer ended it during the attempt",
      evidence: endedByPeer,
      throws: true,
      expected: ["peer-closed"],
    },
    {
      title: "the link shows that the environment's own connection was open, but the invocation succeeded",
      evidence: mutate.withoutPeerLog,
      throws: false,
      expected: [],
    },
  ] as const)
    it(`with one place, has failures with the causes ${JSON.stringify(expected)} if ${title}`, () => {
      const run = new TestRun({ capacity: 1 });
      const environment = ready(run);
      run.invoke(environment, () => environment.connect());
      run.invoke(environment, (call) => {
        run.wait(5);
        if (environment.connect() !== "accepted" && throws) call.throws("PeerBusyError");
      });
      const result = judge(evidence(run.end()), places(1));
      expect([causes(result), result.harm.total]).to.deep.equal([expected, 0]);
      expect(result.reasons.includes("capacity")).to.equal(expected[0] === "own-connections");
    });

  it("with one place, ends a harm window at an invocation whose own connection held the place", () => {
    const run = new TestRun({ capacity: 1 });
    const holder = ahead(run);
    const environment = ready(run);
    invokeOnce(run, environment);
    holder.shutdown();
    run.wait(5_000);
    run.invoke(environment, (call) => {
      environment.connect();
      if (environment.connect() !== "accepted") call.throws("PeerBusyError");
    });
    const result = judged(run, 1);
    expect(causes(result)).to.deep.equal(["harm", "own-connections"]);
    expect(result.harm.windows[0]?.to).to.equal(result.invocationList.at(1)?.from);
  });

  for (const [throws, harm, delayed] of [
    [true, 1, 0],
    [false, 0, 1],
  ] as const)
    it(`has ${throws ? "harm if the invocation fails because its second connection is refused" : "a delay if the second connection is refused and the invocation succeeds"}`, () => {
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

  it("has harm although the login of one of the open connections was interrupted", () => {
    const run = new TestRun({ capacity: 3 });
    const idle = Array.from({ length: 3 }, () => ahead(run).id);
    invokeOnce(run, ready(run));
    const { functions, ...others } = mutate.withoutPeerLog(run.end());
    const [, , cut] = idle;
    const withLogins = functions.map((only) => ({
      ...only,
      linkLog: (only.linkLog ?? []).flatMap((line) => {
        if (line.event !== "answered" || !idle.includes(line.environment)) return [line];
        const outcome = line.environment === cut ? null : "accepted";
        const login = {
          event: "recognised",
          protocol: "postgres",
          catalogue: 1,
          outcome,
          code: null,
        } as const;
        return [line, { ...line, ...login }];
      }),
    }));
    const result = judge({ ...others, functions: withLogins }, places(2));
    expect([result.verdict, result.harm.windows[0]?.holder]).to.deep.equal(["fail", idle[0]]);
    expect(result.harm.windows[0]?.parameters).to.deep.include({ idlePlaces: 2, places: 2 });
  });

  it("advises --capacity instead of a longer run if the number of places is unknown", () => {
    const run = new TestRun(TWO);
    ahead(run);
    invokeOnce(run, ready(run));
    const [unknown, known] = [judge(run.end(), places(null)), judge(run.end(), places(3))];
    expect([unknown.exposure.total, known.exposure.total]).to.deep.equal([0, 0]);
    expect(unknown.statistics.text).to.include("--capacity").and.not.to.include("make the run longer");
    expect(known.statistics.text).to.include("make the run longer");
  });

  it("has no known holder if fewer places were held than --capacity says", () => {
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
    expect([result.reasons.includes("capacity"), said(result, "capacity-kept")]).to.deep.equal([
      true,
      [
        {
          status: "unknown",
          code: "refused-below-capacity",
          parameters: { invocations: 1, open: 1, places: 2, given: true },
        },
      ],
    ]);
  });

  it("has a finding about the environment that closed its connection so shortly before another one was refused that the place was not free yet", () => {
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

  const [OURS, OF_USER, OF_DATABASE] = [
    { user: "fn", database: "app" },
    { user: "fn", database: "other" },
    { user: "other", database: "app" },
  ];
  for (const { title, limit, idle, named } of [
    { title: "the limit of the server", limit: "server", idle: [{}, OF_USER], named: [0, 1] },
    { title: "the limit of the client's user", limit: "user", idle: [OF_DATABASE, OF_USER], named: [1] },
    {
      title: "the limit of the client's user, and no idle client is known to have this user",
      limit: "user",
      idle: [OF_DATABASE, {}],
      named: [],
    },
    {
      title: "the limit of the client's database",
      limit: "database",
      idle: [OF_DATABASE, OF_USER],
      named: [0],
    },
    { title: "no limit", limit: undefined, idle: [OURS, OURS], named: [] },
  ] as const)
    it(`with an unknown number of places has ${named.length === 0 ? "no known harm" : `harm by ${named.length} of the idle environments`} if the server's refusal names ${title}`, () => {
      const run = new TestRun(TWO);
      const silent = [ahead(run), ahead(run)];
      invokeOnce(run, ready(run));
      const evidence = mutate.withoutPeerLog(run.end());
      const read = { protocol: "postgres", catalogue: 2, code: null } as const;
      const refused = { ...read, ...OURS, outcome: "refused", code: "53300" } as const;
      const readingOf = ({ event, environment, by }: LinkLogRecord): Partial<LinkLogRecord> => {
        if (event !== "closed" && event !== "answered") return {};
        const names = idle[silent.findIndex(({ id }) => id === environment)];
        if (names !== undefined) return { ...read, ...names, outcome: "accepted" };
        return by === "peer" ? { ...refused, ...(limit === undefined ? {} : { limit }) } : {};
      };
      const functions = evidence.functions.map((one) => ({
        ...one,
        linkLog: one.linkLog?.map((line) => ({ ...line, ...readingOf(line) })) ?? null,
      }));
      const { verdict, harm } = judge({ ...evidence, functions }, places(null));
      const holders = harm.windows.flatMap(({ parameters }) =>
        parameters !== undefined && "holders" in parameters
          ? parameters.holders.map((one) => one.environment)
          : [],
      );
      expect([verdict, holders]).to.deep.equal([
        named.length === 0 ? "inconclusive" : "fail",
        named.map((index) => silent[index]?.id),
      ]);
    });

  it("has a finding, but no harm, if more connections were open than --capacity says", () => {
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

  for (const [overlapMs, peak] of [
    [7, 2],
    [0, 1],
  ] as const)
    it(`says that at most ${peak} connections were open at one time if two connections overlap for ${overlapMs} ms`, () => {
      const run = new TestRun(TWO);
      const [one, two] = [ready(run), ready(run)];
      run.invoke(one, () => {
        one.connect();
        run.invoke(two, () => {
          if (overlapMs === 0) one.disconnect();
          two.connect();
          run.wait(overlapMs);
          one.disconnect();
          two.disconnect();
        });
      });
      const { places: counted } = judge(mutate.withoutPeerLog(run.end()), places(2));
      expect(counted).to.deep.equal({ capacity: 2, peakPlaces: peak });
    });

  it("with the function's own lines alone has harm only if the held connections serve an invocation afterwards", () => {
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

  it("has an exposure only if the other environments could hold all places", () => {
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

  it("lets a function that may keep connections pass if there is a place for each of its environments", () => {
    const verdicts = (number: number): unknown => {
      const run = new TestRun({ capacity: number });
      const [one, two] = [ready(run), ready(run)];
      // This environment holds no connection but could open one.
      const third = ready(run);
      drive(run, one, lazyConnect, 2);
      drive(run, two, lazyConnect, 2);
      run.wait(LATER_MS);
      for (const environment of [one, two, third]) environment.shutdown();
      waitOneSecond(run);
      const result = judge(run.end(), { ...places(number), keptConnections: "allowed", idleLifeMs: 0 });
      const allowed = new Set([...result.findings].filter((one) => one.allowed).map(({ check }) => check));
      return [result.verdict, said(result, "peak-within-capacity")[0]?.code, ...allowed];
    };
    const kept = ["connection-held-across-freeze"];
    expect([verdicts(3), verdicts(2)]).to.deep.equal([
      ["pass", "peak-within-capacity", ...kept],
      ["inconclusive", "peak-above-capacity", ...kept],
    ]);
  });
});

describe("more open connections than places", () => {
  /** Three environments connect, and none of the connections is closed. Each of `shown` adds a line to the link's log of each connection. */
  const open = (...shown: readonly Partial<LinkLogRecord>[]) => {
    const run = new TestRun({ lines: false });
    const all = [1, 2, 3].map(() => run.environment().init());
    for (const environment of all)
      run.invoke(environment, () => {
        const link = run.newLink(environment);
        run.linkLine("opened", link);
        run.wait(1);
        run.linkLine("connected", link);
        run.linkLine("answered", link, { answered: true });
        for (const { event = "recognised", ...members } of shown) {
          run.wait(1);
          run.linkLine(event, link, { protocol: "postgres", catalogue: 4, answered: true, ...members });
        }
        run.wait(LATER_MS);
      });
    for (const environment of all) run.invoke(environment, () => run.wait(1));
    const { manifest, ...evidence } = mutate.withoutPeerLog(run.end());
    // The peer is the user's server.
    const profile = manifest === null ? null : { ...manifest.profile, admission: null };
    const ofServer = manifest === null || profile === null ? null : { ...manifest, profile };
    const result = judge({ ...evidence, manifest: ofServer }, places(2));
    return said(result, "capacity-kept").map(({ code, parameters = {} }) => [
      code,
      "open" in parameters ? parameters.open : null,
    ]);
  };
  const hidden = { outcome: "unreadable", code: null } as const;
  const accepted = { outcome: "accepted", code: null } as const;

  it("do not refute the number of places if nothing shows that the server accepted them", () => {
    const kept = [["capacity-kept", null]];
    expect(open(hidden)).to.deep.equal(kept);
    expect(open(hidden, { ...hidden, event: "half-closed", by: "function" })).to.deep.equal(kept);
    expect(open(hidden, { ...hidden, event: "half-closed", by: "environment-end" })).to.deep.equal(kept);
    expect(
      open(accepted, { ...accepted, outcome: "timed-out", event: "half-closed", by: "function" }),
    ).to.deep.equal(kept);
  });

  it("refute the number of places if the server accepted them", () => {
    expect(open(accepted)).to.deep.equal([["capacity-refuted", 3]]);
    expect(open(hidden, accepted)).to.deep.equal([["capacity-refuted", 3]]);
  });
});
