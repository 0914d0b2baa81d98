/**
 * Tests a peer that serves one client and leaves the others in its queue, as most small servers do. The peer reads a waiting client only
 * when its turn comes, so it learns late that this client has given up.
 */
import { expect } from "chai";
import fc from "fast-check";
import type { FunctionEvidence } from "../../../src/record/evidence.ts";
import type { LinkLogRecord } from "../../../src/record/link-log.ts";
import type { PeerLogRecord } from "../../../src/record/peer-log.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import { propertyCases } from "../../support/test-all.ts";
import { connects, drive, handlerConnect, ready } from "./designs.ts";
import { causes, judge } from "./judge.ts";
import { judged, QueueingServer, type Client } from "./queueing-server.ts";
import { iso } from "./story-options.ts";
import { TestRun, type TestEnvironment } from "./story.ts";

/** Returns how many invocations were harmed, and the holders of the harm windows. */
export function harmOf({ harm, findings }: FunctionResult): readonly [number, ...(string | null)[]] {
  const holders = [...findings].flatMap(({ kind, status, holder }) =>
    kind === "harm" && status === "found" ? [holder] : [],
  );
  return [harm.total, ...new Set(holders)];
}

function inTime<T extends { readonly time: string }>(records: readonly T[]): T[] {
  return [...records].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}

describe("the log of a peer that notices late that a waiting client has given up", () => {
  /**
   * The clients that gave up get their last line after `left`, the time at which the holder leaves. With `accepts`, each of them is first
   * accepted for a moment.
   */
  function noticesLate(
    { peerLog }: FunctionEvidence,
    { left, accepts }: { readonly left: number; readonly accepts: boolean },
  ): PeerLogRecord[] {
    const log = peerLog ?? [];
    const queued = new Set(log.filter(({ event }) => event === "queued").map(({ connection }) => connection));
    const isWaiting = ({ event, connection }: PeerLogRecord): boolean =>
      event === "closed" && queued.has(connection);
    const late = log.filter(isWaiting).flatMap((record, index): PeerLogRecord[] => {
      const time = iso(left + 1 + 2 * index);
      const closed = { ...record, time };
      return accepts ? [{ ...closed, event: "accepted" }, closed] : [closed];
    });
    return inTime([...log.filter((record) => !isWaiting(record)), ...late]);
  }

  /** For clients that got no answer, the links see the peer's FIN only after the holder has left. */
  function closesLate({ linkLog }: FunctionEvidence, left: number): LinkLogRecord[] {
    const isLate = ({ event, answered }: LinkLogRecord): boolean => event === "closed" && !answered;
    return inTime(
      (linkLog ?? []).map((record) => (isLate(record) ? { ...record, time: iso(left + 20) } : record)),
    );
  }

  for (const lines of [true, false])
    for (const accepts of [true, false])
      it(`shows the holder ${lines ? "with" : "without"} lifecycle lines${accepts ? ", also if the peer serves the waiting clients for a moment" : ""}`, () => {
        const run = new TestRun({ admission: "backlog", lines, hello: lines });
        const holder = ready(run, connects);
        run.wait(1_000);
        const other = ready(run, connects);
        drive(run, other, handlerConnect, 3);
        const left = run.now;
        holder.retire("fin");
        run.wait(1_000);
        drive(run, other, handlerConnect, 2);
        const evidence = run.end();
        const functions = evidence.functions.map((one) => ({
          ...one,
          peerLog: noticesLate(one, { left, accepts }),
          linkLog: closesLate(one, left),
        }));
        expect(harmOf(judge({ ...evidence, functions }))).to.deep.equal([3, holder.id]);
      });

  it("names the client that was served when the waiting client gave up, not the client that was served before", () => {
    const run = new TestRun({ admission: "backlog", lines: false, hello: false });
    const first = ready(run, connects);
    const environments: TestEnvironment[] = [ready(run), ready(run)];
    const [second, third] = environments as [TestEnvironment, TestEnvironment];
    const waits = run.newLink(second);
    run.linkLine("opened", waits);
    const next = run.arrive(null, waits);
    run.linkLine("connected", waits, { upstreamLocal: next.remote });
    const link = run.newLink(third);
    run.invoke(third, (call) => {
      run.linkLine("opened", link);
      const connection = run.arrive(null, link);
      run.linkLine("connected", link, { upstreamLocal: connection.remote });
      run.wait(500);
      first.retire("fin");
      run.linkLine("answered", waits, { upstreamLocal: next.remote, answered: true });
      run.wait(1_000);
      run.linkLine("half-closed", link, { by: "function", upstreamLocal: connection.remote });
      call.throws("NoAnswerError");
      run.wait(5_000);
      run.leave(next);
      run.linkClosed(next, "environment-end", "fin");
      run.leave(connection);
      run.linkLine("closed", link, { by: "function", ending: "fin", upstreamLocal: connection.remote });
    });
    const result = judge(run.end());
    expect(harmOf(result)).to.deep.equal([1, second.id]);
  });

  for (const [accepted, harmed] of [
    ["after the second invocation", 2],
    ["during the second invocation", 1],
  ] as const)
    it(`shows that failed invocations waited on a connection from before them; the peer accepts it ${accepted}`, () => {
      const run = new TestRun({ admission: "backlog", lines: false, hello: false });
      const holder = ready(run, connects);
      const second = ready(run);
      const waits = run.newLink(second);
      run.linkLine("opened", waits);
      const next = run.arrive(null, waits);
      run.linkLine("connected", waits, { upstreamLocal: next.remote });
      const turn = (): void => {
        holder.retire("fin");
        run.wait(5);
        run.linkLine("answered", waits, { upstreamLocal: next.remote, answered: true });
        run.request(next);
      };
      const fails = (body = (): void => {}): void => {
        run.invoke(second, (call) => {
          run.wait(500);
          body();
          call.throws("NoAnswerError");
        });
        run.wait(500);
      };
      fails();
      if (harmed === 1) fails(turn);
      else {
        fails();
        turn();
      }
      run.invoke(second, () => run.request(next));
      expect(harmOf(judge(run.end()))).to.deep.equal([harmed, holder.id]);
    });
});

