/**
 * Reads the own logs of the user's servers when the run has ended, and keeps what they say of the run as peer log. They are read as a whole and
 * once, so a run that was resumed has them complete.
 */
import { parseIsoTime, epochMs } from "../units/time.ts";
import type { Soak } from "./soak-state.ts";

export async function collectServerLogs({ ports, input, recorder, functions }: Soak): Promise<void> {
  const [only] = functions;
  if (ports.serverLogs === null || only === undefined) return;
  const { label } = only.input;
  const { createdAt, target, profile } = input.manifest;
  // On one machine there is one clock.
  const since = epochMs((parseIsoTime(createdAt) ?? 0) - (target === "local" ? 0 : profile.clockToleranceMs));
  const problem = (text: string): void =>
    void recorder.record({ event: "evidence-problem", function: label, text });
  try {
    const { unreadable, notices } = await ports.serverLogs.read(since, (record) =>
      ports.store.appendPeer(label, record),
    );
    for (const notice of notices) ports.progress.say(notice);
    for (const { source, lines, example } of unreadable)
      problem(
        `${lines} ${lines === 1 ? "line" : "lines"} of ${source} could not be read; the first is '${example ?? ""}'`,
      );
  } catch (error) {
    problem(`the server's log could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
