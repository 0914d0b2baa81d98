/**
 * Tests what is said about an environment whose Init is older than the evidence (its earlier invocations may be missing too), and about
 * connections in the peer's log that are older than the run.
 */
import { expect } from "chai";
import type { Evidence } from "../../../src/record/evidence.ts";
import type { PeerLogRecord } from "../../../src/record/peer-log.ts";
import { connects, drive, handlerConnect, initConnect, lazyConnect, ready } from "./designs.ts";
import { judge, said, verdictOf } from "./judge.ts";
import { TestRun, type TestEnvironment } from "./story.ts";
import { iso, START_MS } from "./story-options.ts";

/** The holder handles two invocations, keeps another environment from the peer and closes its connection in its Shutdown phase. */
function heldUntilShutdown(): {
  readonly run: TestRun;
  readonly holder: TestEnvironment;
  readonly cut: number;
} {
  const run = new TestRun({ target: "logs" });
  const holder = ready(run, connects);
  drive(run, holder, initConnect, 2);
  run.wait(60_000);
  const cut = run.now;
  drive(run, ready(run), lazyConnect, 2);
  holder.shutdown();
  return { run, holder, cut };
}

const since = (evidence: Evidence, from: number): Evidence => ({
  ...evidence,
  functions: evidence.functions.map((one) => ({
    ...one,
    records: [...one.records].filter(({ timestamp }) => timestamp >= from),
  })),
});

describe("a holder whose Init is older than the evidence", () => {
  it("is not called an INIT without INVOKE", () => {
    const { run, holder, cut } = heldUntilShutdown();
    const whole = run.end();
    const [window] = judge(since(whole, cut)).harm.windows;
    expect(window?.parameters).to.deep.include({
      holder: holder.id,
      holderInvocations: 0,
      holderInitMissing: true,
    });
    expect(window?.text).to.contain(" The evidence shows neither its Init nor an invocation of it. ");
    expect(judge(whole).harm.windows[0]?.text).to.contain(" It handled 2 invocations in its life. ");
  });

  it("is not known to have kept its connection if the peer saw the connection end in the Shutdown phase", () => {
    const { run, cut } = heldUntilShutdown();
    const left = said(judge(since(run.end(), cut)), "connection-open-at-shutdown");
    expect(left.map(({ status, code }) => [status, code])).to.deep.equal([
      ["unknown", "open-at-shutdown-unknown"],
    ]);
  });
});

describe("the log of a peer that served another run of the function before this run", () => {
  const HOUR_MS = 3_600_000;

  function runAfter(earlier: Partial<Record<"openedMs" | "closedMs", number>>): Evidence {
    const run = new TestRun();
    drive(run, ready(run), handlerConnect, 2);
    const evidence = run.end();
    const { openedMs = -HOUR_MS, closedMs = -HOUR_MS + 10 } = earlier;
    const client = {
      connection: 1,
      remote: "127.0.0.1:39999",
      hello: {
        bootId: "5f0e",
        phase: "invoke",
        logStream: "2026/11/25/[$LATEST]cccccccccccccccccccccccccccccccc",
      },
    };
    const nobody = { connection: null, remote: null, hello: null };
    const lines: PeerLogRecord[] = [
      { ...nobody, time: iso(START_MS - 2 * HOUR_MS), event: "ready" },
      { ...client, time: iso(START_MS + openedMs), event: "accepted" },
      { ...client, time: iso(START_MS + closedMs), event: "closed" },
    ];
    const functions = evidence.functions.map((one) => ({
      ...one,
      peerLog: [...lines, ...(one.peerLog ?? [])],
    }));
    return { ...evidence, functions };
  }

  it("does not make the evidence incomplete", () => {
    expect(verdictOf(runAfter({}))).to.equal("inconclusive no-exposure");
    expect(said(judge(runAfter({})), "streams-complete").map(({ code }) => code)).to.deep.equal([
      "streams-complete",
    ]);
  });

  it("makes the evidence incomplete if a connection of the other run may have been open when this run began", () => {
    const late = judge(runAfter({ closedMs: -100 }));
    expect(said(late, "streams-complete").map(({ code }) => code)).to.deep.equal(["stream-missing"]);
    expect(late.verdict).to.equal("inconclusive");
  });
});
