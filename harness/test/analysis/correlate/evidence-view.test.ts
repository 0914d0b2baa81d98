/** A check can read only the evidence that it declares. The type checker tests most of this. */
import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { judgementNeeds, type JudgementView } from "../../../src/analysis/judgement-needs.ts";
import type { EvidenceView } from "../../../src/analysis/correlate/evidence-view.ts";
import type { FunctionHistory } from "../../../src/analysis/correlate/function-history.ts";
import { closeUnderWay } from "../../../src/analysis/attribution/close-under-way.ts";
import { keptConnection } from "../../../src/analysis/attribution/kept-connection.ts";
import { findHolder } from "../../../src/analysis/attribution/find-holder.ts";
import { outcomeByLog } from "../../../src/analysis/attribution/invocation-outcome.ts";
import { lifeOf } from "../../../src/analysis/attribution/environment-lives.ts";
import type {
  Attempt,
  ObservedEnvironment,
  ObservedInvocation,
} from "../../../src/analysis/timeline/environment.ts";
import { ALL_CHECKS } from "../../../src/analysis/verdict/checks/all-checks.ts";
import { describeRuntime } from "../../../src/analysis/verdict/describe-runtime.ts";
import type { AssessedInvocation } from "../../../src/analysis/verdict/assessed-invocation.ts";
import { exchangedAfterEach } from "../../../src/analysis/verdict/count-numbers.ts";
import { findHarmWindows } from "../../../src/analysis/verdict/harm-windows.ts";
import { peerClosedAt } from "../../../src/analysis/verdict/peer-closed-at.ts";
import { refusedUnheard } from "../../../src/analysis/unreached-server.ts";
import { unnumberedSources } from "../../../src/analysis/unnumbered-sources.ts";
import { defineCheck, type CheckInput } from "../../../src/analysis/verdict/checks/check.ts";
import { EVIDENCE_NEEDS, type EvidenceNeed } from "../../../src/evidence/evidence-need.ts";

/**
 * These functions are never called. The type checker must accept each of them, except those after `@ts-expect-error`, which it must refuse.
 */
const compiles = [
  (view: EvidenceView<["around-trouble"]>) => [view.holds[0]?.environment.id, view.holds[0]?.boot.number],
  (view: EvidenceView<["around-trouble", "environment-ends"]>) => view.holds[0]?.environment.keptInvocations,
  (view: EvidenceView<["clock-bounds"]>) => [view.skew, view.settings, view.reservedConcurrency],
  (view: EvidenceView<["around-trouble", "invocation-counts"]>) => view.holds[0]?.boot.missingLines,
  // @ts-expect-error: the list of invocations is not in the declared needs.
  (view: EvidenceView<["clock-bounds"]>) => void view.keptInvocations,
  // @ts-expect-error: the peer's connections are not in the declared needs.
  (view: EvidenceView<["environment-ends"]>) => void view.peer,
  (view: EvidenceView<["every-invocation"]>) => [view.invocations, view.peer, view.condensedDurationsMs],
  (view: FunctionHistory, environment: ObservedEnvironment) => lifeOf(view, environment),
  (view: EvidenceView<["environment-ends"]>, environment: ObservedEnvironment) => lifeOf(view, environment),
  // @ts-expect-error: the lives of environments need more than counts.
  (view: EvidenceView<["invocation-counts"]>, environment: ObservedEnvironment) => lifeOf(view, environment),
  // @ts-expect-error: finding the holder of the peer needs more than the events around a failure.
  (view: EvidenceView<["around-trouble"]>, attempt: Attempt) => findHolder(view, attempt),
];

/** A declaration with every need except this one, and except the need that includes all others. */
type AllBut<Need extends EvidenceNeed> = readonly Exclude<EvidenceNeed, Need | "every-invocation">[];
type Compiles<Declared extends readonly EvidenceNeed[], Needed extends readonly EvidenceNeed[]> =
  EvidenceView<Declared> extends EvidenceView<Needed> ? "compiles" : "does not compile";

/** Whether a step that declares all other needs may call a step that declares this one. */
const withoutIt = {
  "environment-ends": "does not compile",
  "environment-neighbours": "does not compile",
  "first-after-birth": "does not compile",
  "around-trouble": "does not compile",
  "most-concurrent": "does not compile",
  "clock-bounds": "does not compile",
  "silent-invocations": "does not compile",
  "invocation-counts": "does not compile",
  "source-counts": "does not compile",
  durations: "does not compile",
  "invocation-times": "does not compile",
  "every-invocation": "does not compile",
} satisfies { readonly [Need in EvidenceNeed]: Compiles<AllBut<Need>, readonly [Need]> };

