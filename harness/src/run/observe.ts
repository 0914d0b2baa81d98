/** During the drive: collects evidence, and judges it so seldom that judging takes less than a twentieth of a processor. */
import type { RunProblem, RunSource } from "../record/evidence-problems.ts";
import { signedOut } from "../words/signed-out.ts";
import {
  durationMs,
  formatDuration,
  roundedDuration,
  type DurationMs,
  type MonotonicMs,
} from "../base/time.ts";
import type { LiveJudgement } from "./ports/judge.ts";
import { clockWatch } from "./clock-watch.ts";
import { silentCopyWatch } from "./refuse-silent-copy.ts";
import type { Soak, SoakFunction } from "./soak-state.ts";

const JUDGE_SHARE = 20;
const JUDGE_EVERY_MS_MIN = 2_000;
const JUDGE_EVERY_MS_MAX = 600_000;
const PROGRESS_EVERY_MS = 250;
const LOGS_READ_EVERY_MS = 10_000;

/** A source that fails is read again at the next poll, and reported only if it still fails at the end. */
export async function observeEvidence(soak: Soak, until: AbortSignal): Promise<void> {
  const { clock } = soak.ports;
  let noted = clock.monotonic();
  const changed = clockWatch(clock);
  const refuseSilentCopy = silentCopyWatch(soak);
  while (!until.aborted) {
    await clock.sleep(soak.input.pollInterval, until);
    if (until.aborted) return;
    noteClock(soak, changed());
    const problems = await pollEvidence(soak);
    refuseSilentCopy();
    for (const one of soak.functions) sayFirstError(soak, one);
    if (clock.monotonic() - noted >= LOGS_READ_EVERY_MS && problems.length === 0) {
      noted = clock.monotonic();
      for (const one of soak.functions) recordLogsRead(soak, one);
    }
  }
}

/** Tells the user early why no invocation has succeeded. Otherwise the user would find it out only at the end. */
function sayFirstError({ ports }: Soak, { input, failures }: SoakFunction): void {
  const text = failures.firstError();
  if (text !== null) ports.progress.say(`${input.label}: no invocation has succeeded so far: ${text}`);
}

/** Records a change of the clock and tells the user. After the clock was set back, the times of log lines do not show their order. */
function noteClock(soak: Soak, byMs: number): void {
  if (byMs === 0) return;
  const { recorder, ports } = soak;
  recorder.record({ event: "clock-changed", byMs });
  if (byMs > 0) {
    const by = formatDuration(roundedDuration(durationMs(byMs)));
    ports.progress.say(`this machine's clock went ahead by ${by}, or the machine slept`);
    return;
  }
  const problem: RunProblem = { code: "run-clock-set-back", parameters: { byMs: -byMs } };
  ports.progress.sayProblem(problem);
  recorder.record({ event: "evidence-problem", function: null, ...problem });
  for (const one of soak.functions) one.collector.lookBack(durationMs(-byMs));
}

/** Reads all sources once. Returns a problem for each source that could not be read. */
export async function pollEvidence(soak: Soak): Promise<readonly EvidenceProblem[]> {
  const problems: EvidenceProblem[] = [];
  const attempt = async (
    label: string | null,
    source: RunSource,
    read: () => Promise<unknown>,
  ): Promise<void> => {
    try {
      await read();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const noSignIn = signedOut(error);
      if (noSignIn === "refused") soak.signIn.refused();
      if (noSignIn === "no-credentials") soak.signIn.withoutCredentials(message);
      problems.push({ function: label, code: "evidence-not-read", parameters: { source, message } });
    }
  };
  await Promise.all([
    ...soak.functions.map((one) =>
      attempt(one.input.label, "function-log", () => one.collector.poll(soak.ports.stop.abort)),
    ),
    ...soak.functions.map((one) =>
      attempt(one.input.label, "peer-log", async () => one.peerCollector?.poll(soak.ports.stop.abort)),
    ),
    attempt(null, "engine-records", async () => soak.engineRecords?.pull()),
  ]);
  return problems;
}

export type EvidenceProblem = RunProblem & { readonly function: string | null };

export function recordLogsRead(soak: Soak, one: SoakFunction): void {
  const through = new Date(one.collector.through).toISOString();
  soak.recorder.record({
    event: "logs-read",
    function: one.input.label,
    through,
    records: one.collector.records,
  });
}

/** Judges the evidence again and again during the drive. Stops the run at the first harm if the user asked for this. */
export async function judgeAlong(
  soak: Soak,
  until: AbortSignal,
  show: (judgement: LiveJudgement, began: MonotonicMs) => void,
): Promise<void> {
  const { clock, stop } = soak.ports;
  let wait: DurationMs = durationMs(JUDGE_EVERY_MS_MIN);
  while (!until.aborted) {
    await clock.sleep(wait, until);
    if (until.aborted) return;
    const began = clock.monotonic();
    const judgement = await judgeNow(soak, until);
    // The next judgement may succeed: the system may have killed the judging process because memory was short.
    if (judgement === "broken") wait = durationMs(Math.min(JUDGE_EVERY_MS_MAX, 2 * wait));
    if (judgement === "broken" || judgement === null) continue;
    wait = durationMs(Math.max(JUDGE_EVERY_MS_MIN, JUDGE_SHARE * judgement.processorMs));
    show(judgement, began);
    soak.ports.metrics?.judged(judgement);
    if (soak.input.stopOnHarm && judgement.harmed > 0) stop.requestDrain("harm");
  }
}

/** A judgement that fails does not end the drive, because the evidence can be judged later. Says why it failed, and returns `broken`. */
async function judgeNow({ ports }: Soak, until: AbortSignal): Promise<LiveJudgement | null | "broken"> {
  try {
    return await ports.judge.live(until);
  } catch (error) {
    ports.progress.say(
      `the evidence so far cannot be judged: ${error instanceof Error ? error.message : String(error)}`,
    );
    return "broken";
  }
}

export async function showAlong(soak: Soak, until: AbortSignal, show: () => void): Promise<void> {
  while (!until.aborted) {
    show();
    await soak.ports.clock.sleep(durationMs(PROGRESS_EVERY_MS), until);
  }
}
