/** Starts an engine, and plays a recording of `make verify` against it, with the function that `make verify` deploys. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packProbe } from "../../../../scripts/infra/verify/pack-probe.ts";
import type { Recording } from "../../../../scripts/infra/verify/recording/recording.ts";
import { realEngine } from "../../engine/support/real-engine.ts";
import { recordingSession } from "./recording-session.ts";
import { replayRecording, type Replayed } from "./replay-recording.ts";

interface Played {
  readonly replayed: Replayed;
  /** How many answers were not played. */
  readonly left: number;
}

export async function playRecording(recording: Recording): Promise<Played> {
  const session = recordingSession(recording);
  const on = await realEngine();
  try {
    const file = join(on.folder, "probe.zip");
    await packProbe(file);
    const replayed = await replayRecording(session, {
      endpoint: on.engine.endpoint,
      zip: readFileSync(file),
    });
    return { replayed, left: session.left.length };
  } finally {
    await on.close();
  }
}
