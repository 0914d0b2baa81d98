/** Tests the judgement of connections that only the link saw: the server's answer decides, and the findings repeat it. */
import { expect } from "chai";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import type { LinkLogRecord } from "../../../src/record/link-log.ts";
import { connects, drive, exposed, handlerConnect, ready, waitOneSecond } from "./designs.ts";
import { causes, judge, said } from "./judge.ts";
import { TestRun } from "./story.ts";

type Read = Partial<LinkLogRecord>;

const POSTGRES = { protocol: "postgres", catalogue: 1 } as const;
const ACCEPTED: Read = { ...POSTGRES, outcome: "accepted", code: null };
const REFUSED: Read = {
  ...POSTGRES,
  outcome: "refused",
  code: "53300",
  text: 'too many connections for role "fn"',
};

/**
 * Judges a story in which one environment keeps a connection from its Init and is never invoked, and an invocation of another environment fails.
 * Only the link saw the connections. `failed` is what the link read on the connection of the failed invocation, and `others` is what it read on
 * all other connections.
 */
function story({
  failed,
  others = ACCEPTED,
}: {
  readonly failed: Read;
  readonly others?: Read;
}): FunctionResult {
  const run = new TestRun({ lines: false });
  const first = exposed(run);
  const environment = ready(run);
  const kept = ready(run, connects);
  run.invoke(environment, (call) => {
    environment.connect();
    call.throws("Error");
  });
  waitOneSecond(run);
  kept.retire("fin");
  drive(run, first, handlerConnect, 2);
  const evidence = run.end();
  const read = ({ environment: id }: LinkLogRecord): Read => (id === environment.id ? failed : others);
  return judge({
    ...evidence,
    functions: evidence.functions.map((one) => ({
      ...one,
      peerLog: null,
      linkLog: (one.linkLog ?? []).flatMap((record): LinkLogRecord[] => {
        if (record.event === "closed") return [{ ...record, ...read(record) }];
        return record.event === "answered"
          ? [record, { ...record, event: "recognised", ...read(record) }]
          : [record];
      }),
    })),
  });
}

/**
 * Judges a story in which the handler of a second environment ignores that it got no answer from a pooler (a server that accepts logins
 * and lets queries wait): the login succeeded, and the first query waited until the function closed the connection. The pooler closes
 * its side after the run. `ended` is what the link read when the function closed the connection.
 */
function queued(ended: Read): FunctionResult {
  const run = new TestRun({ lines: false });
  const first = exposed(run);
  const environment = ready(run);
  const kept = ready(run, connects);
  run.invoke(environment, () => {
    const link = run.newLink(environment);
    run.linkLine("opened", link);
    run.linkLine("connected", link);
    run.linkLine("answered", link, { answered: true });
    run.linkLine("recognised", link, { answered: true, ...ACCEPTED });
    run.wait(900);
    run.linkLine("half-closed", link, { by: "function", answered: true, ...ended });
  });
  waitOneSecond(run);
  kept.retire("fin");
  drive(run, first, handlerConnect, 2);
  const evidence = run.end();
  return judge({
    ...evidence,
    functions: evidence.functions.map((one) => ({
      ...one,
      peerLog: null,
      linkLog: (one.linkLog ?? []).flatMap((record): LinkLogRecord[] => {
        if (record.environment === environment.id) return [record];
        if (record.event === "closed") return [{ ...record, ...ACCEPTED }];
        return record.event === "answered"
          ? [record, { ...record, event: "recognised", ...ACCEPTED }]
          : [record];
      }),
    })),
  });
}

/**
 * What the links record of a client of Postgres that only asked whether the server encrypts. A connection that only requests to cancel a
 * query has no outcome either, so `cancels` uses this record too.
 */
const ASKED: Read = { ...POSTGRES, outcome: null, code: null, goodbye: false };

/**
 * Judges a handler that connects as pgx does: it asks on one connection whether the server encrypts, ends this connection, and logs in on another
 * one. `then` says what the handler does after the question, and `closes` says when the server closes the first connection.
 */
function asked(
  read: Read,
  {
    then = "logs in",
    closes = "at once",
  }: { then?: "logs in" | "returns"; closes?: "at once" | "late" } = {},
): FunctionResult {
  const run = new TestRun({ lines: false });
  const environment = exposed(run);
  const link = run.newLink(environment);
  const close = (): void =>
    run.linkLine("closed", link, { by: "function", ending: "fin", answered: true, ...read });
  run.invoke(environment, (call) => {
    run.linkLine("opened", link);
    run.linkLine("connected", link);
    run.linkLine("answered", link, { answered: true });
    run.linkLine("half-closed", link, { by: "function", answered: true });
    if (closes === "at once") close();
    if (then === "logs in") handlerConnect.invoke(call);
  });
  if (closes === "late") close();
  waitOneSecond(run);
  drive(run, environment, handlerConnect, 2);
  const evidence = run.end();
  return judge({
    ...evidence,
    functions: evidence.functions.map((one) => ({
      ...one,
      peerLog: null,
      linkLog: (one.linkLog ?? []).flatMap((record): LinkLogRecord[] => {
        if (record.connection === link.number) return [record];
        if (record.event === "closed") return [{ ...record, ...ACCEPTED }];
        return record.event === "answered"
          ? [record, { ...record, event: "recognised", ...ACCEPTED }]
          : [record];
      }),
    })),
  });
}

