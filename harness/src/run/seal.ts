/** Last step of a soak: judges the evidence. */
import { notAvailable, type LongrunError } from "../base/errors.ts";
import type { DriveStopReason } from "../record/journal.ts";
import type { JudgedRun } from "./ports/judge.ts";
import type { Manifest } from "../record/manifest.ts";
import type { SoakEnd } from "./soak-end.ts";
import type { Soak } from "./soak-state.ts";

/** A run that stopped for one of these reasons can be continued later. */
const CAN_BE_RESUMED: ReadonlySet<DriveStopReason> = new Set<DriveStopReason>([
  "signal",
  "signed-out",
  "engine-gone",
  "disk-full",
]);

export async function seal(soak: Soak): Promise<SoakEnd> {
  const { ports } = soak;
  const interrupted = ports.stop.reason !== null && CAN_BE_RESUMED.has(ports.stop.reason);
  end(soak, interrupted ? "interrupted" : "ended");
  ports.store.makeRoom();
  const judged = await unlessAborted(ports.judge.seal(), ports.stop.abort);
  if (judged === null) return { kind: "aborted" };
  return { kind: "judged", judged, interrupted, failure: failureOf(soak) ?? soak.undoFailure };
}

/** Judging much evidence takes long. Null if the operator aborts meanwhile. */
function unlessAborted(work: Promise<JudgedRun>, abort: AbortSignal): Promise<JudgedRun | null> {
  return new Promise((resolve, reject) => {
    abort.addEventListener("abort", () => resolve(null), { once: true });
    work.then(resolve, reject);
  });
}

function failureOf({ ports }: Soak): LongrunError | null {
  const hint = `The evidence until then is in ${ports.store.folder}. To continue the run: longrun soak --resume ${ports.store.folder}`;
  switch (ports.stop.reason) {
    case "engine-gone":
      return notAvailable("The local engine ended in the middle of the run.", { hint });
    case "disk-full":
      return notAvailable("The disk is full; the run was ended before its time.", {
        hint,
      });
    case "signed-out":
      return notAvailable("AWS no longer accepts the credentials; the run was ended before its time.", {
        hint: `Sign in again (aws sso login, or new keys), then continue the run: longrun soak --resume ${ports.store.folder}`,
      });
    case "handler-not-loadable":
    case "copy-without-log":
    case "harm":
    case "signal":
    case null:
      return null;
  }
}

export function sealAborted(soak: Soak): SoakEnd {
  soak.recorder.record({ event: "stop-requested", reason: "abort" });
  end(soak, "aborted");
  return { kind: "aborted" };
}

function end(soak: Soak, status: Manifest["status"]): void {
  const { time } = soak.recorder.record({ event: "run-ended" });
  soak.ports.store.writeManifest({ ...soak.manifest, status, endedAt: time });
  if (status !== "aborted") soak.ports.progress.say("judging");
}