describe("a server that serves one client and leaves the others in the operating system's queue", () => {
  /** Connects and asks. If no answer comes in time, returns null, and the function closes the connection if `closes` is true. */
  function asks(server: QueueingServer, environment: TestEnvironment, closes = true): Client | null {
    const client = server.connect(environment);
    if (server.ask(client)) return client;
    if (closes) server.end(client);
    return null;
  }

  function fails(run: TestRun, server: QueueingServer, environment: TestEnvironment): void {
    run.invoke(environment, (call) => {
      if (asks(server, environment) === null) call.throws("NoAnswerError");
    });
    server.wait(1_000);
  }

  /** The stranger leaves. Then `waiting`, whose turn has come, has an invocation that succeeds. The failures before have no holder. */
  function nobodyHeld(
    run: TestRun,
    server: QueueingServer,
    stranger: Client,
    waiting: TestEnvironment,
  ): void {
    server.end(stranger);
    server.wait(1_000);
    run.invoke(waiting, () => void server.wait(10));
    const result = judged(run);
    expect([harmOf(result), result.verdict]).to.deep.equal([[0], "inconclusive"]);
  }

  const refuted = ({ findings }: FunctionResult): boolean =>
    [...findings].some(({ code }) => code === "capacity-refuted");

  it("was held by the client that it served, also if it later answers the clients that had given up", () => {
    const run = new TestRun({ lines: false, success: "true" });
    const server = new QueueingServer(run);
    const [holder, other] = [run.environment(), run.environment()];
    let held: Client | null = null;
    holder.init(() => (held = asks(server, holder)));
    other.init(() => void asks(server, other));
    for (let index = 0; index < 3; index += 1) fails(run, server, other);
    if (held !== null) server.end(held, "environment-end");
    server.wait(1_000);
    fails(run, server, other);
    const result = judged(run);
    expect(harmOf(result)).to.deep.equal([3, holder.id]);
    expect([refuted(result), causes(result)]).to.deep.equal([false, ["harm", "harm", "harm"]]);
  });

  it("was held by the client that it served, even if the waiting function closes none of its connections", () => {
    const run = new TestRun({ lines: false, success: "true" });
    const server = new QueueingServer(run);
    const [holder, other] = [run.environment(), run.environment()];
    let held: Client | null = null;
    holder.init(() => (held = asks(server, holder)));
    other.init(() => void asks(server, other, false));
    for (let index = 0; index < 2; index += 1) {
      run.invoke(other, (call) => {
        asks(server, other, false);
        call.throws("NoAnswerError");
      });
      server.wait(1_000);
    }
    if (held !== null) server.end(held, "environment-end");
    server.wait(5_000);
    const result = judged(run);
    expect([...harmOf(result), refuted(result)]).to.deep.equal([2, holder.id, false]);
  });

  for (const asked of [true, false])
    it(`was held by an environment that ${asked ? "got an answer" : "never asked"}, until the server answered a connection that had waited since the Init of another environment`, () => {
      const run = new TestRun({ lines: false, success: "true" });
      const server = new QueueingServer(run);
      const [holder, other] = [run.environment(), run.environment()];
      const first = ready(run);
      run.invoke(first, () => void asks(server, first));
      server.served.forEach((client) => server.end(client));
      let [held, waiting]: [Client | null, Client | null] = [null, null];
      holder.init(() => (held = server.connect(holder)));
      if (asked && held !== null) server.ask(held);
      other.init(() => (waiting = server.connect(other)));
      const invoke = (): void => {
        run.invoke(other, (call) => {
          if (waiting === null || !server.ask(waiting)) call.throws("NoAnswerError");
        });
        server.wait(1_000);
      };
      for (let index = 0; index < 3; index += 1) invoke();
      if (held !== null) server.end(held, "environment-end");
      const answeredAt = iso(run.now + 2);
      server.wait(1_000);
      invoke();
      const result = judged(run);
      expect([...harmOf(result), refuted(result)]).to.deep.equal([3, holder.id, false]);
      const connections = [...result.environments].find(({ id }) => id === other.id)?.connections ?? [];
      expect(connections[0]?.from).to.equal(answeredAt);
    });

  it("may have been held by an environment that ended before the server answered, if the server reads no request of a client that waits", () => {
    const run = new TestRun({ lines: false });
    const server = new QueueingServer(run);
    const [holder, other] = [run.environment(), run.environment()];
    const clients: Client[] = [];
    holder.init(() => void clients.push(server.connect(holder)));
    other.init(() => void clients.push(server.connect(other)));
    const [held, waiting] = clients;
    if (held === undefined || waiting === undefined) throw new Error("two clients have connected");
    for (let index = 0; index < 3; index += 1) {
      run.invoke(other, (call) => {
        if (!server.ask(waiting)) call.throws("NoAnswerError");
      });
      server.wait(1_000);
    }
    waiting.asked = false;
    server.end(held, "environment-end");
    server.wait(1_000);
    run.invoke(other, () => void server.ask(waiting));
    const result = judged(run);
    const harm = [...result.findings].filter(({ kind }) => kind === "harm");
    expect(result.harm.total).to.equal(0);
    expect(harm.map(({ status, requestIds }) => [status, requestIds.length])).to.deep.equal([["unknown", 3]]);
  });

  it("is held by a client that has not asked yet", () => {
    const run = new TestRun({ lines: false, success: "true" });
    const server = new QueueingServer(run);
    const [holder, other] = [run.environment(), ready(run)];
    let held: Client | null = null;
    holder.init(() => (held = server.connect(holder)));
    fails(run, server, other);
    run.invoke(holder, () => {
      if (held !== null) server.ask(held);
    });
    expect(harmOf(judged(run))).to.deep.equal([1, holder.id]);
  });

  it("is not held by a client that waits, even if this client came later than the one that is served", () => {
    const run = new TestRun({ lines: false, success: "true" });
    const server = new QueueingServer(run);
    const [holder, waiting, other] = [run.environment(), run.environment(), ready(run)];
    let held: Client | null = null;
    holder.init(() => (held = asks(server, holder)));
    waiting.init(() => void asks(server, waiting, false));
    fails(run, server, other);
    if (held !== null) server.end(held, "environment-end");
    server.wait(1_000);
    fails(run, server, other);
    const windows = judged(run).harm.windows.map(({ holder: by }) => by);
    expect(windows).to.deep.equal([holder.id, waiting.id]);
  });

  it("is not held by a client that came after the attempt and was answered only after a stranger had left", () => {
    const run = new TestRun({ lines: false, success: "true" });
    const server = new QueueingServer(run);
    const [other, ahead] = [ready(run), run.environment()];
    const stranger = server.stranger();
    run.invoke(other, (call) => {
      const client = server.connect(other);
      server.wait(500);
      ahead.init(() => void server.ask(server.connect(ahead), 1));
      server.wait(1_000);
      server.end(client);
      call.throws("NoAnswerError");
    });
    nobodyHeld(run, server, stranger, ahead);
  });

  it("is not held by a client that waits behind one that has given up, while the server serves a stranger", () => {
    const run = new TestRun({ lines: false, success: "true" });
    const server = new QueueingServer(run);
    const [waiting, other] = [ready(run), ready(run)];
    const stranger = server.stranger();
    fails(run, server, waiting);
    run.invoke(waiting, (call) => {
      asks(server, waiting, false);
      call.throws("NoAnswerError");
    });
    fails(run, server, other);
    nobodyHeld(run, server, stranger, waiting);
  });

  it("was held by the client that it served when the invocation gave up, in random stories", () => {
    let [checked, missed] = [0, 0];
    const step = fc.record({
      slot: fc.nat(2),
      what: fc.constantFrom("invoke", "invoke", "invoke", "retire", "prepare" as const),
      asks: fc.boolean(),
      closes: fc.boolean(),
      pauseMs: fc.nat(2_000),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 25 }), (steps) => {
        const run = new TestRun({ lines: false, success: "true" });
        const server = new QueueingServer(run);
        const story = new QueueStory(run, server);
        for (const one of steps) story.play(one);
        const result = judged(run);
        expect(refuted(result)).to.equal(false);
        for (const { code, holder, requestIds } of result.findings)
          for (const requestId of code === "peer-held" ? requestIds : []) {
            checked += 1;
            expect([requestId, story.servedAtEnd.get(requestId)]).to.deep.equal([requestId, holder]);
          }
        missed += story.keptOut - result.harm.total;
      }),
      { ...propertyCases(300), seed: 20261127 },
    );
    expect(checked).to.be.above(50);
    expect(missed).to.be.below(checked / 20);
  });
});