const DISCIPLINE = [
  "connection-opened-in-init",
  "connection-held-across-freeze",
  "connection-open-at-shutdown",
];
const statuses = (result: FunctionResult): unknown =>
  DISCIPLINE.map((check) => said(result, check)[0]?.status);

const held = ({ findings }: FunctionResult): unknown =>
  [...findings].filter(({ code }) => code === "peer-held").map(({ parameters }) => parameters);

describe("a server's answer", () => {
  it("shows without --success which connections were accepted and which one was refused", () => {
    const result = story({ failed: REFUSED });
    expect([result.verdict, result.reasons, causes(result)]).to.deep.equal(["fail", ["harm"], ["harm"]]);
    const [found] = held(result) as readonly { readonly refusal?: unknown }[];
    expect(found?.refusal).to.deep.equal({
      protocol: "postgres",
      code: "53300",
      text: 'too many connections for role "fn"',
    });
    const connections = [...result.environments].flatMap((one) => one.connections);
    expect(connections.map(({ outcome, code }) => `${outcome} ${code}`)).to.include.members([
      "accepted null",
      "refused 53300",
    ]);
  });

  it("does not make the connection count as accepted if the function later gave up its first query", () => {
    const harmed = queued({ ...ACCEPTED, outcome: "timed-out", goodbye: true });
    expect([harmed.verdict, harmed.harm.total, causes(harmed)]).to.deep.equal(["fail", 1, []]);
    expect(queued({}).harm.total).to.equal(0);
  });

  it("shows no harm if the reason of the refusal is not a limit of connections", () => {
    const result = story({ failed: { ...REFUSED, protocol: "mqtt", code: "0x9F", countsPlaces: false } });
    expect([held(result), causes(result), result.harm.total]).to.deep.equal([[], ["peer-error"], 0]);
  });

  it("leaves the outcome unknown if the code of the answer is not in the protocol's table", () => {
    const result = story({ failed: { ...POSTGRES, outcome: null, code: "42501" } });
    expect([held(result), result.harm.total, result.reasons.includes("evidence-missing")]).to.deep.equal([
      [],
      0,
      true,
    ]);
  });

  for (const { protocol, outcome, why } of [
    {
      protocol: "postgres",
      outcome: "unreadable",
      why: { code: "answer-encrypted", parameters: { by: "TLS" } },
    },
    { protocol: "ssh", outcome: "unreadable", why: { code: "answer-encrypted", parameters: { by: "SSH" } } },
    { protocol: "raw", outcome: null, why: { code: "answer-or-refusal", parameters: {} } },
  ] as const)
    it(`leaves harm unknown if the protocol is ${protocol} and the outcome of the connection is ${outcome}; the reason is ${why.code}`, () => {
      const read: Read = { protocol, catalogue: 1, outcome, code: null };
      const unknown = [...story({ failed: read, others: read }).findings].filter(
        ({ code }) => code === "harm-unknown",
      );
      const whys = unknown.map(({ parameters }) => (parameters as { readonly why: { code: string } }).why);
      expect(whys.filter(({ code }) => code.startsWith("answer-"))).to.deep.equal([why]);
    });

  for (const { outcome, which, why } of [
    { outcome: "accepted", which: "last", why: "nothing-shows" },
    { outcome: null, which: "last", why: "answer-or-refusal" },
    { outcome: null, which: "first", why: "nothing-shows" },
  ] as const)
    it(`leaves harm unknown if the outcome of each connection was ${outcome} and the ${which} invocation opened none; the reason is ${why}`, () => {
      const run = new TestRun({ lines: false });
      const environment = which === "first" ? ready(run) : exposed(run);
      if (which === "first") run.invoke(environment, () => {});
      drive(run, environment, handlerConnect, 2);
      if (which === "last") run.invoke(environment, () => {});
      const { functions, ...others } = run.end();
      const read: Read = { ...POSTGRES, outcome, code: null };
      const judged = functions.map((one) => ({
        ...one,
        peerLog: null,
        linkLog: (one.linkLog ?? []).flatMap((record): LinkLogRecord[] => {
          if (record.event !== "answered")
            return [record.event === "closed" ? { ...record, ...read } : record];
          return [record, { ...record, event: "recognised", ...read }];
        }),
      }));
      const unknown = [...judge({ ...others, functions: judged }).findings].filter(
        ({ code }) => code === "harm-unknown",
      );
      expect(unknown.map(({ parameters }) => parameters)).to.have.nested.property("[0].why.code", why);
    });

  it("is not read if the bytes belong to another protocol than --protocol names", () => {
    const others: Read = { ...POSTGRES, outcome: null, contradiction: "GET / HTTP/1.1\\x0d\\x0a" };
    const result = story({ failed: others, others });
    const found = [...result.findings].filter(({ code }) => code === "protocol-contradicted");
    expect([result.verdict, found.map(({ parameters }) => parameters)]).to.deep.equal([
      "inconclusive",
      [{ protocol: "postgres", beginning: "GET / HTTP/1.1\\x0d\\x0a", connections: 6 }],
    ]);
  });
});