/** The lists that a step may read if it declares only this need: all invocations, kept invocations, environments with their kept invocations. */
type Lists<Need extends EvidenceNeed> = Extract<
  keyof EvidenceView<readonly [Need]>,
  "invocations" | "keptInvocations" | "environments"
>;
const lists = {
  "environment-ends": ["environments"],
  "environment-neighbours": ["environments"],
  "first-after-birth": ["environments"],
  "around-trouble": ["keptInvocations"],
  "most-concurrent": ["keptInvocations"],
  "clock-bounds": [],
  "silent-invocations": ["keptInvocations"],
  "invocation-counts": [],
  "source-counts": [],
  durations: [],
  "invocation-times": [],
  "every-invocation": ["environments", "invocations", "keptInvocations"],
} as const satisfies { readonly [Need in EvidenceNeed]: readonly Lists<Need>[] };
/** This would not compile if a need granted a list that is not in its line above. */
const noOtherList: {
  readonly [Need in EvidenceNeed]: Exclude<Lists<Need>, (typeof lists)[Need][number]> extends never
    ? true
    : false;
} = Object.fromEntries(EVIDENCE_NEEDS.map((need) => [need, true])) as Record<EvidenceNeed, true>;

type CountsView = EvidenceView<["invocation-counts"]>;

/** Each of these steps reads something that its declared needs do not grant. */
const tooMuch = [
  // @ts-expect-error: only `every-invocation` keeps all invocations.
  (view: EvidenceView<["around-trouble", "environment-ends"]>) => void view.invocations,
  // @ts-expect-error: an environment lists only the invocations that are kept.
  (view: EvidenceView<["environment-ends"]>) => void view.environments[0]?.invocations,
  // @ts-expect-error: counts have no list of environments with their invocations.
  (view: CountsView) => void view.environments,
  // @ts-expect-error: counts of an environment have no list of its invocations.
  (view: CountsView) => void view.environmentCounts[0]?.keptInvocations,
  // @ts-expect-error: counts of a boot have no list of its attempts.
  (view: CountsView) => void view.environmentCounts[0]?.boots[0]?.attempts,
  // @ts-expect-error: counts of a boot do not lead to its environment.
  (view: CountsView) => void view.environmentCounts[0]?.boots[0]?.environment,
  // @ts-expect-error: `source-counts` grants nothing that the driver recorded.
  ({ driver: _ }: EvidenceView<["source-counts"]>) => null,
  // @ts-expect-error: the driver does not list the invocations that are only counted.
  (view: EvidenceView<["around-trouble"]>) => void view.driver?.invocations,
  // @ts-expect-error: whether an invocation failed needs more than counts.
  (view: CountsView, one: ObservedInvocation) => outcomeByLog(view, one),
  // @ts-expect-error: this step also reads the runtime that the driver saw, so counts are not enough.
  (view: CountsView) => describeRuntime(view, null),
  // @ts-expect-error: with this need alone, an attempt shows only the id of its environment.
  (view: EvidenceView<["around-trouble"]>) => void view.holds[0]?.environment.keptInvocations,
  // @ts-expect-error: an attempt does not lead to the other attempts of its boot.
  (view: EvidenceView<["around-trouble"]>) => void view.refused[0]?.boot.attempts,
  // @ts-expect-error: an attempt does not lead to the environment through its invocation.
  (view: EvidenceView<["around-trouble"]>) => void view.ownHolds[0]?.invocation?.environment.init,
  // @ts-expect-error: an invocation does not lead to the environment.
  (view: EvidenceView<["most-concurrent"]>) => void view.keptInvocations.at(0)?.environment.boots,
  // @ts-expect-error: a connection of the peer does not lead to the environment.
  (view: EvidenceView<["around-trouble"]>) => void view.peer?.accepted[0]?.attempt?.environment.init,
  // @ts-expect-error: a link connection does not lead to the accepted connections of its boot.
  (view: EvidenceView<["around-trouble"]>) => void view.links?.get("")?.[0]?.attempt?.boot.accepted,
  // @ts-expect-error: an assessment does not lead to the boots of the holder.
  ({ windows }: CheckInput<["around-trouble"]>) => void windows[0]?.holder.boots,
  // @ts-expect-error: a judged invocation alone does not lead to the other invocations of its environment.
  ({ invocation }: AssessedInvocation) => void invocation?.environment.keptInvocations,
  // @ts-expect-error: an invocation alone does not lead to the connections of its process.
  (invocation: ObservedInvocation) => keptConnection(invocation),
  // @ts-expect-error: an attempt alone does not lead to the next invocation of its environment.
  (attempt: Attempt) => closeUnderWay(attempt, 0),
  // @ts-expect-error: the end of a kept connection needs the neighbours of the invocation.
  (one: AssessedInvocation) => peerClosedAt(one),
  // @ts-expect-error: the windows of harm need the attempts of the whole process.
  (view: FunctionHistory, judged: readonly AssessedInvocation[]) => findHarmWindows(judged, view),
  // @ts-expect-error: the last exchange of an environment needs its last invocations.
  (judged: readonly AssessedInvocation[]) => exchangedAfterEach(judged, []),
  // @ts-expect-error: whether the peer was full needs the links.
  (view: CountsView) => refusedUnheard(view),
  // @ts-expect-error: the steps together do not need all invocations, so analyze() cannot call a step that needs them.
  (view: JudgementView, step: (of: EvidenceView<["every-invocation"]>) => void) => step(view),
  // @ts-expect-error: the step needs the counts of environments, which say whether lines have ids.
  (view: EvidenceView<["around-trouble"]>) => unnumberedSources({ unreadable: [] }, view),
];