/**
 * Plays with up to three environments at a time, one in each slot. An environment keeps its connection, and connects again if it has none.
 */
class QueueStory {
  /** By request id of each failed invocation: the environment that the server served when the invocation gave up. */
  readonly servedAtEnd = new Map<string, string | null>();
  /** How many invocations failed while the server served another environment. */
  keptOut = 0;
  readonly #slots = new Map<number, { environment: TestEnvironment; all: Client[]; kept: Client | null }>();
  readonly #run: TestRun;
  readonly #server: QueueingServer;

  constructor(run: TestRun, server: QueueingServer) {
    this.#run = run;
    this.#server = server;
  }

  play({
    slot,
    what,
    asks,
    closes,
    pauseMs,
  }: {
    readonly slot: number;
    readonly what: "invoke" | "retire" | "prepare";
    readonly asks: boolean;
    readonly closes: boolean;
    readonly pauseMs: number;
  }): void {
    const server = this.#server;
    const run = this.#run;
    if (what === "retire") {
      for (const client of this.#slots.get(slot)?.all ?? [])
        if (client.goneBy === null) server.end(client, "environment-end");
      this.#slots.delete(slot);
    } else {
      const one = this.#slots.get(slot) ?? this.#start(slot, asks);
      if (what === "invoke")
        run.invoke(one.environment, (call) => {
          one.kept ??= this.#connect(one);
          if (server.ask(one.kept)) return;
          const by = server.served[0]?.environment?.id ?? null;
          this.servedAtEnd.set(call.requestId, by);
          if (by !== one.environment.id && by !== null) this.keptOut += 1;
          if (closes) server.end(one.kept);
          if (closes) one.kept = null;
          call.throws("NoAnswerError");
        });
    }
    server.wait(pauseMs);
  }

  #start(slot: number, asks: boolean): { environment: TestEnvironment; all: Client[]; kept: Client | null } {
    const one: { environment: TestEnvironment; all: Client[]; kept: Client | null } = {
      environment: this.#run.environment(),
      all: [],
      kept: null,
    };
    one.environment.init(() => {
      one.kept = this.#connect(one);
      if (asks && !this.#server.ask(one.kept)) {
        this.#server.end(one.kept);
        one.kept = null;
      }
    });
    this.#slots.set(slot, one);
    return one;
  }

