/** Third step of a soak: waits for late evidence. */
import { durationMs, monotonicMs } from "../base/time.ts";
import { collectMetrics } from "./collect-metrics.ts";
import { collectServerLogs } from "./collect-server-logs.ts";
import { pollEvidence, recordLogsRead, type EvidenceProblem } from "./observe.ts";
import type { Soak } from "./soak-state.ts";

/** The longest pause between two polls. A poll costs little. */
const POLL_AGAIN_MS_MAX = 15_000;
const POLL_AGAIN_MS_MIN = 200;
/**
 * A peer's log does not show when it is complete. A managed peer is an ECS task, and the log driver of the task (it sends the lines to
 * CloudWatch) may hold lines back, at most for this time after the drive.
 */
const PEER_LOG_LATE_MS = 30_000;

export async function collect(soak: Soak): Promise<void> {
  const { ports, recorder, functions, input } = soak;
  const { clock, stop } = ports;
  const ended = clock.monotonic();
  const until = ended + input.settle;
  const peersUntil = functions.some(({ peerCollector }) => peerCollector !== null)
    ? Math.min(until, ended + PEER_LOG_LATE_MS)
    : ended;
  const ofPlan = await stopPlan(soak);
  let unread: readonly EvidenceProblem[];
  for (;;) {
    unread = await pollEvidence(soak);
    const missing = functions.reduce((sum, one) => sum + one.settlement.missing.length, 0);
    const leftMs = Math.max(0, until - clock.monotonic());
    const complete = missing === 0 && unread.length === 0 && clock.monotonic() >= peersUntil;
    if (complete || leftMs === 0 || stop.abort.aborted || stop.reason === "signed-out") break;
    ports.progress.settle({ leftMs, waitsFor: missing });
    const again = Math.min(POLL_AGAIN_MS_MAX, Math.max(POLL_AGAIN_MS_MIN, input.settle / 40), leftMs);
    await clock.sleep(durationMs(again), stop.abort);
  }
  if (await collectMetrics(soak, { ended, until: monotonicMs(until) })) unread = await pollEvidence(soak);
  await collectServerLogs(soak);
  for (const problem of [...ofPlan, ...unread]) recorder.record({ event: "evidence-problem", ...problem });
  for (const one of functions) {
    const { nothingSucceeded } = one.failures;
    if (nothingSucceeded !== null)
      recorder.record({ event: "nothing-succeeded", function: one.input.label, ...nothingSucceeded });
    recordLogsRead(soak, one);
    const missingRequestIds = one.settlement.missing;
    recorder.record({
      event: "logs-settled",
      function: one.input.label,
      settled: !stop.abort.aborted && stop.reason !== "signed-out",
      missingRequestIds,
    });
  }
}

async function stopPlan(soak: Soak): Promise<readonly EvidenceProblem[]> {
  if (soak.input.plan === null || soak.service.control === null) return [];
  try {
    await soak.service.control.stopPlan();
    return [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [{ function: null, code: "plan-not-stopped", parameters: { message } }];
  }
}
