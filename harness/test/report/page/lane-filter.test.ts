/** Tests how the page finds lanes among many: by what happened to the environments, by name, and by request id. */
import { expect } from "chai";
import { groupLabel, laneGroups, searchLanes } from "../../../src/report/page/lane-filter.ts";
import { pictureOf } from "../../../src/report/picture/picture-of.ts";
import {
  failingFunction,
  finding,
  passingFunction,
  RUN_START,
  suspectedFunction,
} from "../fixture-result.ts";

const result = failingFunction();
const picture = pictureOf(result, RUN_START);
const found = (text: string): readonly number[] | null => {
  const hit = searchLanes(picture, text);
  return hit === null ? null : [...hit.lanes];
};

describe("laneGroups", () => {
  const groupsOf = (one: typeof result): readonly (readonly [string, readonly number[]])[] =>
    laneGroups(pictureOf(one, RUN_START), one).map(({ label, lanes }) => [label, [...lanes].sort()] as const);

  it("groups environments by what happened, worst first", () => {
    expect(groupsOf(result).slice(0, 3)).to.deep.equal([
      ["in a harm window", [1, 2, 3, 4]],
      ["INIT WITHOUT INVOKE", [1, 3, 5]],
      ["with a failed invocation", [2, 4]],
    ]);
  });

  it("has a group of the suspects", () => {
    const one = suspectedFunction();
    expect(
      laneGroups(pictureOf(one, RUN_START), one).map(({ label, lanes }) => [label, [...lanes]]),
    ).to.deep.include(["suspect", [1, 2]]);
  });

  it("leaves out empty groups and clear checks", () => {
    expect(groupsOf(passingFunction()).map(([label]) => label)).to.deep.equal([
      "INIT WITHOUT INVOKE",
      "environments-overlap",
    ]);
  });

  it("has no second group of environments without an invocation, whatever the check of the finding is called", () => {
    const renamed = result.findings.map((one) =>
      one.code === "never-invoked" ? { ...one, check: "renamed" } : one,
    );
    expect(renamed).to.not.deep.equal(result.findings);
    const labels = laneGroups(picture, { ...result, findings: renamed }).map(({ label }) => label);
    expect(labels).to.deep.equal(laneGroups(picture, result).map(({ label }) => label));
  });

  it("shows the total number of findings even if the result lists only a few", () => {
    const labels = (findings: typeof result.findings): readonly string[] =>
      laneGroups(picture, { ...result, findings }).map(groupLabel);
    const overlap = result.findings.filter(
      ({ check, status }) => check === "environments-overlap" && status === "found",
    );
    const [first] = overlap;
    if (first === undefined) throw new Error("the fixture has no exposure");
    const { check, kind } = first;
    const rest = finding({ check, kind, code: "more-findings", parameters: { findings: 17_951 } });
    expect(labels(overlap).at(-1)).to.match(/^environments-overlap \(\d\)$/);
    expect(labels([...overlap, rest]).at(-1)).to.match(
      /^environments-overlap \(\d, from \d of 17,95\d findings\)$/,
    );
  });
});

describe("searchLanes", () => {
  const stream = result.environments.at(2)?.logStream ?? "";
  const request = result.invocationList.at(20)?.requestId ?? "";
  const cases = [
    ["leaves out no lane if the text has only blanks", "  ", null],
    ["finds an environment by its number, and not those whose id contains this number", "e3", [2]],
    ["finds an environment by its complete log stream", stream, [2]],
    [
      "finds an environment by the end of its log stream, written after … as in sentences",
      `…${stream.slice(-8)}`,
      [2],
    ],
    ["finds an environment by the end of its log stream in capitals", stream.slice(-8).toUpperCase(), [2]],
    ["finds the environment of a request id", request, [2]],
    ["finds no lane for a text that occurs nowhere", "nowhere", []],
  ] as const;
  for (const [title, text, lanes] of cases) {
    it(title, () => expect(found(text)).to.deep.equal(lanes));
  }

  it("returns the invocation that was searched for, even if no lane shows it", () => {
    const lost = result.invocationList.map((each) =>
      each.requestId === request ? { ...each, environment: null } : each,
    );
    const hit = searchLanes(pictureOf({ ...result, invocationList: lost }, RUN_START), request);
    expect([hit?.lanes.size, hit?.invoke?.invocation.requestId]).to.deep.equal([0, request]);
  });
});

describe("searchLanes in a function that isolates tenants", () => {
  it("finds the environments of a tenant", () => {
    const environments = result.environments.map((one, index) => ({ ...one, tenantId: `Tenant-${index}` }));
    const hit = searchLanes(pictureOf({ ...result, environments }, RUN_START), "tenant-2");
    expect([...(hit?.lanes ?? [])]).to.deep.equal([2]);
  });
});