  #connect(one: { readonly environment: TestEnvironment; readonly all: Client[] }): Client {
    const client = this.#server.connect(one.environment);
    one.all.push(client);
    return client;
  }
}

describe("a server with many places", () => {
  it("does no harm if it answers after the function gave up, and these answers show that it has more than one place", () => {
    const run = new TestRun({ lines: false, success: "true" });
    const server = new QueueingServer(run, { places: 10, thinksMs: 2_500 });
    const [idle, other] = [run.environment(), run.environment()];
    let held: Client | null = null;
    idle.init(() => {
      held = server.connect(idle);
      server.ask(held, 3_000);
    });
    other.init();
    for (let index = 0; index < 3; index += 1) {
      run.invoke(other, (call) => {
        const client = server.connect(other);
        if (server.ask(client, 1_500)) return;
        server.end(client);
        call.throws("NoAnswerError");
      });
      server.wait(1_000);
    }
    server.wait(3_000);
    if (held !== null) server.end(held, "environment-end");
    const result = judged(run);
    expect([result.verdict, result.harm.total]).to.deep.equal(["inconclusive", 0]);
    expect([...result.findings].some(({ code }) => code === "capacity-refuted")).to.equal(true);
  });

  it("does no harm if its first answer comes late, or if a handler fails before it asks", () => {
    const run = new TestRun({ lines: false, success: "true" });
    const server = new QueueingServer(run, { places: 10 });
    const [idle, other] = [run.environment(), run.environment()];
    const kept: Client[] = [];
    for (const environment of [idle, other]) environment.init(() => kept.push(server.connect(environment)));
    for (const error of ["TypeError", null, "TypeError", null]) {
      run.invoke(other, (call) => {
        if (error !== null) return call.throws(error);
        const own = kept.at(-1);
        if (own !== undefined) server.ask(own);
      });
      server.wait(1_000);
    }
    for (const client of kept) server.end(client, "environment-end");
    expect(judged(run).harm.total).to.equal(0);
  });

  it("serves a client that ends its own half before it reads the late answer", () => {
    const run = new TestRun({ lines: false, success: "true" });
    const server = new QueueingServer(run, { places: 10, thinksMs: 800 });
    const [idle, other] = [run.environment(), ready(run)];
    idle.init(() => void server.ask(server.connect(idle)));
    for (let index = 0; index < 2; index += 1) {
      run.invoke(other, () => {
        const client = server.connect(other);
        server.ask(client, 0);
        server.end(client);
        server.wait(900);
      });
      server.wait(1_000);
    }
    const result = judged(run);
    expect([result.harm.total, result.invocations.succeeded]).to.deep.equal([0, 2]);
  });
});
