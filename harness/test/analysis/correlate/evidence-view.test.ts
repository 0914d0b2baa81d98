/** A check can read only the evidence that it declares. The type checker tests most of this. */
import { expect } from "chai";
import { judgementNeeds } from "../../../src/analysis/judgement-needs.ts";
import type { EvidenceView } from "../../../src/analysis/correlate/evidence-view.ts";
import type { FunctionHistory } from "../../../src/analysis/correlate/function-history.ts";
import { findHolder } from "../../../src/analysis/attribution/find-holder.ts";
import { lifeOf } from "../../../src/analysis/attribution/environment-lives.ts";
import type { Attempt, ObservedEnvironment } from "../../../src/analysis/timeline/environment.ts";
import { ALL_CHECKS } from "../../../src/analysis/verdict/checks/all-checks.ts";
import { defineCheck } from "../../../src/analysis/verdict/checks/check.ts";
import { EVIDENCE_NEEDS } from "../../../src/evidence/evidence-need.ts";

/** These functions are never called. They only have to compile. */
const compiles = [
  (view: EvidenceView<["clock-bounds"]>) => [view.skew, view.settings, view.reservedConcurrency],
  // @ts-expect-error: the list of invocations is not in the declared needs.
  (view: EvidenceView<["clock-bounds"]>) => void view.invocations,
  // @ts-expect-error: the peer's connections are not in the declared needs.
  (view: EvidenceView<["environment-ends"]>) => void view.peer,
  (view: EvidenceView<["every-invocation"]>) => [view.invocations, view.peer, view.condensedDurationsMs],
  (view: FunctionHistory, environment: ObservedEnvironment) => lifeOf(view, environment),
  (view: EvidenceView<["environment-ends"]>, environment: ObservedEnvironment) => lifeOf(view, environment),
  // @ts-expect-error: this view has the same members, but the lives of environments need more than counts.
  (view: EvidenceView<["invocation-counts"]>, environment: ObservedEnvironment) => lifeOf(view, environment),
  // @ts-expect-error: finding the holder of the peer needs more than the events around a failure.
  (view: EvidenceView<["around-trouble"]>, attempt: Attempt) => findHolder(view, attempt),
];

const clockCheck = defineCheck({
  name: "clocks-compared",
  kind: "accounting",
  needs: ["clock-bounds"],
  // @ts-expect-error: exposures are not among the needs of this check.
  run: ({ history, exposures: _ }) => [
    { status: history.skew.length > 0 ? "clear" : "unknown", code: "clocks-not-compared", parameters: {} },
  ],
});

const undeclared = defineCheck({
  name: "long-invocations",
  kind: "accounting",
  run: ({ history, judged, exposures }) => [
    {
      status: history.invocations.length + judged.length + exposures.length > 0 ? "found" : "clear",
      code: "clocks-not-compared",
      parameters: {},
    },
  ],
});

describe("the evidence needs of the judgement", () => {
  it("are the needs that its steps and checks declare, and every check declares some", () => {
    const needed = judgementNeeds();
    expect([...needed].sort()).to.deep.equal(
      EVIDENCE_NEEDS.filter((need) => need !== "every-invocation").sort(),
    );
    expect(ALL_CHECKS.filter(({ needs }) => needs === undefined)).to.deep.equal([]);
    expect(compiles).to.have.lengthOf(8);
  });

  it("do not grow if a further check declares only needs that other checks declare too", () => {
    expect(judgementNeeds([...ALL_CHECKS, clockCheck])).to.deep.equal(judgementNeeds());
  });

  it("are all evidence if a check declares no needs", () => {
    expect(judgementNeeds([...ALL_CHECKS, undeclared]).has("every-invocation")).to.equal(true);
  });
});
