/** Tests peer logs with a wrong clock. A connection that only such a log shows is assigned to an invocation only if the assignment is certain. */
import { expect } from "chai";
import fc from "fast-check";
import { boundShifts } from "../../../src/analysis/timeline/clock-shifts.ts";
import type { Evidence } from "../../../src/record/evidence.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import { ready } from "./designs.ts";
import { readLines } from "../../logs/servers/read-lines.ts";
import { renderServerLog } from "../../logs/servers/render/render-server-log.ts";
import { judge } from "./judge.ts";
import { TestRun, type TestEnvironment } from "./story.ts";
import { propertyCases } from "../../support/test-all.ts";

interface Step {
  readonly environment: 0 | 1;
  /** Whether an environment that was refused tries once more after the other connection has ended, or gives up without an error. */
  readonly refused: "retries" | "swallows";
  /** Whether the handler leaves its connection open when it returns. */
  readonly leavesOpen: boolean;
  readonly gapMs: number;
}

interface PlayedStory {
  readonly evidence: Evidence;
  /** The request IDs of the harmed invocations. */
  readonly harmed: readonly string[];
}

function play(steps: readonly Step[], options: { peerClockMs: number; lines: boolean }): PlayedStory {
  const run = new TestRun({ target: "logs", ...options });
  const environments = [ready(run), ready(run)] as const;
  const harmed: string[] = [];
  run.wait(500);
  for (const step of steps) {
    const environment = environments[step.environment];
    const other = environments[step.environment === 0 ? 1 : 0];
    run.invoke(environment, (call) => {
      peerEnds(run, environment);
      let outcome = environment.connect();
      run.wait(30);
      if (outcome === "refused" && step.refused === "retries") {
        peerEnds(run, other);
        run.wait(10);
        outcome = environment.connect();
      }
      if (outcome !== "accepted") return void harmed.push(call.requestId);
      call.exchange();
      if (!step.leavesOpen) environment.disconnect();
    });
    run.wait(step.gapMs);
  }
  for (const environment of environments) peerEnds(run, environment);
  run.wait(5_000);
  return { evidence: run.end(), harmed };
}

function peerEnds(run: TestRun, environment: TestEnvironment): void {
  if (environment.connection !== null) run.leave(environment.connection, "idle-timeout");
  environment.connection = null;
}

/** Replaces the peer's log by Mosquitto's log of the same connections, whose times are whole seconds. */
function inWholeSeconds(evidence: Evidence): Evidence {
  const functions = evidence.functions.map((one) => {
    const text = renderServerLog(one.peerLog ?? [], {
      form: "mosquitto",
      zone: 0,
      others: false,
      refusedNamed: false,
      nameLength: 63,
    });
    return { ...one, peerLog: readLines(text).records };
  });
  return { ...evidence, functions };
}

const named = (result: FunctionResult): (string | null)[] =>
  result.invocationList.filter((one) => one.harmed).map((one) => one.requestId);

const served: Step = { environment: 0, refused: "swallows", leavesOpen: false, gapMs: 1_000 };
const leavesOpen: Step = { ...served, leavesOpen: true };
const retries: Step = { ...served, environment: 1, refused: "retries" };
const swallows: Step = { ...served, environment: 1 };
const times = (count: number, step: Step): Step[] => Array.from({ length: count }, () => step);
/** CI always uses the same stories. With LONGRUN_PROPERTY_RUNS there are more of them, and a failure prints its seed. */
const more = process.env["LONGRUN_PROPERTY_RUNS"];
const runs = more === undefined ? { ...propertyCases(400), seed: 20261125 } : { numRuns: Number(more) };
const other: Step = { ...served, environment: 1 };

