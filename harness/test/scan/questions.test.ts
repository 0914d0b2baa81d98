import { expect } from "chai";
import { estimateScan } from "../../src/scan/estimate-scan.ts";
import { mergeCounts } from "../../src/scan/merge-counts.ts";
import { questionsOf } from "../../src/scan/questions.ts";
import { DAY_MS, groupOf, reservedOne } from "./scan-fixture.ts";

describe("the queries of a scan", () => {
  it("have at most fifty log groups each, all of the same class, and each group is in one query", () => {
    const groups = [
      ...Array.from({ length: 101 }, (_, index) => groupOf(`f${index}`)),
      groupOf("rare", { logClass: "INFREQUENT_ACCESS" }),
    ];
    const batches = questionsOf(groups, 0).map((one) => one.logGroups);
    expect(batches.map((names) => names.length)).to.deep.equal([50, 50, 1, 1]);
    expect(batches[3]).to.deep.equal(["/aws/lambda/rare"]);
    expect(new Set(batches.flat()).size).to.equal(102);
  });

  it("count environments by minute only for log groups of functions with reserved concurrency 1", () => {
    const questions = questionsOf([groupOf("many"), reservedOne("one")], 0);
    expect(questions.map(({ kind, logGroups }) => [kind, ...logGroups])).to.deep.equal([
      ["environments", "/aws/lambda/many", "/aws/lambda/one"],
      ["minutes", "/aws/lambda/one"],
    ]);
  });

  it("leave out log groups that Logs Insights cannot query", () => {
    expect(questionsOf([groupOf("passed-on", { logClass: "DELIVERY" })], 0)).to.deep.equal([]);
  });
});

describe("the estimate of what a scan reads", () => {
  const window = { fromMs: 9 * DAY_MS, toMs: 10 * DAY_MS };
  const bytes = (...groups: readonly ReturnType<typeof groupOf>[]): number =>
    estimateScan(groups, window).bytes;

  it("is the stored bytes times the window's length, divided by the group's age or its retention, whichever is shorter", () => {
    expect(bytes(groupOf("old", { storedBytes: 1000, createdAt: 0 }))).to.equal(100);
    expect(bytes(groupOf("kept", { storedBytes: 1000, createdAt: 0, retentionDays: 2 }))).to.equal(500);
    expect(bytes(groupOf("new", { storedBytes: 1000, createdAt: 9.5 * DAY_MS }))).to.equal(1000);
  });

  it("is all stored bytes if neither age nor retention is known", () => {
    expect(bytes(groupOf("unknown", { storedBytes: 1000 }))).to.equal(1000);
  });

  it("counts a group twice if two queries read it, and not at all if no query reads it", () => {
    expect(bytes(reservedOne("one", { storedBytes: 1000 }))).to.equal(2000);
    expect(bytes(groupOf("passed-on", { storedBytes: 1000, logClass: "DELIVERY" }))).to.equal(0);
  });

  it("includes the cost, by AWS's price for a GB", () => {
    expect(estimateScan([groupOf("big", { storedBytes: 1e12 })], window).usd).to.be.closeTo(5, 1e-9);
  });
});

describe("the rows of a scan", () => {
  it("are joined by log group, and missing values are unknown", () => {
    const log = "123456789012:/aws/lambda/f";
    const counts = mergeCounts(
      [
        { "@log": log, environments: "7", initWithoutInvoke: "2" },
        { "@log": "123456789012:shared/group", environments: "1", initWithoutInvoke: "0", initConnects: "3" },
      ],
      [{ "@log": log, minutesWithSeveral: "4", mostInAMinute: "" }],
    );
    expect([...counts]).to.deep.equal([
      [
        "/aws/lambda/f",
        {
          environments: 7,
          initWithoutInvoke: 2,
          initConnects: null,
          versions: [{ version: null, environments: 7, initWithoutInvoke: 2, initConnects: null }],
          minutesWithSeveral: 4,
          mostInAMinute: null,
        },
      ],
      [
        "shared/group",
        {
          environments: 1,
          initWithoutInvoke: 0,
          initConnects: 3,
          versions: [{ version: null, environments: 1, initWithoutInvoke: 0, initConnects: 3 }],
          minutesWithSeveral: null,
          mostInAMinute: null,
        },
      ],
    ]);
  });
});
