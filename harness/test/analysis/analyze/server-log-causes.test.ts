/** Tests what the log of a real server alone shows about failed invocations: a limit, a lost FIN, an idle time-out. No story has a link log. */
import { expect } from "chai";
import type { JudgementSettings } from "../../../src/record/judgement-settings.ts";
import type { PeerLogRecord, ServerLimit } from "../../../src/record/peer-log.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import { connects, ready } from "./designs.ts";
import { causes, judge } from "./judge.ts";
import * as mutate from "./mutate.ts";
import { TestRun, type TestEnvironment } from "./story.ts";

/** Judges a story whose peer log is the log of a real server. Its refusals have no names, except if `named` is true. */
function judged(
  run: TestRun,
  {
    limits = [null],
    named = false,
    ...settings
  }: Partial<JudgementSettings> & {
    /** The limits that the refusals name, in order. The last one counts for all further refusals. */
    readonly limits?: readonly (ServerLimit | null)[];
    readonly named?: boolean;
  } = {},
): FunctionResult {
  const evidence = mutate.asServerLog(run.evidence());
  let refusals = 0;
  const refused = (line: PeerLogRecord): PeerLogRecord => {
    if (line.event !== "refused" || line.server === undefined) return line;
    const limit = limits[Math.min(refusals, limits.length - 1)] ?? null;
    refusals += 1;
    return { ...line, hello: named ? line.hello : null, server: { ...line.server, limit } };
  };
  const functions = evidence.functions.map((one) => ({
    ...one,
    peerLog: one.peerLog?.map((line) => refused(line)) ?? null,
  }));
  return judge({ ...evidence, functions }, { settleMs: 2_000, ...settings });
}

const logs = (lines: boolean): TestRun => new TestRun({ target: "logs", format: "text", lines });

function invokeAndFail(run: TestRun, environment: TestEnvironment, tries = 1): void {
  run.foreign(environment, (call) => {
    for (let attempt = 0; attempt < tries; attempt += 1) environment.connect();
    call.throws("Error");
  });
}

const unclear = (result: FunctionResult): readonly unknown[] =>
  result.findings.flatMap((one) =>
    one.code === "harm-unknown" && one.parameters.why !== undefined ? [one.parameters.why.code] : [],
  );

describe("the log of a server shows that", () => {
  describe("its limit, with an unknown number of places, turned an invocation away, and", () => {
    for (const [title, { busyMs, settleMs, expected }] of [
      ["the holder was idle: this is harm", { busyMs: null, settleMs: 2_000, expected: ["harm"] }],
      [
        "the log ends too soon afterwards: whether there was harm is unknown",
        { busyMs: null, settleMs: 600_000, expected: ["log-ends-soon"] },
      ],
      [
        "the holder may have been at work: whether there was harm is unknown",
        { busyMs: 1_500, settleMs: 600_000, expected: ["counted-work-unknown"] },
      ],
    ] as const)
      it(title, () => {
        const run = logs(false);
        const holder = ready(run, connects);
        run.wait(20_000);
        if (busyMs !== null) run.foreign(holder, () => run.wait(busyMs));
        const environment = ready(run);
        run.wait(busyMs === null ? 20_000 : 0);
        invokeAndFail(run, environment);
        run.wait(20_000);
        run.foreign(holder, () => {});
        run.wait(20_000);
        run.leave(holder.connection ?? expect.fail());
        const result = judged(run, {
          limits: ["server"],
          named: true,
          capacity: { places: null, given: true },
          settleMs,
        });
        expect([...causes(result).filter((one) => one !== null), ...unclear(result)]).to.deep.equal(expected);
      });
  });

  for (const [limits, cause] of [
    [["none"], "peer-error"],
    [["none", "server"], null],
  ] as const)
    it(`an invocation ${cause === null ? "may have been" : "was"} turned away for a reason that counts no places, if the refusals in the log have no client's name, and their limit${limits.length === 1 ? " is" : "s are"} "${limits.join('" and "')}"`, () => {
      const run = logs(true);
      const holder = ready(run, connects);
      run.wait(20_000);
      invokeAndFail(run, ready(run), limits.length);
      run.wait(20_000);
      run.leave(holder.connection ?? expect.fail());
      expect(causes(judged(run, { limits }))).to.deep.equal([cause]);
    });

  for (const [endsAfterMs, cause] of [
    [60_000, "own-connections"],
    [500, null],
  ] as const)
    it(`a connection that the function had ended ${cause === null ? "perhaps no longer held" : "still held"} its place, if its end was logged ${endsAfterMs} ms after the refusal`, () => {
      const run = logs(true);
      const environment = ready(run);
      run.foreign(environment, () => {
        environment.connect();
        run.wait(500);
      });
      run.wait(20_000);
      const { connection } = environment;
      run.foreign(environment, () => {
        environment.line("disconnect", { outcome: null, connection: 1 });
        environment.connection = null;
      });
      run.wait(20_000);
      invokeAndFail(run, environment);
      run.wait(endsAfterMs);
      run.leave(connection ?? expect.fail());
      run.wait(20_000);
      const result = judged(run, { limits: ["server"], named: true });
      expect([causes(result), result.harm.total]).to.deep.equal([[cause], 0]);
    });

  for (const [title, { idle, refused, expected }] of [
    ["that was idle", { idle: true, refused: false, expected: ["peer-closed", null] }],
    ["at the client's FIN", { idle: false, refused: false, expected: [null, null] }],
    [
      "that was idle, and refused a client without a name",
      { idle: true, refused: true, expected: [null, null] },
    ],
  ] as const)
    it(`the server ended a connection ${title}: the next two failures have the causes ${JSON.stringify(expected)}`, () => {
      const run = logs(false);
      const environment = ready(run);
      run.foreign(environment, () => void environment.connect());
      run.wait(20_000);
      const endedAt = run.now;
      run.leave(environment.connection ?? expect.fail(), idle ? "idle-timeout" : "closed");
      run.wait(20_000);
      invokeAndFail(run, environment, 0);
      if (refused) {
        const taken = run.arrive(null, null);
        run.arrive(null, null);
        run.leave(taken);
      }
      run.wait(20_000);
      invokeAndFail(run, environment, 0);
      run.wait(20_000);
      const result = judged(run, { limits: ["server"] });
      expect(causes(result)).to.deep.equal(expected);
      const at = [...result.invocationList].flatMap(({ peerClosedAt }) => peerClosedAt ?? []);
      expect(at).to.deep.equal(expected[0] === null ? [] : [new Date(endedAt).toISOString()]);
    });
});