describe("a peer's clock that is wrong", () => {
  for (const peerClockMs of [0, 450, 520, -480, 900, -900]) {
    const steps = (step: Step): Step[] => [leavesOpen, step, ...times(60, other)];
    it(`by ${peerClockMs} ms does not show harm for an attempt that was served immediately after a refusal`, () => {
      const { evidence } = play(steps(retries), { peerClockMs, lines: false });
      expect(judge(evidence).harm.total).to.equal(0);
    });

    it(`by ${peerClockMs} ms does not hide a refusal that the handler ignored`, () => {
      const played = play([leavesOpen, swallows, { ...served, refused: "retries" }, ...times(60, other)], {
        peerClockMs,
        lines: false,
      });
      const result = judge(played.evidence);
      expect(result.verdict).to.not.equal("pass");
      expect(played.harmed).to.include.members(named(result));
    });
  }

  describe("in a log of whole seconds", () => {
    const judged = (steps: Step[], peerClockMs: number): FunctionResult =>
      judge(inWholeSeconds(play(steps, { peerClockMs, lines: false }).evidence));
    const codes = ({ findings }: FunctionResult): (string | undefined)[] => findings.map(({ code }) => code);

    for (const peerClockMs of [0, 700, -700]) {
      it(`by ${peerClockMs} ms does not hide which invocation opened a connection if invocations are seconds apart`, () => {
        const result = judged(times(20, { ...served, gapMs: 4_130 }), peerClockMs);
        expect(codes(result)).to.not.include.oneOf(["peer-clock-fits-nowhere", "harm-unknown"]);
      });

      it(`by ${peerClockMs} ms leaves unknown which of several invocations within a second opened a connection`, () => {
        const result = judged(times(40, { ...served, gapMs: 330 }), peerClockMs);
        expect(codes(result)).to.include("harm-unknown").and.to.not.include("peer-clock-fits-nowhere");
        expect([result.verdict, named(result)]).to.deep.equal(["inconclusive", []]);
      });
    }

    it("is a finding if the error of the clock is larger than the tolerance plus one second", () => {
      const gaps = times(20, served).map((step, index) => ({
        ...step,
        gapMs: 4_000 + ((index * 370) % 3_000),
      }));
      expect(codes(judged(gaps, 30_000))).to.include("peer-clock-fits-nowhere");
    });
  });

  it("by 480 ms, which is within the tolerance, does not hide the harmed invocation", () => {
    const gaps = times(40, other).map((step, index) => ({ ...step, gapMs: 700 + ((index * 37) % 300) }));
    const played = play([leavesOpen, swallows, ...gaps], { peerClockMs: 480, lines: false });
    expect(named(judge(played.evidence))).to.deep.equal(played.harmed);
  });

  for (const peerClockMs of [1_500, 3_000, 30_000, -10_000]) {
    it(`by ${peerClockMs} ms, which is more than the tolerance, is a finding, and the peer's log is not used`, () => {
      const played = play(
        [leavesOpen, retries, ...times(60, other), leavesOpen, swallows, ...times(5, other)],
        {
          peerClockMs,
          lines: false,
        },
      );
      const result = judge(played.evidence);
      expect(result.verdict).to.equal("inconclusive");
      expect(named(result)).to.deep.equal([]);
      const clocks = result.findings.find((finding) => finding.check === "clocks-agree");
      expect(clocks?.status).to.equal("found");
      expect([clocks?.code, clocks?.parameters]).to.deep.equal([
        "peer-clock-fits-nowhere",
        { toleranceMs: 1_000 },
      ]);
    });
  }

  describe("by whole quarters of an hour, as in another time zone", () => {
    const HOUR_MS = 3_600_000;
    const clocks = (steps: readonly Step[], peerClockMs: number, lines: boolean): unknown => {
      const { findings } = judge(play(steps, { peerClockMs, lines }).evidence);
      const found = findings.filter(({ check, status }) => check === "clocks-agree" && status === "found");
      return found.map(({ code, parameters }) => [code, parameters]);
    };
    const steps = [leavesOpen, swallows, ...times(5, { ...other, gapMs: 3_700 })];

    for (const hours of [1, -1, 5.75, -11])
      it(`(${hours} h) is a finding that says by how much the log's times are wrong`, () => {
        expect(clocks(steps, hours * HOUR_MS, false)).to.deep.equal([
          ["peer-clock-fits-nowhere", { toleranceMs: 1_000, fitsAtMs: -hours * HOUR_MS }],
        ]);
      });

    it("is no finding if the invocations are a quarter of an hour apart, so that the wrong times fit too; a clock that is wrong by 400 s is a finding that does not say by how much", () => {
      const regular = times(20, { ...served, gapMs: 900_000 - 36 });
      expect(clocks(regular, HOUR_MS, false)).to.deep.equal([]);
      expect(clocks(steps, 400_000, false)).to.deep.equal([
        ["peer-clock-fits-nowhere", { toleranceMs: 1_000 }],
      ]);
    });

    for (const peerClockMs of [HOUR_MS, -HOUR_MS])
      it(`(${peerClockMs} ms) is a finding that says by how much, and does not move the times that the function's own lines show`, () => {
        const { evidence } = play([leavesOpen, swallows, swallows], { peerClockMs, lines: true });
        const result = judge(evidence);
        const [window] = result.harm.windows;
        const [apart] = result.findings.filter(({ code }) => code === "clocks-apart");
        expect(apart?.parameters).to.have.property("fitsAtMs", -peerClockMs);
        const [connection] = result.environments.at(0)?.connections ?? [];
        expect(connection?.from?.slice(0, 18)).to.equal("2026-11-25T10:00:0");
        expect(window?.code === "peer-held" ? window.parameters.since : null).to.equal(connection?.from);
        expect(window?.durationMs).to.be.lessThan(60_000);
      });
  });

  for (const peerClockMs of [0, 500, -500, 1_500, -1_500, 30_000]) {
    it(`by ${peerClockMs} ms shows no harm if the function's line about an accepted connection is lost`, () => {
      const { evidence } = play([served, leavesOpen, retries, ...times(200, other)], {
        peerClockMs,
        lines: true,
      });
      const lost = evidence.functions.map((one) => ({
        ...one,
        records: one.records.map(withoutSequence).filter(isNotTheRetry()),
      }));
      expect(judge({ ...evidence, functions: lost }).harm.total).to.equal(0);
    });
  }

  it("never turns a verdict into its opposite, and never reports an unharmed invocation as harmed", () => {
    const step = fc.record({
      environment: fc.constantFrom(0 as const, 1 as const),
      refused: fc.constantFrom("retries" as const, "swallows" as const),
      leavesOpen: fc.boolean(),
      gapMs: fc.oneof(fc.constantFrom(200, 500, 1_000), fc.integer({ min: 60, max: 3_000 })),
    });
    const clock = fc.oneof(
      fc.integer({ min: -990, max: 990 }),
      fc.constantFrom(0, 500, 1_000, -1_000, 2_000, 10_000),
      fc.integer({ min: -60_000, max: 60_000 }),
    );
    const verdicts = new Set<string>();
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 25 }),
        clock,
        fc.boolean(),
        (steps, peerClockMs, lines) => {
          const played = play([...steps, ...times(5, served)], { peerClockMs, lines });
          const result = judge(played.evidence);
          verdicts.add(result.verdict);
          if (played.harmed.length > 0) expect(result.verdict).to.not.equal("pass");
          expect(played.harmed).to.include.members(named(result));
        },
      ),
      runs,
    );
    expect([...verdicts]).to.include.members(["pass", "fail", "inconclusive"]);
  });
});

