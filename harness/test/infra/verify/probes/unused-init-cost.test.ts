import { expect } from "chai";
import { unusedInitCost } from "../../../../../scripts/infra/verify/probes/unused-init-cost.ts";
import { probeContext } from "../probe-context.ts";

const UNUSED = "2026/11/26/[1]a";
const LATEST = "2026/11/26/[$LATEST]b";

const line = (logStreamName: string, type: string, record: object) => ({
  logStreamName,
  message: JSON.stringify({ type: `platform.${type}`, record }),
});
const seen = async (metrics: object, more: readonly object[] = []) =>
  unusedInitCost(
    probeContext({
      answers: {
        FilterLogEvents: () => ({
          events: [
            line(LATEST, "initReport", { metrics: { durationMs: 99 } }),
            line(LATEST, "start", { requestId: "r" }),
            line(UNUSED, "initReport", { metrics }),
            ...more,
          ],
        }),
      },
    }),
  );

describe("infrastructure: the probe unused-init-cost", () => {
  it("has the result 'confirmed' if the report of the Init without an invocation has no billed duration", async () => {
    expect(await seen({ durationMs: 41.2 })).to.deep.equal({
      outcome: "confirmed",
      text: "The report of the unused Init has durationMs 41.2. It says nothing about the bill, which AWS shows a day later.",
    });
  });

  it("has the result 'differs' if this report has a billed duration", async () => {
    expect(await seen({ durationMs: 41.2, billedDurationMs: 42 })).to.deep.equal({
      outcome: "differs",
      text: "The report of the unused Init has durationMs 41.2, billedDurationMs 42.",
    });
  });

  it("has the result 'not reached' if every Init was used, or if it runs on the engine", async () => {
    const started = await seen({ durationMs: 41.2 }, [line(UNUSED, "start", { requestId: "q" })]);
    expect(started.outcome).to.equal("not reached");
    const running = { engine: "http://127.0.0.1:1", services: "http://127.0.0.1:2", peer: null };
    expect(await unusedInitCost(probeContext({ running }))).to.deep.equal({
      outcome: "not reached",
      text: "Only AWS bills.",
    });
  });
});
