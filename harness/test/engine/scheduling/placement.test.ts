import { expect } from "chai";
import * as fc from "fast-check";
import { place, select, type Candidate } from "../../../src/engine/scheduling/placement.ts";

const candidate = (sequence: number, given: Partial<Candidate> = {}): Candidate => ({
  id: `e${sequence}`,
  sequence,
  state: "idle",
  current: true,
  lastEnded: null,
  reserved: false,
  ...given,
});

/** Four environments, two of which were invoked. */
const fleet = [candidate(1, { lastEnded: 9 }), candidate(2), candidate(3, { lastEnded: 4 }), candidate(4)];

const anyCandidates = fc
  .array(
    fc.record({
      state: fc.constantFrom("idle" as const, "in-flight" as const, "other" as const),
      current: fc.boolean(),
      lastEnded: fc.option(fc.nat(20)),
      reserved: fc.boolean(),
    }),
    { maxLength: 8 },
  )
  .map((all) => all.map((given, index) => candidate(index + 1, given)));

describe("placement", () => {
  for (const [placement, expected] of [
    ["most-recent", "e1"],
    ["oldest", "e1"],
    ["newest", "e4"],
    ["new", null],
  ] as const) {
    it(`${placement} chooses ${expected ?? "a new one"}`, () =>
      expect(place(fleet, placement)).to.equal(expected));
  }

  it("most-recent chooses never-invoked environments last, the newest of them first", () => {
    const order: string[] = [];
    for (let rest = fleet; rest.length > 0; rest = rest.filter((one) => !order.includes(one.id)))
      order.push(place(rest, "most-recent") ?? "none");
    expect(order).to.deep.equal(["e1", "e3", "e4", "e2"]);
  });

  for (const [why, given] of [
    ["is in use", { state: "in-flight" }],
    ["is ending", { state: "other" }],
    ["is of an older generation", { current: false }],
    ["is reserved by `ahead-elsewhere`", { reserved: true }],
  ] as const) {
    it(`asks for a new environment when the only one ${why}`, () => {
      expect(place([candidate(1, given)], "most-recent")).to.equal(null);
    });
  }

  it("chooses only environments that are idle, current and not reserved", () => {
    fc.assert(
      fc.property(
        anyCandidates,
        fc.constantFrom("most-recent" as const, "oldest" as const, "newest" as const),
        (all, rule) => {
          const free = all
            .filter((one) => one.state === "idle" && one.current && !one.reserved)
            .map((one) => one.id);
          expect(free.length === 0 ? [null] : free).to.include(place(all, rule));
        },
      ),
    );
  });
});

describe("the selectors of a plan", () => {
  const all = [
    ...fleet,
    candidate(5, { state: "in-flight" }),
    candidate(6, { current: false }),
    candidate(7, { reserved: true }),
  ];
  for (const [selector, expected] of [
    ["oldest-idle", ["e1"]],
    ["newest-idle", ["e6"]],
    ["most-recent-idle", ["e1"]],
    ["never-invoked", ["e2"]],
    ["in-flight", ["e5"]],
    ["all-idle", ["e1", "e2", "e3", "e4", "e6"]],
  ] as const) {
    it(`${selector} selects ${expected.join(", ")}`, () =>
      expect(select(all, selector)).to.deep.equal(expected));
  }

  it("select no environment if there is none", () => {
    const selectors = [
      "oldest-idle",
      "newest-idle",
      "most-recent-idle",
      "never-invoked",
      "in-flight",
      "all-idle",
    ] as const;
    expect(selectors.flatMap((selector) => select([], selector))).to.deep.equal([]);
  });
});
