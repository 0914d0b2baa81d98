import { expect } from "chai";
import fc from "fast-check";
import { analyze } from "../../../src/analysis/analyze.ts";
import { shortenLists } from "../../../src/analysis/verdict/shorten-lists.ts";
import type { InvocationResult } from "../../../src/result/environment-result.ts";
import type { Evidence } from "../../../src/record/evidence.ts";
import type { JudgedFunction } from "../../../src/result/judgement.ts";
import { DEFAULT_JUDGEMENT_SETTINGS } from "../../../src/record/judgement-settings.ts";
import { heldEvidence } from "../../../src/evidence/held-evidence.ts";
import { propertyRuns } from "../../support/test-all.ts";
import { handlerConnect, ready } from "../analyze/designs.ts";
import { play, randomStory } from "../analyze/random-story.ts";
import { TestRun } from "../analyze/story.ts";

function judged(evidence: Evidence): JudgedFunction {
  const [only] = analyze(heldEvidence(evidence), DEFAULT_JUDGEMENT_SETTINGS).functions;
  if (only === undefined) throw new Error("the story has no function");
  return only;
}

/** One environment serves an invocation every three seconds. One of them fails. */
function longRun(invocations: number, fails: number): TestRun {
  const run = new TestRun();
  const environment = ready(run);
  for (let n = 0; n < invocations; n += 1) {
    run.invoke(environment, (call) => (n === fails ? call.throws("Error") : handlerConnect.invoke(call)));
    run.wait(3_000);
  }
  return run;
}

const requestIds = (invocations: Iterable<InvocationResult>): (string | null)[] =>
  Array.from(invocations, ({ requestId }) => requestId);

/** Everything but the two lists. */
function numbersOf(judged: JudgedFunction): object {
  return {
    ...judged,
    environments: judged.environments.map((environment) => ({ ...environment, connections: [] })),
    invocationList: [],
    invocationsCondensed: null,
  };
}

describe("shortenLists", () => {
  it("leaves a result as it is up to the number of invocations that is listed", () => {
    const whole = judged(longRun(30, 15).end());
    expect(shortenLists(whole, 30)).to.equal(whole);
  });

  it("lists the first and the last invocation of an environment, and a failure, and counts the others", () => {
    const whole = judged(longRun(30, 15).end());
    const short = shortenLists(whole, 29);
    const all = requestIds(whole.invocationList);
    expect(requestIds(short.invocationList).map((id) => all.indexOf(id))).to.deep.equal([0, 15, 29]);
    expect(short.invocationsCondensed).to.equal(27);
    expect(short.environments.map(({ connections }) => connections.length)).to.deep.equal([2]);
  });

  it("lists each invocation that a finding names or that shows anything, in every story", () => {
    fc.assert(
      fc.property(randomStory, (story) => {
        const whole = judged(play(story));
        const short = shortenLists(whole, 0);
        const left = new Set(requestIds(short.invocationList));
        const named = whole.findings.flatMap((finding) => [...finding.requestIds]);
        expect(named.filter((id) => !left.has(id))).to.deep.equal([]);
        const hidden = whole.invocationList.filter(({ requestId }) => !left.has(requestId));
        expect(hidden.length).to.equal(short.invocationsCondensed ?? 0);
        expect(
          hidden.filter(
            ({ outcome, cause, harmed, delayed }) =>
              harmed || delayed || cause !== null || (outcome !== "succeeded" && outcome !== "unknown"),
          ),
        ).to.deep.equal([]);
        expect(numbersOf(short)).to.deep.equal(numbersOf(whole));
        const keptConnections = new Set([...short.environments].flatMap(({ connections }) => connections));
        const lost = [...whole.environments]
          .flatMap(({ connections }) => connections)
          .filter((connection) => !keptConnections.has(connection));
        expect(lost.length).to.be.at.most(short.invocationsCondensed ?? 0);
        expect(
          lost.filter(({ outcome, openedIn }) => outcome !== "accepted" || openedIn !== "invoke"),
        ).to.deep.equal([]);
        expect(short.invocationList.length + (short.invocationsCondensed ?? 0)).to.equal(
          whole.invocationList.length,
        );
      }),
      { numRuns: propertyRuns(100), seed: 20261202 },
    );
  });
});
