/** Opens the evidence in a run directory. */
import type { GatheredEvidence } from "../../evidence/gathered-evidence.ts";
import { RunGathering, type RunSink, type ScannedRun } from "../../evidence/gather-run.ts";
import { SpilledTexts } from "../storage/spilled-texts.ts";
import { scanRun } from "./scan-run.ts";

export interface OpenRun {
  readonly evidence: GatheredEvidence;
  /** After this call, the evidence cannot be read. */
  readonly close: () => void;
}

export function openRun(folder: string): OpenRun {
  const gathering = new RunGathering(new SpilledTexts());
  try {
    return opened(scanRun(folder, gathering), gathering);
  } catch (error) {
    gathering.close();
    throw error;
  }
}

/** Passes evidence that is not in the folder to `sink`. Resolves with the run and what is now known about its sources. */
export type AddEvidence = (run: ScannedRun, sink: RunSink) => Promise<ScannedRun>;

/** Opens a run directory together with evidence from elsewhere, such as a server's log that the run did not read. */
export async function openRunWith(folder: string, add: AddEvidence): Promise<OpenRun> {
  const gathering = new RunGathering(new SpilledTexts());
  try {
    return opened(await add(scanRun(folder, gathering), gathering), gathering);
  } catch (error) {
    gathering.close();
    throw error;
  }
}

function opened(run: ScannedRun, gathering: RunGathering): OpenRun {
  return { evidence: gathering.evidence(run), close: () => gathering.close() };
}
