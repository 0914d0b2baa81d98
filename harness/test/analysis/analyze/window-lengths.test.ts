/** Tests how long a harm window lasts, if the holder's connection ended before the next served invocation. */
import { expect } from "chai";
import { connects, drive, initConnect, lazyConnect, ready } from "./designs.ts";
import { judge } from "./judge.ts";
import { iso } from "./story-options.ts";
import { TestRun } from "./story.ts";

describe("a harm window", () => {
  it("ends with the holder's connection, even if the next invocation comes much later", () => {
    const run = new TestRun({ target: "local" });
    const holder = ready(run, connects);
    const other = ready(run);
    drive(run, other, lazyConnect, 2);
    holder.retire("fin");
    const ended = iso(run.now);
    run.wait(600_000);
    drive(run, other, lazyConnect, 1);
    const [window] = judge(run.end()).harm.windows;
    expect(window?.to).to.equal(ended);
    expect(window?.parameters).to.deep.include({ invocations: 2, untilRunEnd: false });
  });

  it("does not last to the end of the run if nothing was invoked after the holder's connection had ended", () => {
    const run = new TestRun({ target: "local" });
    const holder = ready(run, connects);
    drive(run, ready(run), lazyConnect, 2);
    holder.retire("fin");
    const ended = iso(run.now);
    run.wait(600_000);
    const [window] = judge(run.end()).harm.windows;
    expect(window?.to).to.equal(ended);
    expect(window?.parameters).to.deep.include({ untilRunEnd: false });
  });

  it("lasts until the next served invocation or the end of the run while the connection is open", () => {
    const run = new TestRun({ target: "local" });
    ready(run, connects);
    drive(run, ready(run), lazyConnect, 2);
    run.wait(600_000);
    const [window] = judge(run.end()).harm.windows;
    expect(window?.parameters).to.deep.include({ untilRunEnd: true });
    expect(window?.durationMs).to.be.above(600_000);
  });

  it("lasts until its last failure if the holder's connection had ended before", () => {
    const run = new TestRun({ target: "local" });
    const holder = ready(run, connects);
    const other = ready(run, connects);
    holder.retire("fin");
    run.wait(5_000);
    const failed = run.invoke(other, (call) => call.throws("PeerBusyError"));
    const ended = iso(run.now);
    run.wait(60_000);
    drive(run, other, initConnect, 1);
    const [window] = judge(run.end()).harm.windows;
    expect(failed.outcome.outcome).to.equal("function-error");
    expect(window?.durationMs).to.be.below(10);
    expect(Date.parse(window?.to ?? "")).to.be.at.most(Date.parse(ended));
  });
});
