/**
 * Tests two kinds of connections: one that was opened in Init but that the peer may accept only after START, and one whose end the function
 * finds only in a later invocation.
 */
import { expect } from "chai";
import type { Evidence } from "../../../src/record/evidence.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import { connects, ready } from "../analyze/designs.ts";
import { judge, said } from "../analyze/judge.ts";
import { logsOf, own, type Line } from "../analyze/process-lines.ts";
import { iso } from "../analyze/story-options.ts";
import { TestRun } from "../analyze/story.ts";

function story(acceptedLaterMs: number): Evidence {
  const run = new TestRun({ lines: false, hello: false });
  const invoked = ready(run, connects);
  run.invoke(invoked, () => run.wait(20));
  run.wait(1_000);
  const evidence = run.end();
  return {
    ...evidence,
    functions: evidence.functions.map((one) => ({
      ...one,
      peerLog:
        one.peerLog?.map((line) =>
          line.event === "accepted" ? { ...line, time: iso(Date.parse(line.time) + acceptedLaterMs) } : line,
        ) ?? null,
    })),
  };
}

describe("a connection that the link opened before START", () => {
  // The Init lasts 120 ms, and the connection is opened at its beginning.
  for (const [when, laterMs] of [
    ["in Init", 0],
    ["a moment after START", 125],
  ] as const)
    it(`serves the first invocation if the peer accepted the connection ${when}`, () => {
      const result = judge(story(laterMs));
      expect(said(result, "peer-reachable")).to.deep.equal([
        { status: "clear", code: "peer-reached", parameters: {} },
      ]);
    });

  it("serves no invocation that ended before the peer accepted the connection", () => {
    expect(said(judge(story(600)), "peer-reachable")[0]?.status).to.equal("unknown");
  });
});

const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

const ERROR =
  '[ERROR] ValueError: no answer\nTraceback (most recent call last):\n\u00a0\u00a0File "app.py", line 1, in handler\n';

const unsure = ({ findings }: FunctionResult): readonly string[] =>
  findings
    .filter(({ check, status }) => check === "peer-reachable" && status === "unknown")
    .flatMap((one) => [...one.requestIds]);

const init = (ms: number, of: number): Line => [
  ms,
  of,
  "INIT_START Runtime Version: python:3.12.v105\tRuntime Version ARN: arn:aws:lambda:x::runtime:0f\n",
];

function invocation(ms: number, of: number, inside: readonly Line[] = []): readonly Line[] {
  const requestId = id(ms);
  return [
    [ms, of, `START RequestId: ${requestId} Version: $LATEST\n`],
    ...inside,
    [ms + 100, of, `END RequestId: ${requestId}\n`],
    [
      ms + 100,
      of,
      `REPORT RequestId: ${requestId}\tDuration: 100.00 ms\tBilled Duration: 100 ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB\t\n`,
    ],
  ];
}

const within = (ms: number, event: string, outcome?: string): Line =>
  own(ms, 2, "second", event, {
    requestId: id(Math.floor(ms / 1_000) * 1_000),
    ...(outcome === undefined ? {} : { outcome }),
  });

/** The first environment holds the peer only until 7 s. The second one was turned away in its Init, but it was served from 20 s on. */
function judged(outcome: string, { fails = false } = {}): FunctionResult {
  return judge(
    logsOf([
      init(0, 1),
      own(50, 1, "first", "boot", {}),
      own(100, 1, "first", "connect", { outcome: "accepted" }),
      ...invocation(1_000, 1),
      ...invocation(7_000, 1, [own(7_050, 1, "first", "disconnect", { requestId: id(7_000) })]),
      init(5_000, 2),
      own(5_050, 2, "second", "boot", {}),
      own(5_100, 2, "second", "connect", { outcome: "refused" }),
      ...invocation(20_000, 2, [within(20_020, "connect", "accepted")]),
      ...invocation(25_000, 2),
      ...invocation(30_000, 2, fails ? [[30_050, 2, ERROR]] : []),
      ...invocation(400_000, 2, [
        within(400_010, "disconnect", outcome),
        within(400_030, "connect", "accepted"),
      ]),
      ...invocation(900_000, 2),
    ]),
  );
}

describe("a connection whose end the function finds only in a later invocation", () => {
  it("served all earlier invocations if the peer ended the connection", () => {
    const result = judged("reset");
    expect([result.harm.total, unsure(result)]).to.deep.equal([0, []]);
  });

  it("served all earlier invocations, except perhaps the last of them, if the peer ended the connection for another client", () => {
    const result = judged("evicted");
    expect([result.harm.total, unsure(result)]).to.deep.equal([0, [id(30_000)]]);
  });

  it("served an invocation that failed, so the earlier refusal in the Init is not the reason of the failure", () => {
    const failed = judged("reset", { fails: true });
    expect([failed.invocations.functionErrors, failed.harm.total]).to.deep.equal([1, 0]);
  });
});
