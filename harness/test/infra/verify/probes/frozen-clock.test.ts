import { expect } from "chai";
import { frozenClockAfter } from "../../../../../scripts/infra/verify/probes/frozen-clock.ts";
import { probeContext } from "../probe-context.ts";

interface Answered {
  readonly stream?: string;
  readonly epochMs: number;
  readonly monotonicMs: number;
}

function seen(first: Answered, second: Answered) {
  const answers = [first, second];
  const answer = ({ stream = "a", ...clocks }: Answered) =>
    JSON.stringify({ logStream: stream, value: null, runtime: null, refusal: null, clocks });
  const Invoke = () => ({
    $metadata: { requestId: "r" },
    Payload: Buffer.from(answer(answers.shift() ?? second)),
  });
  return frozenClockAfter(0)(probeContext({ answers: { Invoke } }));
}

describe("infrastructure: the probe frozen-clock", () => {
  it("is confirmed if the wall clock and the monotonic clock both continued", async () => {
    const { outcome, text } = await seen(
      { epochMs: 1_000_000, monotonicMs: 50 },
      { epochMs: 1_020_031.4, monotonicMs: 20_080.2 },
    );
    expect({ outcome, text }).to.deep.equal({
      outcome: "confirmed",
      text: "Between two invocations of one environment 20031 ms passed by the wall clock, and 20030 ms by the monotonic clock.",
    });
  });

  it("differs if the monotonic clock stopped", async () => {
    const { outcome } = await seen(
      { epochMs: 1_000_000, monotonicMs: 50 },
      { epochMs: 1_020_031, monotonicMs: 61 },
    );
    expect(outcome).to.equal("differs");
  });

  it("is not reached if another environment answered", async () => {
    const { outcome } = await seen(
      { epochMs: 1_000_000, monotonicMs: 50 },
      { stream: "b", epochMs: 1_020_031, monotonicMs: 20_081 },
    );
    expect(outcome).to.equal("not reached");
  });
});
