/** The only way from evidence to a result. What a run was started with decides how it is judged; overrides stand in the result. */
import { toolVersion } from "../adapters/node/tool-version.ts";
import { openRun } from "../adapters/run-directory/open-run.ts";
import { judgementNeeds } from "../analysis/judgement-needs.ts";
import { ALL_CHECKS } from "../analysis/verdict/checks/all-checks.ts";
import type { Evidence } from "../domain/evidence.ts";
import { judgementSettings, type Overrides } from "../domain/judgement-settings.ts";
import type { Manifest } from "../domain/manifest.ts";
import type { RunResult } from "../domain/run-result.ts";
import type { EvidenceNeeds } from "../evidence/evidence-need.ts";
import { heldEvidence } from "../evidence/held-evidence.ts";
import { judgeEvidence, type ReadEvidence } from "./judge-evidence.ts";

/** `run` is the folder of a run, its evidence in memory, or evidence that was read with what `judgementReads` says. */
export function judgeRun(run: string | Evidence | ReadEvidence, overrides: Overrides = {}): RunResult {
  if (typeof run !== "string") {
    const read = "evidence" in run ? run : { evidence: heldEvidence(run) };
    return judgeEvidence(read, overrides, toolVersion());
  }
  const opened = openRun(run, (manifest) => judgementReads(manifest, overrides));
  try {
    return judgeEvidence(opened, overrides, toolVersion());
  } finally {
    opened.close();
  }
}

/** Returns what the judgement reads of quiet invocations (evidence/evidence-need.ts), and how far apart clocks may be while it is read. */
export function judgementReads(
  manifest: Manifest | null,
  overrides: Overrides,
): { readonly needs: EvidenceNeeds; readonly clockToleranceMs: number } {
  const { capacity, peerCapacities, inFlight, clockToleranceMs } = judgementSettings(manifest, overrides);
  const every = [capacity, ...Object.values(peerCapacities.named)];
  const places = every.every((one) => one.places === 1) ? 1 : null;
  return { needs: judgementNeeds(ALL_CHECKS, { places, inFlight }), clockToleranceMs };
}
