/** Puts a judgement together: settings, analysis, sentences. The same evidence and overrides give the same result. */
import { analyze } from "../analysis/analyze.ts";
import { LongrunError } from "../base/errors.ts";
import { judgementSettings, OVERRIDABLE, present, type Overrides } from "../record/judgement-settings.ts";
import type { RunResult } from "../result/run-result.ts";
import type { GatheredEvidence } from "../evidence/gathered-evidence.ts";
import { describeJudgement } from "../report/wording/describe-judgement.ts";
import { didYouMean } from "../settings/closest-name.ts";
import type { EpochMs } from "../base/time.ts";

export interface ReadEvidence {
  readonly evidence: GatheredEvidence;
  /** The end of the evidence, if it is later than the last event. */
  readonly until?: EpochMs | null;
  /** What was noticed while the evidence was read, in sentences. */
  readonly notices?: readonly string[];
}

export function judgeEvidence(
  { evidence, until = null, notices = [] }: ReadEvidence,
  overrides: Overrides,
  toolVersion: string,
): RunResult {
  const wrong = Object.keys(overrides).find((name) => !OVERRIDABLE.some((known) => known === name));
  if (wrong !== undefined)
    throw new LongrunError(
      "usage",
      `A judgement has no setting ${wrong}: expected one of ${OVERRIDABLE.join(", ")}${didYouMean(wrong, OVERRIDABLE)}`,
    );
  const settings = { ...judgementSettings(evidence.manifest, overrides), until, toolVersion };
  const { notices: own = [], ...result } = describeJudgement(analyze(evidence, settings));
  const said = [...own, ...notices];
  const given = present(overrides);
  return {
    ...result,
    ...(Object.keys(given).length === 0 ? {} : { overrides: given }),
    ...(said.length === 0 ? {} : { notices: said }),
  };
}