const countsOnly = defineCheck({
  name: "longest-environment",
  kind: "accounting",
  needs: ["invocation-counts"],
  run: ({ history }) =>
    history.environmentCounts.map((environment) => ({
      status: environment.condensed.served > 0 ? "found" : "clear",
      code: "clocks-not-compared",
      parameters: {},
      environment,
    })),
});

const iteratesCounted = defineCheck({
  name: "slow-invocations",
  kind: "accounting",
  needs: ["around-trouble"],
  // @ts-expect-error: the list of all judged invocations needs `every-invocation`.
  run: ({ judged }) => [
    { status: judged === undefined ? "clear" : "found", code: "clocks-not-compared", parameters: {} },
  ],
});

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

const ANALYSIS = join(import.meta.dirname, "../../../src/analysis");

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".ts") && !path.endsWith(".d.ts"),
  );
}

describe("the evidence needs of the judgement", () => {
  it("are the needs that its steps and checks declare", () => {
    const needed = judgementNeeds();
    expect([...needed].sort()).to.deep.equal(
      EVIDENCE_NEEDS.filter((need) => need !== "every-invocation").sort(),
    );
    expect(ALL_CHECKS.filter(({ needs }) => needs === undefined)).to.deep.equal([]);
    expect([compiles, tooMuch].map(({ length }) => length)).to.deep.equal([11, 26]);
  });

  it("include every need that a file of the analysis declares", async () => {
    const needed = judgementNeeds();
    const declared: EvidenceNeed[] = [];
    for (const path of sources(ANALYSIS)) {
      const exported = Object.entries(
        (await import(`../../../src/analysis/${path.replace(/\.ts$/, "")}.ts`)) as Record<string, unknown>,
      );
      for (const [name, needs] of exported)
        if (name.endsWith("_NEEDS")) declared.push(...(needs as readonly EvidenceNeed[]));
    }
    expect(declared.length).to.be.above(100);
    expect(declared.filter((need) => !needed.has(need))).to.deep.equal([]);
  });

  it("must be declared to read the whole environment of an invocation: no judging step names a type that grants it undeclared", () => {
    const named = sources(ANALYSIS)
      .filter((path) => !/^(timeline|correlate)\//.test(path))
      .filter((path) => /\b(Whole|Counted)Owner\b/.test(readFileSync(join(ANALYSIS, path), "utf8")));
    expect(named).to.deep.equal([]);
  });

  it("must be declared by a step that reads what they grant", () => {
    expect([...new Set(Object.values(withoutIt))]).to.deep.equal(["does not compile"]);
    expect([lists, noOtherList].map((one) => Object.keys(one))).to.deep.equal([
      EVIDENCE_NEEDS,
      EVIDENCE_NEEDS,
    ]);
  });

  it("do not grow if a further check declares only needs that other checks declare too", () => {
    expect(judgementNeeds([...ALL_CHECKS, clockCheck, countsOnly, iteratesCounted])).to.deep.equal(
      judgementNeeds(),
    );
  });

  it("include the need for every invocation if a check declares no needs", () => {
    expect(judgementNeeds([...ALL_CHECKS, undeclared]).has("every-invocation")).to.equal(true);
  });
});
