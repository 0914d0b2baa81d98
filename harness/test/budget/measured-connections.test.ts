import { expect } from "chai";
import { expectedResult } from "../../../scripts/golden/cases.ts";
import { measuredConnections } from "../../src/budget/measured-connections.ts";
import type { EnvironmentResult } from "../../src/result/environment-result.ts";
import type { RunResult } from "../../src/result/run-result.ts";

describe("measuredConnections", () => {
  const { functions } = expectedResult("five-designs") as RunResult;

  it("reads from a run how many connections an environment had, and which functions closed them", () => {
    const measured = functions.map((one) => [one.name, measuredConnections(one, "run")]);
    expect(Object.fromEntries(measured)).to.deep.equal({
      "init-connect": { count: 1, closed: false, run: "run" },
      "lazy-connect": { count: 1, closed: false, run: "run" },
      "graceful-connect": { count: 1, closed: false, run: "run" },
      "handler-connect": { count: 1, closed: true, run: "run" },
      "lease-connect": { count: 1, closed: true, run: "run" },
    });
  });

  it("counts connections that were open at one time, and one without an end until the end", () => {
    const [first] = functions;
    if (first === undefined) throw new Error("the recorded run has no function");
    const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
    const connection = { openedIn: "invoke", outcome: "accepted", ending: null } as const;
    const connections = [
      { ...connection, from: at(0), to: at(5) },
      { ...connection, from: at(5), to: null },
      { ...connection, from: at(7), to: at(8) },
      { ...connection, from: at(9), to: at(10) },
    ];
    const count = (environments: readonly EnvironmentResult[]) =>
      measuredConnections({ ...first, environments }, "run")?.count ?? null;
    const [environment] = first.environments;
    if (environment === undefined) throw new Error("the recorded run has no environment");
    expect([count([{ ...environment, connections }]), count([])]).to.deep.equal([2, null]);
  });
});