describe("a connection on which the client of Postgres only asked whether the server encrypts", () => {
  const unknown = ["unknown", "unknown", "unknown"];

  it("is a part of the attempt that the same invocation makes next", () => {
    const result = asked(ASKED);
    expect([result.verdict, statuses(result)]).to.deep.equal(["pass", ["clear", "clear", "clear"]]);
  });

  it("leaves the checks of connections unknown if the invocation made no attempt after it", () => {
    const result = asked(ASKED, { then: "returns" });
    expect([result.verdict, statuses(result)]).to.deep.equal(["inconclusive", unknown]);
  });

  it("leaves the checks of connections unknown if the server closed it only after the invocation", () => {
    expect(statuses(asked(ASKED, { closes: "late" }))).to.deep.equal(unknown);
  });

  for (const [more, why] of [
    [{ user: "fn" }, "the client also logged in"],
    [{ code: "XX000" }, "the server answered with an error"],
    [{ contradiction: "GET / HTTP/1.1" }, "the bytes are not Postgres"],
    [{ protocol: "mysql" }, "the protocol has no such question"],
  ] as const)
    it(`is not assumed if ${why}, and then the checks of connections are unknown`, () => {
      expect(statuses(asked({ ...ASKED, ...more }))).to.deep.equal(unknown);
    });
});

describe("a request to cancel a query of Postgres", () => {
  /**
   * An invocation cancels its query and fails, while another environment holds the second of the peer's two places. `read` is what the link read on
   * the connection of the cancel request.
   */
  function cancels(read: Read): FunctionResult {
    const run = new TestRun({ lines: false, success: "true" });
    exposed(run);
    const [holder, other] = [ready(run), ready(run)];
    const opens = (environment: typeof holder): ReturnType<TestRun["newLink"]> => {
      const link = run.newLink(environment);
      run.linkLine("opened", link);
      run.linkLine("connected", link);
      return link;
    };
    const logsIn = (environment: typeof holder): ReturnType<TestRun["newLink"]> => {
      const link = opens(environment);
      run.linkLine("answered", link, { answered: true });
      run.linkLine("recognised", link, { answered: true, ...ACCEPTED, user: "fn" });
      return link;
    };
    run.invoke(holder, () => void logsIn(holder));
    waitOneSecond(run);
    run.invoke(other, (call) => {
      const link = logsIn(other);
      run.wait(300);
      run.linkLine("closed", opens(other), { by: "peer", ending: "fin", ...read });
      run.wait(2);
      run.linkLine("closed", link, { by: "function", ending: "fin", answered: true, ...ACCEPTED });
      call.throws("QueryCanceled");
    });
    waitOneSecond(run);
    const evidence = run.end();
    return judge(
      {
        ...evidence,
        functions: evidence.functions.map((one) => ({
          ...one,
          peerLog: null,
          linkLog: (one.linkLog ?? []).map((record) =>
            record.event === "closed" && record.protocol === undefined ? { ...record, ...ACCEPTED } : record,
          ),
        })),
      },
      { capacity: { places: 2, given: true } },
    );
  }

  it("does not count as a refused connection, although the server closes its connection without an answer", () => {
    const result = cancels(ASKED);
    expect([result.harm.total, result.reasons.includes("harm")]).to.deep.equal([0, false]);
    const outcomes = [...result.environments].flatMap(({ connections }) =>
      connections.map(({ outcome }) => outcome),
    );
    expect(new Set(outcomes)).to.deep.equal(new Set(["accepted"]));
    expect(said(result, "connection-opened-in-init")[0]?.status).to.equal("clear");
  });

  it("is not assumed if the link saw no such request on a connection that the server closed without an answer: it is a refusal", () => {
    expect(cancels({ ...POSTGRES, outcome: "refused", code: null }).harm.total).to.equal(1);
  });
});

describe("a connection whose outcome nothing shows", () => {
  for (const [when, code] of [
    ["in the Init", "opened-in-init"],
    ["after the Init and before the first invocation", "left-from-init"],
  ] as const)
    it(`counts as opened by code of the Init if the link saw that it was opened ${when}`, () => {
      const run = new TestRun({ lines: false });
      exposed(run);
      const environment = run.environment();
      const opens = (): void => {
        const link = run.newLink(environment);
        run.linkLine("opened", link);
        run.linkLine("connected", link);
      };
      environment.init(() => {
        if (code === "opened-in-init") opens();
      });
      if (code === "left-from-init") {
        run.wait(5);
        opens();
      }
      waitOneSecond(run);
      const found = said(judge(run.end()), "connection-opened-in-init").filter(
        ({ parameters }) => (parameters as { environment?: string }).environment === environment.id,
      );
      expect(found).to.deep.equal([
        { status: "found", code, parameters: { environment: environment.id, accepted: false } },
      ]);
    });
});
