/** Lets the judge of today and the theory judge the same run, and compares them invocation by invocation. */
import { openRun } from "../../../src/adapters/run-directory/scan-run.ts";
import { correlateEvidence } from "../../../src/analysis/correlate/correlate-evidence.ts";
import { linksWhole, readLinks } from "../../../src/analysis/timeline/link-timeline.ts";
import { orderedJournal } from "../../../src/analysis/timeline/ordered-journal.ts";
import { assessInvocations } from "../../../src/analysis/verdict/assessed-invocation.ts";
import type { InvocationAssessment } from "../../../src/analysis/verdict/invocation-assessment.ts";
import { judgementSettings } from "../../../src/judge/judge-run.ts";
import type { Overrides } from "../../../src/record/judgement-settings.ts";
import { judgeHypotheses } from "../../../src/theory/judge-hypotheses.ts";
import type { HarmAnswer } from "../../../src/theory/model/claim.ts";
import { ADMISSIONS } from "../../../src/words/admission.ts";
import { hypothesesOf } from "./hypotheses-of.ts";
import { seenEnds } from "./seen-ends.ts";

export interface BothJudges {
  readonly functionName: string;
  /** Whether our own peer was the server, so that its manner is known. */
  readonly ownPeer: boolean;
  readonly theory: "fits" | "does not fit" | "too many histories" | "no facts";
  readonly answers: readonly {
    readonly invocation: string;
    readonly today: HarmAnswer["harmed"];
    readonly theory: HarmAnswer["harmed"];
    /** Null if one of the two names no holder. */
    readonly sameHolder: boolean | null;
  }[];
}

const TODAY: Readonly<Record<InvocationAssessment["judged"], HarmAnswer["harmed"]>> = {
  ...{ served: "clear", "not-harmed": "clear", harmed: "found", unknown: "unknown" },
};

export function judgeTwice(folder: string, overrides: Overrides = {}): BothJudges[] {
  const { evidence, close } = openRun(folder);
  const { manifest } = evidence;
  const settings = { ...judgementSettings(manifest, overrides), until: null, toolVersion: "" };
  const admission = ADMISSIONS.find((one) => one === manifest?.profile.admission) ?? null;
  const links = evidence.functions.map(({ linkLog }) => (linkLog === null ? null : readLinks(linkLog)));
  const shared = {
    ...{ evidence, settings, streamsOf: new Map<string, ReadonlySet<string>>() },
    journal: evidence.journal === null ? null : orderedJournal(evidence.journal),
    linksWhole: linksWhole(links.flatMap((some) => some ?? [])),
    probed: manifest?.peers?.find(({ name }) => name === null) ?? null,
  };
  try {
    return evidence.functions.map((one, index) => {
      const history = correlateEvidence({ ...shared, links: links[index] ?? null }, one);
      const judged = [...assessInvocations(history)];
      const failed = new Set(
        judged.flatMap(({ invocation, outcome }) => (outcome === "succeeded" ? [] : (invocation ?? []))),
      );
      const hypotheses = hypothesesOf(history, admission, {
        failed: (invocation) => failed.has(invocation),
        ends: seenEnds(one.linkLog ?? []),
      });
      const { answers, fates, tooManyHistories } = judgeHypotheses(hypotheses);
      return {
        functionName: one.name,
        ownPeer: admission !== null,
        theory:
          hypotheses.length === 0
            ? "no facts"
            : tooManyHistories
              ? "too many histories"
              : fates.size > 0
                ? "fits"
                : "does not fit",
        answers: judged.flatMap(({ invocation, assessment }) => {
          const answer = answers.get(invocation?.requestId ?? "");
          if (invocation === null || assessment === null || answer === undefined) return [];
          const holder = assessment.judged === "harmed" ? assessment.holder.id : null;
          return [
            {
              ...{ invocation: invocation.requestId, today: TODAY[assessment.judged], theory: answer.harmed },
              sameHolder: holder === null || answer.holders === null ? null : answer.holders.includes(holder),
            },
          ];
        }),
      };
    });
  } finally {
    close();
  }
}
