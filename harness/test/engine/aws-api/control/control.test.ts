import { expect } from "chai";
import type { EndedEnvironment } from "../../../../src/record/ended-environment.ts";
import type { AppliedEntry, Plan } from "../../../../src/record/plan-file.ts";
import type { StartConductor } from "../../../../src/engine/scheduling/plan/conductor.ts";
import { rawRequest } from "../../support/raw-request.ts";
import { type TestEngine, activeFunction, handlerZip, testEngine } from "../../support/test-engine.ts";

const PLAN: Plan = {
  schemaVersion: 1,
  profile: "typical",
  seed: 1,
  durationMs: 60_000,
  intervalMs: 1_000,
  placement: "most-recent",
  entries: [
    { action: "ahead-elsewhere", offsetMs: 10 },
    { action: "retire", selector: "oldest-idle", ending: "fin", offsetMs: 20 },
  ],
};
const APPLIED: AppliedEntry = {
  functionName: "f",
  entry: 0,
  result: "applied",
  from: "2026-11-25T00:00:00.000Z",
  to: "2026-11-25T00:00:01.000Z",
  environments: ["e"],
  detail: null,
};
const START = "2026-11-25T00:00:00.000Z";

/** Checks the format of `since`, the time at which the engine started, and returns the body without it. */
function withoutSince(text: string): unknown {
  const { since, ...body } = JSON.parse(text) as { readonly since?: unknown };
  if (since !== undefined) expect(since).to.match(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  return body;
}

describe("engine: the control API", () => {
  let on: TestEngine;
  let conducted: Parameters<StartConductor>[0][];
  let end: () => void;
  /**
   * Takes the place of the conductor, which plays a plan. This replacement immediately reports that one entry was applied, and then runs
   * until it is stopped.
   */
  const startConductor: StartConductor = (options) => {
    conducted.push(options);
    options.applied(APPLIED);
    const done = new Promise<void>((resolve) => (end = resolve));
    return {
      done,
      stop: () => {
        end();
        return done;
      },
    };
  };
  beforeEach(async () => {
    conducted = [];
    on = await testEngine({}, startConductor);
    await activeFunction(on, "f", await handlerZip());
  });
  afterEach(() => on.close());

  const call = async (
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: unknown }> => {
    const answer = await rawRequest(on.engine.endpoint, {
      method,
      path: `/_longrun/${path}`,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: answer.body === "" ? null : withoutSince(answer.body) };
  };

  it("describes the engine", async () => {
    expect(await call("GET", "status")).to.deep.equal({
      status: 200,
      body: {
        version: "0.0.0",
        account: "123456789012",
        isolation: "none",
        functions: ["f"],
        planRunning: false,
      },
    });
  });

  it("runs one plan at a time and lists what was applied", async () => {
    const request = { plan: PLAN, functions: ["f"], startAt: START };
    expect(await call("POST", "plan", request)).to.deep.equal({ status: 202, body: {} });
    expect((await call("POST", "plan", request)).status).to.equal(409);
    expect(conducted.map(({ plan, functions, startAt }) => ({ plan, functions, startAt }))).to.deep.equal([
      { plan: PLAN, functions: ["f"], startAt: Date.parse(START) },
    ]);
    expect(await call("GET", "plan/applied?from=0")).to.deep.equal({
      status: 200,
      body: { entries: [APPLIED], next: 1, running: true },
    });
    expect(await call("GET", "plan/applied?from=1")).to.deep.equal({
      status: 200,
      body: { entries: [], next: 1, running: true },
    });
    expect((await call("DELETE", "plan")).status).to.equal(204);
    expect(await call("GET", "plan/applied")).to.deep.equal({
      status: 200,
      body: { entries: [APPLIED], next: 1, running: false },
    });
    expect((await call("DELETE", "plan")).status).to.equal(204);
    expect((await call("POST", "plan", request)).status).to.equal(202);
  });

  it("replaces a running plan of the same functions if the request says so", async () => {
    await activeFunction(on, "g", await handlerZip());
    const request = { plan: PLAN, functions: ["f"], startAt: START };
    expect((await call("POST", "plan", request)).status).to.equal(202);
    expect((await call("POST", "plan", { ...request, replaces: true })).status).to.equal(202);
    expect((await call("POST", "plan", { ...request, functions: ["g"], replaces: true })).status).to.equal(
      409,
    );
    expect(conducted.map(({ functions }) => functions)).to.deep.equal([["f"], ["f"]]);
  });

  it("lists the ended environments page by page", async () => {
    const ended = ["a", "b", "c"].map((environment): EndedEnvironment => ({
      result: "ended",
      functionName: "f",
      environment,
      time: START,
      ending: "fin",
    }));
    on.fleet.ends = (from) => ({ records: ended.slice(from), next: ended.length });
    expect([await call("GET", "ends"), await call("GET", "ends?from=2")]).to.deep.equal([
      { status: 200, body: { records: ended, next: 3 } },
      { status: 200, body: { records: ended.slice(2), next: 3 } },
    ]);
  });

  it("creates a new generation of the function when the conductor of a plan updates the function", async () => {
    await call("POST", "plan", { plan: PLAN, functions: ["f"], startAt: START });
    await conducted[0]?.update("f");
    expect(on.fleet.snapshots.map(({ generation }) => generation)).to.deep.equal([1, 2]);
  });

  it("refuses an unknown function with 404, and an invalid request with 400 and a message that names every wrong member", async () => {
    expect(
      (await call("POST", "plan", { plan: PLAN, functions: ["f", "g"], startAt: START })).status,
    ).to.equal(404);
    const { status, body } = await call("POST", "plan", {
      plan: { ...PLAN, seed: "1", placement: "best" },
      functions: [],
      startAt: "soon",
    });
    expect(status).to.equal(400);
    for (const part of ["plan.seed", "plan.placement", "functions", "startAt"])
      expect((body as { message: string }).message).to.contain(part);
    const unsorted = { ...PLAN, entries: PLAN.entries.toReversed() };
    expect(
      (await call("POST", "plan", { plan: unsorted, functions: ["f"], startAt: START })).status,
    ).to.equal(400);
    expect(conducted).to.deep.equal([]);
  });

  it("refuses to load a plan if the engine runs the plan of a platform profile", async () => {
    await on.close();
    on = await testEngine({ platform: () => PLAN }, startConductor);
    await activeFunction(on, "f", await handlerZip());
    expect(conducted.map(({ functions }) => functions)).to.deep.equal([["f"]]);
    expect((await call("POST", "plan", { plan: PLAN, functions: ["f"], startAt: START })).status).to.equal(
      409,
    );
  });

  const steps: readonly (readonly [step: unknown, done: unknown, environments: readonly string[]])[] = [
    [{ step: "initialise-ahead" }, ["initialise-ahead", "f"], ["ahead"]],
    [{ step: "place-next", placement: "new" }, ["place-next", "f", { placement: "new" }], []],
    [{ step: "place-next", environment: "e" }, ["place-next", "f", { environment: "e" }], []],
    [
      { step: "retire", selector: "all-idle", ending: "silence" },
      ["retire", "f", { selector: "all-idle" }, "silence"],
      ["retired"],
    ],
    [
      { step: "retire", environment: "e", ending: "rst" },
      ["retire", "f", { environment: "e" }, "rst"],
      ["retired"],
    ],
    [{ step: "crash", selector: "in-flight" }, ["crash", "f", { selector: "in-flight" }], []],
  ];
  for (const [step, done, environments] of steps) {
    it(`carries out the step ${JSON.stringify(step)}`, async () => {
      expect(await call("POST", "functions/f/steps", step)).to.deep.equal({
        status: 200,
        body: { environments },
      });
      expect(on.fleet.steps).to.deep.equal([done]);
    });
  }

  for (const step of [
    {},
    { step: "explode" },
    { step: "retire", ending: "fin" },
    { step: "retire", selector: "all-idle" },
    { step: "place-next" },
    { step: "place-next", placement: "new", environment: "e" },
    { step: "crash", selector: "everyone" },
  ]) {
    it(`refuses the step ${JSON.stringify(step)}`, async () => {
      expect((await call("POST", "functions/f/steps", step)).status).to.equal(400);
      expect(on.fleet.steps).to.deep.equal([]);
    });
  }

  it("lists links and environments, and answers any other path with 404", async () => {
    expect(await call("GET", "links?from=5")).to.deep.equal({ status: 200, body: { records: [], next: 5 } });
    expect(await call("GET", "functions/f/environments")).to.deep.equal({
      status: 200,
      body: { environments: [] },
    });
    expect((await call("GET", "functions/g/environments")).status).to.equal(404);
    expect((await call("GET", "links?from=-1")).status).to.equal(400);
    expect((await call("GET", "nothing")).status).to.equal(404);
    expect((await call("PUT", "plan")).status).to.equal(404);
  });
});
