/** A quiet invocation is one that every source confirms. Here the peer's log has another time for one of 40 connections. */
import { expect } from "chai";
import { drive, handlerConnect, ready } from "../analysis/analyze/designs.ts";
import { iso } from "../analysis/analyze/story-options.ts";
import { TestRun } from "../analysis/analyze/story.ts";
import { same } from "./judged-twice.ts";

describe("an invocation whose connection is in the peer's log", () => {
  const run = new TestRun({ target: "logs" });
  const environment = ready(run);
  for (let n = 0; n < 40; n += 1) {
    drive(run, environment, handlerConnect, 1);
    run.wait(9_000);
  }
  const [evidence] = run.end().functions;

  /** Returns how many invocations need not be kept if these lines about one connection come `ms` later. */
  function countedIf(ms: number, events: readonly string[]): Promise<number> {
    const peerLog = (evidence?.peerLog ?? []).map((line) =>
      line.connection === 20 && events.includes(line.event)
        ? { ...line, time: iso(Date.parse(line.time) + ms) }
        : line,
    );
    return same(evidence?.records ?? [], peerLog);
  }

  for (const [title, ms, events] of [
    ["ended after it", 900, ["closed"]],
    ["began and ended before it", -900, ["accepted", "request", "closed"]],
  ] as const)
    it(`is quiet if the connection ${title} within the tolerance of the clocks, and kept with its neighbours if later`, async () => {
      const all = await countedIf(0, []);
      const beyond = ms + Math.sign(ms) * 300;
      expect(await countedIf(ms, events)).to.equal(all);
      expect(all - (await countedIf(beyond, events))).to.be.within(1, 10);
    });
});
