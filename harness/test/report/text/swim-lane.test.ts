import { expect } from "chai";
import type { EnvironmentResult } from "../../../src/result/environment-result.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import { swimLane } from "../../../src/report/text/swim-lane.ts";
import { bareEnvironment } from "../fixture-lane.ts";

const at = (seconds: number): string => `2026-11-25T01:00:0${seconds}.000Z`;

/** An environment that holds the peer from second 1 on, and ends in silence in second 2. */
function silent(peerClosedAt: string | null): {
  readonly environments: readonly EnvironmentResult[];
  readonly invocationList: FunctionResult["invocationList"];
} {
  const environment: EnvironmentResult = {
    ...bareEnvironment("one"),
    initStart: at(0),
    initEnd: at(1),
    initStatus: "success",
    end: at(2),
    ending: "vanished",
    connections: [
      { from: at(1), to: peerClosedAt, outcome: "accepted", ending: "silence", openedIn: "init" },
    ],
  };
  return { environments: [environment], invocationList: [] };
}

describe("swimLane: a connection whose environment ended in silence", () => {
  it("holds the peer until the peer closes it, and this close is the last row", () => {
    const rows = swimLane(silent(at(5)), 80)
      .split("\n")
      .slice(1, -1);
    expect(rows.map((row) => row.replace(/ {2,}/g, "  ").trim())).to.deep.equal([
      "0 ms  ┌ Init",
      "1000 ms  │ Init ends",
      "1000 ms  ● connects in init  1",
      "2000 ms  └ vanishes  1",
      "5000 ms  ○ closed by the peer",
    ]);
  });

  it("is named with its log stream and its tenant", () => {
    const { environments, invocationList } = silent(null);
    const [environment] = environments;
    if (environment === undefined) throw new Error("there is an environment");
    const lane = (tenantId: string): string | undefined =>
      swimLane({ environments: [{ ...environment, tenantId }], invocationList }, 80)
        .split("\n")
        .at(-1);
    expect(lane("blue")).to.equal("environment 1: one, tenant blue");
    expect(lane("b\u001b[31m")).to.equal("environment 1: one, tenant b\uFFFD[31m");
  });

  it("has no row for its close if the peer never closes it", () => {
    const rows = swimLane(silent(null), 80).split("\n").slice(1, -1);
    expect(rows.at(-1)?.trim()).to.match(/^2000 ms {2}└ vanishes +1$/);
  });
});

describe("swimLane: a connection that the peer evicted", () => {
  it("held the peer until its end", () => {
    const evicted: EnvironmentResult = {
      ...bareEnvironment("one"),
      connections: [{ from: at(1), to: at(2), outcome: "evicted", ending: "rst", openedIn: "init" }],
    };
    const rows = swimLane({ environments: [evicted], invocationList: [] }, 80)
      .split("\n")
      .slice(1, -1);
    expect(rows.map((row) => row.replace(/ {2,}/g, "  ").trim())).to.deep.equal([
      "0 ms  ● connects in init  1",
      "1000 ms  ✗ evicted",
    ]);
  });
});
