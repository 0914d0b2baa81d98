/** Tests how a harm window describes its holders. */
import { expect } from "chai";
import { connects, ready, waitOneSecond } from "../analyze/designs.ts";
import { judge } from "../analyze/judge.ts";
import { TestRun } from "../analyze/story.ts";

describe("a window of harm at a peer with several places", () => {
  it("names no earlier process as a holder if the holder's environment had only one process, even if an invocation in this environment failed too", () => {
    const run = new TestRun({ capacity: 2 });
    const silent = ready(run, connects);
    const both = ready(run, connects);
    // The environment `both` keeps the connection of its Init and needs a second one.
    for (const invoked of [both, ready(run)]) {
      const kept = invoked.connection;
      run.invoke(invoked, (call) => {
        if (invoked.connect() !== "accepted") call.throws("PeerBusyError");
      });
      invoked.connection = kept;
      waitOneSecond(run);
    }
    const held = judge(run.end(), {
      capacity: { places: 2, given: true },
      settleMs: 2_000,
    }).harm.windows.flatMap(({ parameters }) =>
      parameters !== undefined && "holders" in parameters ? parameters.holders : [],
    );
    expect(held.map(({ environment, earlierProcess }) => [environment, earlierProcess])).to.deep.equal([
      [silent.id, false],
      [both.id, false],
    ]);
  });
});
