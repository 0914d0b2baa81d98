/** Tests what is said about an environment whose Init is older than the evidence: its earlier invocations may be missing too. */
import { expect } from "chai";
import type { Evidence } from "../../../src/domain/evidence.ts";
import { connects, drive, initConnect, lazyConnect, ready } from "./designs.ts";
import { judge, said } from "./judge.ts";
import { TestRun, type TestEnvironment } from "./story.ts";

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
