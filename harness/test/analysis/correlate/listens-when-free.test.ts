import { expect } from "chai";
import { noteRefusedUnheard } from "../../../src/analysis/correlate/listens-when-free.ts";
import type { LinkConnection } from "../../../src/analysis/timeline/environment.ts";
import { partial } from "../partial.ts";

/** A peer that stopped listening while it served a client, and listened again when that client had left. */
describe("noteRefusedUnheard", () => {
  const served = (openedAt: number, closedAt: number, by: string) =>
    partial<LinkConnection>({
      ...{ openedAt, connectedAt: openedAt, closedAt, by, failedAt: null, failedBy: null },
      ...{ ending: "fin", silencedAt: null, endReset: false, attempt: { outcome: "accepted" } },
    });
  const unheard = (openedAt: number, outcome = "failed") =>
    partial<LinkConnection>({
      ...{ openedAt, connectedAt: null, closedAt: openedAt + 1, by: "peer" },
      ...{ failedAt: openedAt + 1, failedBy: "ECONNREFUSED", attempt: { outcome } },
    });

  it("changes what failed while the peer served another client that left by itself, and nothing else", () => {
    const tried = [unheard(50), unheard(60, "timed-out"), unheard(500), unheard(2_000)];
    noteRefusedUnheard(
      new Map([["e", [served(0, 100, "function"), served(200, 1_000, "peer"), ...tried]]]),
      null,
      false,
    );
    expect(tried.map(({ attempt }) => attempt?.outcome)).to.deep.equal([
      "refused",
      "timed-out",
      "failed",
      "failed",
    ]);
  });

  it("needs no client that left by itself, if a probe has seen that the peer does not listen while it is full", () => {
    const outcomes = (probed: boolean): readonly unknown[] => {
      const tried = [unheard(50), unheard(500)];
      noteRefusedUnheard(new Map([["e", [served(0, 100, "environment-end"), ...tried]]]), null, probed);
      return tried.map(({ attempt }) => attempt?.outcome);
    };
    expect([outcomes(false), outcomes(true)]).to.deep.equal([
      ["failed", "failed"],
      ["refused", "failed"],
    ]);
  });
});