function withoutSequence<T extends { readonly message: string }>(record: T): T {
  if (!record.message.startsWith('{"longrun"')) return record;
  const line = JSON.parse(record.message) as Record<string, unknown>;
  return { ...record, message: JSON.stringify({ ...line, sequence: undefined }) };
}

/** Returns a filter that removes the first `accepted` line after a `refused` line. */
function isNotTheRetry(): (record: { readonly message: string }) => boolean {
  let refused = false;
  let lost = false;
  return ({ message }) => {
    if (lost || !message.includes('"event":"connect"')) return true;
    if (message.includes('"outcome":"refused"')) refused = true;
    lost = refused && message.includes('"outcome":"accepted"');
    return !lost;
  };
}

describe("boundShifts (a shift is how far one clock can be ahead of another)", () => {
  const within = { from: -1_000, to: 1_000 };

  it("returns the complete range if nothing limits it", () => {
    expect(boundShifts([], within)).to.deep.equal([within]);
  });

  it("returns a range that contains the true shift if all events are possible at this shift, and no range if at every shift only a few events are possible", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000, max: 1_000 }),
        fc.array(
          fc.record({
            before: fc.integer({ min: 0, max: 400 }),
            after: fc.integer({ min: 0, max: 400 }),
            elsewhere: fc.array(fc.integer({ min: -3_000, max: 3_000 }), { maxLength: 3 }),
          }),
          { minLength: 1, maxLength: 40 },
        ),
        (shift, things) => {
          const constraints = things.map(({ before, after, elsewhere }) => [
            { from: shift - before, to: shift + after },
            ...elsewhere.map((at) => ({ from: at, to: at + 50 })),
          ]);
          const shifts = boundShifts(constraints, within);
          expect(shifts.some(({ from, to }) => from <= shift && shift <= to)).to.equal(true);
          expect(shifts).to.deep.equal([...shifts].sort((a, b) => a.from - b.from));
        },
      ),
    );
    expect(boundShifts([[], [], [{ from: 0, to: 5 }]], within)).to.deep.equal([]);
  });

  it("returns a correct range even if a few events were lost", () => {
    const good = Array.from({ length: 95 }, () => [{ from: 10, to: 20 }]);
    const lost = Array.from({ length: 5 }, () => []);
    expect(boundShifts([...good, ...lost], within)).to.deep.equal([{ from: 10, to: 20 }]);
  });
});
