import { expect } from "chai";
import fc from "fast-check";
import { estimateCost } from "../../../src/scan/cost/estimate-cost.ts";
import { costText, confirmCost } from "../../../src/cli/soak/confirm-cost.ts";
import { durationMs } from "../../../src/base/time.ts";
import { memoryMachine } from "../../cli/memory-machine.ts";

const HOUR = 3_600_000;
const small = { memoryMb: 256, timeoutMs: 10_000, architecture: "x86_64" as const };

describe("the estimate before a long run", () => {
  it("counts requests, compute, logs and managed peers", () => {
    const { invocations, expectedUsd, mostUsd, lines } = estimateCost({
      durationMs: 24 * HOUR,
      intervalMs: 60_000,
      inFlight: 1,
      functions: [small, small],
      managedPeers: 2,
    });
    expect({
      invocations,
      expected: expectedUsd.toFixed(4),
      most: mostUsd.toFixed(4),
      lines: lines.map(({ what, expectedUsd: one }) => `${what}: ${one.toFixed(6)}`),
    }).to.deep.equal({
      invocations: 2_880,
      expected: "0.6017",
      most: "0.7193",
      lines: [
        "2880 Lambda requests: 0.000576",
        "their compute: 0.002400",
        "log lines, kept a month: 0.006252",
        "2 managed peers while it runs: 0.592440",
      ],
    });
  });

  it("never bills a function for longer than the run", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000, max: 30 * 24 * HOUR }),
        fc.integer({ min: 20, max: 120_000 }),
        fc.integer({ min: 1, max: 900 }),
        (length, interval, timeout) => {
          const { mostUsd, expectedUsd, lines } = estimateCost({
            durationMs: length,
            intervalMs: interval,
            inFlight: 1,
            functions: [{ ...small, timeoutMs: timeout * 1_000 }],
            managedPeers: 0,
          });
          const compute = lines[1]?.mostUsd ?? Number.NaN;
          expect(compute).to.be.at.most((length / 1_000) * 0.25 * 0.0000166667 + 1e-12);
          expect(expectedUsd).to.be.at.most(mostUsd);
        },
      ),
    );
  });

  it("is called an estimate, with the date and the source of its prices", () => {
    const text = costText(
      estimateCost({
        durationMs: 24 * HOUR,
        intervalMs: 60_000,
        inFlight: 1,
        functions: [small],
        managedPeers: 0,
      }),
      durationMs(24 * HOUR),
    );
    expect(text).to.equal(
      [
        "An estimate, not a bill: about < $0.01 for 1d, at most $0.06 if every invocation times out.",
        "     < $0.01  1440 Lambda requests",
        "     < $0.01  their compute",
        "     < $0.01  log lines, kept a month",
        "Prices of us-east-1 as of 2026-03, without free tier, VPC endpoints, NAT and data transfer:",
        "https://aws.amazon.com/lambda/pricing/",
      ].join("\n"),
    );
  });

  const dear = estimateCost({
    durationMs: 30 * 24 * HOUR,
    intervalMs: 1_000,
    inFlight: 1,
    functions: [{ ...small, memoryMb: 10_240 }],
    managedPeers: 0,
  });
  for (const { title, answer, yes, refused } of [
    {
      title: "asks the user if it is above five dollars, and accepts yes",
      answer: "y",
      yes: false,
      refused: null,
    },
    { title: "starts nothing if the answer is no", answer: "n", yes: false, refused: "interrupted" },
    { title: "needs --yes if it cannot ask the user", answer: null, yes: false, refused: "usage" },
    { title: "does not ask with --yes", answer: null, yes: true, refused: null },
  ]) {
    it(title, async () => {
      const outcome = await confirmCost(
        memoryMachine([], { answer }),
        dear,
        durationMs(30 * 24 * HOUR),
        yes,
      ).then(
        () => null,
        (error: unknown) => (error as { readonly code: string }).code,
      );
      expect(outcome).to.equal(refused);
    });
  }
});
