/** A connection that was opened in Init and that the peer accepted only when the first invocation already ran. */
import { expect } from "chai";
import type { Evidence } from "../../../src/domain/evidence.ts";
import { connects, ready } from "../analyze/designs.ts";
import { judge, said } from "../analyze/judge.ts";
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
