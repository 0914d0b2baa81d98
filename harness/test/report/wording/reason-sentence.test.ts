import { expect } from "chai";
import type { InvocationResult } from "../../../src/result/environment-result.ts";
import type { Finding } from "../../../src/result/finding-result.ts";
import { REASON_SENTENCE } from "../../../src/report/wording/fixed-words.ts";
import { reasonSentence } from "../../../src/report/wording/reason-sentence.ts";
import { passingFunction } from "../fixture-result.ts";

/** A function whose first invocations failed for these causes. */
function failedFor(...failed: readonly (string | null)[]) {
  const { name, invocationList, findings } = passingFunction();
  return {
    name,
    findings,
    invocationList: invocationList.map((one, index): InvocationResult =>
      index < failed.length ? { ...one, outcome: "function-error", cause: failed[index] ?? null } : one,
    ),
  };
}

describe("reasonSentence", () => {
  it("says that the server denied the function if all other failures have a known cause", () => {
    expect(reasonSentence("unexplained-failure", failedFor("peer-error", "crash"))).to.equal(
      "The server denied the function, so its invocations failed without showing whether the peer was held.",
    );
  });

  it("says what is wrong with --capacity if nothing else is unaccounted for", () => {
    const { name, invocationList, findings } = passingFunction();
    const [first] = findings;
    if (first === undefined) throw new Error("no finding");
    const more = (one: Pick<Finding, "code" | "parameters" | "status">): Finding =>
      ({ ...first, kind: "accounting", ...one }) as Finding;
    const refuted = more({ status: "found", code: "capacity-refuted", parameters: { open: 10, places: 4 } });
    const lost = more({ status: "unknown", code: "no-stream", parameters: {} });
    expect([
      reasonSentence("accounting", { name, invocationList, findings: [...findings, refuted] }),
      reasonSentence("accounting", { name, invocationList, findings: [...findings, refuted, lost] }),
    ]).to.deep.equal(["The peer has more places than --capacity says.", REASON_SENTENCE.accounting]);
  });

  it("does not say that the flaw harmed no invocation if it is not known whether the flaw did harm", () => {
    const { name, findings, invocationList } = passingFunction();
    const unknown = findings.map((one): Finding =>
      one.kind === "harm" ? { ...one, status: "unknown" } : one,
    );
    expect([
      reasonSentence("discipline", { name, invocationList, findings: unknown }),
      reasonSentence("discipline", { name, invocationList, findings }),
    ]).to.deep.equal([
      "The design has a flaw, and it is not known whether it did harm in this run.",
      REASON_SENTENCE.discipline,
    ]);
  });

  it("does not say that the flaw harmed no invocation if it kept, or perhaps kept, another function from the peer", () => {
    const { name, findings, invocationList } = passingFunction();
    const [first] = findings;
    if (first === undefined) throw new Error("no finding");
    const competing = {
      holder: name,
      environments: [],
      moreEnvironments: 0,
      turnedAway: "other",
      invocations: 1,
    };
    const said = (more: Pick<Finding, "code" | "parameters">): string =>
      reasonSentence("discipline", {
        name,
        invocationList,
        findings: [...findings, { ...first, kind: "exposure", ...more } as Finding],
      });
    expect([
      said({ code: "peer-shared", parameters: { ...competing, places: 1 } }),
      said({ code: "peer-perhaps-shared", parameters: competing }),
      said({
        code: "peer-shared",
        parameters: { ...competing, holder: "other", turnedAway: name, places: 1 },
      }),
    ]).to.deep.equal([
      "The design has a flaw that did no harm to this function this time, but it kept another function from the peer.",
      "The design has a flaw, and it is not known whether it did harm in this run.",
      REASON_SENTENCE.discipline,
    ]);
  });

  it("says that no exposure can be counted if the number of places is unknown", () => {
    const { name, findings, invocationList } = passingFunction();
    const unknown = findings.map((one): Finding =>
      one.check === "environments-overlap"
        ? { ...one, status: "clear", code: "places-not-known", parameters: {} }
        : one,
    );
    expect([
      reasonSentence("no-exposure", { name, invocationList, findings: unknown }),
      reasonSentence("no-exposure", { name, invocationList, findings }),
    ]).to.deep.equal([
      "No exposure can be counted, because it is not known how many connections the peer serves at one time: give --capacity.",
      REASON_SENTENCE["no-exposure"],
    ]);
  });

  it("does not say that the hazard never happened if the log does not show which environments were invoked", () => {
    const { name, findings, invocationList } = passingFunction();
    const unseen = findings.map((one): Finding =>
      one.check === "init-without-invoke"
        ? { ...one, status: "unknown", code: "starts-not-shown", parameters: { environments: 1 } }
        : one,
    );
    expect(reasonSentence("no-exposure", { name, invocationList, findings: unseen })).to.equal(
      "Nothing shows whether the hazard happened in this run, because the log has no START, END or REPORT line.",
    );
  });

  it("in all other cases, returns the usual sentence of the reason", () => {
    const unexplained = REASON_SENTENCE["unexplained-failure"];
    expect([
      reasonSentence("unexplained-failure", failedFor("peer-error", null)),
      reasonSentence("unexplained-failure", failedFor(null)),
      reasonSentence("accounting", failedFor("peer-error")),
    ]).to.deep.equal([unexplained, unexplained, REASON_SENTENCE.accounting]);
  });
});
