/** Tests peer logs whose connection numbers are unique but not consecutive, in runs without lifecycle lines. */
import { expect } from "chai";
import type { Evidence } from "../../../src/record/evidence.ts";
import { connects, drive, handlerConnect, ready } from "./designs.ts";
import { judge, said } from "./judge.ts";
import * as mutate from "./mutate.ts";
import { TestRun } from "./story.ts";

/** Replaces the connection numbers by the numbers of a peer that shares its session counter with other listeners. */
const shared = (evidence: Evidence): Evidence => ({
  ...evidence,
  functions: evidence.functions.map((one) => ({
    ...one,
    peerLog:
      one.peerLog?.map((line) => ({
        ...line,
        connection: line.connection === null ? null : 1_000 + line.connection * 3 + (line.connection % 2),
      })) ?? null,
  })),
});

function heldUntil(leaves: boolean): TestRun {
  const run = new TestRun({ target: "logs", lines: false });
  const silent = ready(run, connects);
  const invoked = ready(run);
  drive(run, invoked, handlerConnect, 3);
  run.wait(5_000);
  if (leaves) silent.retire();
  run.wait(5_000);
  if (leaves) drive(run, invoked, handlerConnect, 2);
  return run;
}

describe("connection numbers that are not consecutive", () => {
  it("show harm if a later line of the holder proves that it was served all the time", () => {
    const result = judge(shared(heldUntil(true).end()));
    expect([result.verdict, result.reasons, result.harm.total]).to.deep.equal(["fail", ["harm"], 3]);
  });

  it("show no harm without a later line of the holder", () => {
    const result = judge(shared(heldUntil(false).end()));
    expect([result.verdict, result.harm.total]).to.deep.equal(["inconclusive", 0]);
    const [finding] = said(result, "peer-reachable");
    expect(finding?.parameters).to.deep.include({
      why: { code: "later-connection-possible", parameters: {} },
    });
  });

  it("do not hide harm that a later line of the holder shows, if the numbers have a gap because the lines of one connection are lost", () => {
    const lost = mutate.peerLogWithout(({ connection }) => connection === 2);
    expect(judge(lost(heldUntil(true).end())).verdict).to.equal("fail");
  });

  it("mean that missing lines about an environment prove nothing, and the finding says why", () => {
    const run = new TestRun({ target: "logs", lines: false });
    ready(run);
    drive(run, ready(run), handlerConnect, 5);
    const result = judge(shared(run.end()));
    expect(result.verdict).to.equal("inconclusive");
    const finding = said(result, "connection-held-across-freeze").find(({ status }) => status === "unknown");
    expect(finding?.parameters).to.deep.include({
      why: { code: "connections-not-counted", parameters: {} },
    });
  });
});
