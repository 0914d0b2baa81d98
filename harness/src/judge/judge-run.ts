/** The only way from evidence to a result. What a run was started with decides how it is judged; overrides stand in the result. */
import { toolVersion } from "../adapters/node/tool-version.ts";
import { openRun } from "../adapters/run-directory/open-run.ts";
import type { Evidence } from "../record/evidence.ts";
import type { Overrides } from "../record/judgement-settings.ts";
import type { RunResult } from "../result/run-result.ts";
import { heldEvidence } from "../evidence/held-evidence.ts";
import { judgeEvidence, type ReadEvidence } from "./judge-evidence.ts";

/** `run` is the folder of a run, its evidence in memory, or evidence that was read from elsewhere. */
export function judgeRun(run: string | Evidence | ReadEvidence, overrides: Overrides = {}): RunResult {
  if (typeof run !== "string") {
    const read = "evidence" in run ? run : { evidence: heldEvidence(run) };
    return judgeEvidence(read, overrides, toolVersion());
  }
  const opened = openRun(run);
  try {
    return judgeEvidence(opened, overrides, toolVersion());
  } finally {
    opened.close();
  }
}
