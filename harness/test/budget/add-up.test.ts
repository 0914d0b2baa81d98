import { expect } from "chai";
import { addUp, type BudgetEntry } from "../../src/budget/add-up.ts";
import { budgetText } from "../../src/budget/budget-text.ts";

const SERVER = { name: "db", host: "db.internal", port: 5432, limit: 30 };

function entry(
  functionName: string,
  more: Partial<BudgetEntry["one"]>,
  each: BudgetEntry["each"],
): BudgetEntry {
  const one = {
    functionName,
    unclear: null,
    reservedConcurrency: 10,
    provisioned: [],
    snapStartVersions: 0,
    tenants: false,
    managed: null,
    ...more,
  };
  return { one, each };
}

const closed = (count: number, run: string | null = null) => ({ count, closed: true, run });
const kept = (count: number) => ({ count, closed: false, run: null });

describe("addUp", () => {
  it("guarantees room up to the limit, and not one connection more", () => {
    const two = (count: number) =>
      addUp(SERVER, [entry("a", {}, closed(2)), entry("b", {}, closed(count))], 900);
    expect(two(1)).to.deep.include({ verdict: "guaranteed", connections: 30, reasons: [] });
    expect(two(2).verdict).to.equal("not-guaranteed");
    expect(two(2).reasons.map(({ code, text }) => [code, text])).to.deep.equal([
      ["above-limit", "40 connections can exist, and db has 30."],
    ]);
  });

  it("has no sum if a row has none, and says what the sum would be if all were closed", () => {
    const found = addUp(SERVER, [entry("a", {}, kept(2)), entry("b", {}, closed(1))], 900);
    expect(found).to.deep.include({ connections: null, atLeast: 0, ifClosed: 30 });
    expect(found.reasons.map(({ code }) => code)).to.deep.equal(["no-bound"]);
    expect(addUp(SERVER, [entry("a", {}, null)], 900).ifClosed).to.equal(null);
  });

  it("finds the limit exceeded by what is known, although the sum is not", () => {
    const managed = { copies: 16, invocations: 16, versions: [{ version: "1", least: 3, most: null }] };
    const found = addUp(SERVER, [entry("a", { managed }, kept(1))], 900);
    expect(found.reasons.map(({ code }) => code)).to.deep.equal(["above-limit", "no-bound"]);
    expect(found.reasons[0]?.text).to.equal("At least 48 connections can exist, and db has 30.");
  });

  it("says on what a guarantee rests", () => {
    const text = (run: string | null) =>
      budgetText(addUp(SERVER, [entry("a", {}, closed(3, run))], 900), 300);
    expect(text(null)).to.match(
      /GUARANTEED: at most 30 of 30, as long as no environment ends silently \(.*\)\.\n/,
    );
    expect(text("runs/a")).to.match(/GUARANTEED: .*, and none opens more than its run showed\.\n/);
  });
});
