/**
 * After a run, reads the logs of the user's servers from their beginning. Connections that were open during the run go into the peer log.
 */
import { isLongrunError } from "../base/errors.ts";
import type { RunProblem } from "../record/evidence-problems.ts";
import type { Manifest } from "../record/manifest.ts";
import { parseIsoTime, epochMs, type EpochMs } from "../base/time.ts";
import type { Recorder } from "./recorder.ts";
import type { FunctionInput, SoakPorts } from "./soak-input.ts";

function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return isLongrunError(error) && error.hint !== null ? `${error.message} ${error.hint}` : error.message;
}

type CreatedRun = Pick<Manifest, "createdAt" | "target"> & {
  readonly profile: Pick<Manifest["profile"], "clockToleranceMs">;
};

/** Returns the time, by the server's clock, from which on the server's log matters to the run. */
export function readSince({ createdAt, target, profile }: CreatedRun): EpochMs {
  // A local run and its server are assumed to have the same clock.
  return epochMs((parseIsoTime(createdAt) ?? 0) - (target === "local" ? 0 : profile.clockToleranceMs));
}

export interface WithServerLogs {
  readonly ports: Pick<SoakPorts, "serverLogs"> & {
    readonly progress: Pick<SoakPorts["progress"], "sayNotice">;
    readonly store: Pick<SoakPorts["store"], "appendPeer">;
  };
  readonly input: { readonly manifest: CreatedRun };
  readonly recorder: Pick<Recorder, "record">;
  readonly functions: readonly { readonly input: Pick<FunctionInput, "label"> }[];
}

export async function collectServerLogs({
  ports,
  input,
  recorder,
  functions,
}: WithServerLogs): Promise<void> {
  const [only] = functions;
  if (ports.serverLogs === null || only === undefined) return;
  const { label } = only.input;
  const note = (problem: RunProblem): void =>
    void recorder.record({ event: "evidence-problem", function: label, ...problem });
  try {
    const { unreadable, notices } = await ports.serverLogs.read(readSince(input.manifest), (record) =>
      ports.store.appendPeer(label, record),
    );
    for (const notice of notices) {
      ports.progress.sayNotice(notice);
      recorder.record({ event: "evidence-notice", function: label, ...notice });
    }
    for (const { source, lines, example } of unreadable)
      note({ code: "server-log-lines-not-read", parameters: { source, lines, example } });
  } catch (error) {
    note({ code: "server-log-not-read", parameters: { message: inWords(error) } });
  }
}
