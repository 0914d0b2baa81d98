/**
 * Tests connections that come around the end of an Init: in the millisecond of the first START, just after the Init, or in the first invocation.
 * Their cause is code that runs in the Init and does not wait for its connect. Only the link saw these connections, and the server's own
 * messages show the outcomes.
 */
import { expect } from "chai";
import type { Evidence } from "../../../src/record/evidence.ts";
import { crashPlan } from "./crash-plan.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import type { LinkLogRecord } from "../../../src/record/link-log.ts";
import { handlerConnect, ready } from "./designs.ts";
import { causes, judge, said } from "./judge.ts";
import { iso } from "./story-options.ts";
import { TestRun, type TestEnvironment } from "./story.ts";

const CRASH = crashPlan("in-flight");

const POSTGRES = { protocol: "postgres", catalogue: 1 } as const;
const ACCEPTED = { ...POSTGRES, outcome: "accepted", code: null } as const;
const REFUSED = { ...POSTGRES, outcome: "refused", code: "53300", text: "too many connections" } as const;

/** Adds to the link log what the server said. A connection that the peer closed was refused. */
function overPostgres(run: TestRun, applied: Evidence["applied"] = null): FunctionResult {
  const evidence = run.end();
  const read = (record: LinkLogRecord): LinkLogRecord[] => {
    if (record.event === "answered") return [record, { ...record, event: "recognised", ...ACCEPTED }];
    return record.event === "closed"
      ? [{ ...record, ...(record.by === "peer" ? REFUSED : ACCEPTED) }]
      : [record];
  };
  return judge({
    ...evidence,
    ...(applied === null ? {} : { plan: CRASH, applied }),
    functions: evidence.functions.map((one) => ({
      ...one,
      peerLog: null,
      linkLog: (one.linkLog ?? []).flatMap(read),
    })),
  });
}

/**
 * Invokes the environment once each second. `connects` says whether the environment connects at the beginning of the first invocation. An
 * invocation without a connection fails.
 */
function invoke(
  run: TestRun,
  environment: TestEnvironment,
  { times, connects }: { readonly times: number; readonly connects: boolean },
): void {
  for (let index = 0; index < times; index += 1) {
    run.invoke(
      environment,
      (call) => {
        run.wait(1);
        if (connects && index === 0) environment.connect();
        if (environment.connection === null) call.throws("Error");
      },
      { readMs: 0 },
    );
    run.wait(1_000);
  }
}

const openings = ({ environments }: FunctionResult): readonly (string | null)[] =>
  [...environments].flatMap(({ connections }) => connections.map(({ openedIn }) => openedIn));

describe("a connection that came in the millisecond in which the Init ended", () => {
  it("belongs to the invocation if the invocation began in the same millisecond", () => {
    const run = new TestRun({ lines: false });
    ready(run);
    const environment = ready(run);
    for (let index = 0; index < 2; index += 1) {
      run.invoke(environment, (call) => handlerConnect.invoke(call), { readMs: 0 });
      run.wait(1_000);
    }
    const result = overPostgres(run);
    expect([result.verdict, said(result, "connection-opened-in-init"), openings(result)]).to.deep.equal([
      "pass",
      [{ status: "clear", code: "none-opened-in-init", parameters: {} }],
      ["invoke", "invoke"],
    ]);
  });
});

describe("a connection that came after the Init phase and before any invocation", () => {
  for (const [ms, openedIn, code] of [
    [0, "init", "opened-in-init"],
    [7, "after-init", "left-from-init"],
  ] as const)
    it(`was opened by code of the Init, and the result says so (${ms} ms after the Init)`, () => {
      const run = new TestRun({ lines: false });
      const silent = ready(run);
      run.wait(ms);
      silent.connect();
      run.wait(3_000);
      invoke(run, ready(run), { times: 1, connects: true });
      const result = overPostgres(run);
      const held = [...result.findings].flatMap((one) =>
        one.code === "peer-held" ? [one.parameters.openedIn] : [],
      );
      expect([result.verdict, openings(result), held]).to.deep.equal([
        "fail",
        [openedIn, "invoke"],
        [openedIn],
      ]);
      expect(said(result, "connection-opened-in-init")).to.deep.equal([
        { status: "found", code, parameters: { environment: silent.id, accepted: true } },
      ]);
      expect(said(result, "connection-held-across-freeze")).to.deep.equal([
        { status: "found", code: "held-across-freeze", parameters: { environment: silent.id, openedIn } },
      ]);
    });
});

describe("a refusal that came only in the first invocation", () => {
  /** A process keeps its connection. Another process is refused in its first invocation and never connects again. */
  function refused(run: TestRun): void {
    invoke(run, ready(run), { times: 2, connects: true });
    invoke(run, ready(run), { times: 3, connects: true });
  }

  it("counts for all later invocations if no process connects after its first invocation", () => {
    const run = new TestRun({ lines: false });
    refused(run);
    const result = overPostgres(run);
    expect([result.harm.total, causes(result)]).to.deep.equal([3, ["harm", "harm", "harm"]]);
  });

  it("does not count for a later invocation whose process the plan crashed", () => {
    const run = new TestRun({ lines: false });
    refused(run);
    const crashed = run.environments.at(-1) as TestEnvironment;
    const from = iso(run.now);
    run.invoke(crashed, (call) => call.reset("crash"));
    const entry = { functionName: run.options.name, entry: 0, from, to: iso(run.now), detail: null };
    const result = overPostgres(run, [{ ...entry, result: "applied", environments: [crashed.id] }]);
    expect(causes(result)).to.deep.equal(["harm", "harm", "harm", "crash"]);
  });

  it("counts only for its own invocation if some process connects in a later invocation", () => {
    const run = new TestRun({ lines: false });
    refused(run);
    const other = ready(run);
    invoke(run, other, { times: 1, connects: false });
    invoke(run, other, { times: 1, connects: true });
    const result = overPostgres(run);
    expect([result.harm.total, causes(result)]).to.deep.equal([2, ["harm", null, null, null, "harm"]]);
  });

  it("counts only for its own invocation if no process shows that it keeps a connection", () => {
    const run = new TestRun({ lines: false });
    const holder = ready(run);
    run.invoke(holder, () => void holder.connect());
    run.wait(1_000);
    invoke(run, ready(run), { times: 3, connects: true });
    const result = overPostgres(run);
    expect([result.harm.total, causes(result)]).to.deep.equal([1, ["harm", null, null]]);
  });
});
