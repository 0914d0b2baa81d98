/** Second step of a soak, the drive: invokes every function at its due times, until the last invocation has ended. */
import type { JudgedSoFar } from "./ports/progress.ts";
import { durationMs, epochMs, isoTime, monotonicMs, type EpochMs, type MonotonicMs } from "../base/time.ts";
import { invocationsIn } from "../provoke/play-steps.ts";
import { invokeOnce } from "./invoke-once.ts";
import { judgeAlong, observeEvidence, showAlong } from "./observe.ts";
import { instantsIn, paceLanes } from "./pacing.ts";
import { planFrom } from "./plan-from.ts";
import type { Soak, SoakFunction } from "./soak-state.ts";

/** The loading of the plan begins this long before the planned start, because the engine needs the plan before the plan begins. */
const LEAD_MS = 200;

export async function drive(soak: Soak): Promise<void> {
  const { ports, recorder } = soak;
  const { stop } = ports;
  const start = await begin(soak);
  const over = new AbortController();
  const recordStop = (): void => {
    recorder.record({ event: "stop-requested", reason: stop.reason ?? "signal" });
  };
  stop.drain.addEventListener("abort", recordStop, { once: true });
  if (stop.drain.aborted) recordStop();
  let judged: JudgedSoFar | null = null;
  const beside = Promise.all([
    observeEvidence(soak, over.signal),
    judgeAlong(soak, over.signal, ({ environmentsAlive, exposures, harmed }, began) => {
      judged = { asOfMs: elapsedAt(soak, start, began), environmentsAlive, exposures, harmed };
    }),
    showAlong(soak, over.signal, () => showDrive(soak, start, judged, false)),
  ]);
  try {
    await Promise.race([
      Promise.all(soak.functions.map((one) => driveFunction(soak, one, start))),
      failing(beside),
    ]);
  } finally {
    soak.reloadPlan = null;
    over.abort();
    stop.drain.removeEventListener("abort", recordStop);
  }
  await beside;
  showDrive(soak, start, judged, true);
  if (!stop.drain.aborted) recorder.record({ event: "stop-requested", reason: "duration" });
  recorder.record({ event: "drive-ended" });
}

/** Rejects if `beside` rejects. Never resolves. */
function failing(beside: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => {
    beside.catch(reject);
  });
}

async function begin(soak: Soak): Promise<MonotonicMs> {
  const { clock, stop } = soak.ports;
  const startAt = epochMs(clock.now() + LEAD_MS);
  await loadPlan(soak, elapsedBefore(soak), startAt);
  await clock.sleep(durationMs(Math.max(0, startAt - clock.now())), stop.drain);
  const monotonic = clock.monotonic();
  soak.reloadPlan = () => loadPlan(soak, elapsedAt(soak, monotonic, clock.monotonic()), clock.now());
  soak.recorder.record({ event: "drive-started" });
  return monotonic;
}

/**
 * Gives the platform the plan from `elapsedMs` on. `at` is the time of day at which `elapsedMs` of the plan have passed. Returns how many
 * entries are left out.
 */
async function loadPlan(
  { input, service, functions }: Soak,
  elapsedMs: number,
  at: EpochMs,
): Promise<number> {
  if (input.plan === null || service.control === null) return 0;
  const { plan, skipped } = planFrom(input.plan, elapsedMs);
  await service.control.loadPlan({
    plan,
    functions: functions.map((one) => one.input.functionName),
    startAt: isoTime(epochMs(at - elapsedMs)),
    // If the run was killed and its engine was not, the plan of the killed part may still run.
    replaces: input.resume !== null,
  });
  return skipped;
}

async function driveFunction(soak: Soak, one: SoakFunction, start: MonotonicMs): Promise<void> {
  const { input, ports, recorder } = soak;
  const label = one.input.label;
  const lastInstant = input.resume?.lastInstant ?? 0;
  for (const { n, dueAt } of input.resume?.functions.get(label)?.missed ?? [])
    recorder.record({ event: "invocation-skipped", function: label, n, dueAt });
  // The wall clock may have been changed since the start.
  const dueAt = (due: MonotonicMs): EpochMs => epochMs(ports.clock.now() - (ports.clock.monotonic() - due));
  if (input.schedule !== undefined) {
    await inOrder(soak, { start, invocations: invocationsIn(input.schedule) }, (n, due) =>
      invokeOnce(soak, one, { n, due }, dueAt(due)),
    );
    return;
  }
  await paceLanes({
    lanes: input.reservedConcurrency,
    clock: ports.clock,
    start: monotonicMs(start - lastInstant * input.interval),
    interval: input.interval,
    first: lastInstant + 1,
    last: instantsIn(input.duration, input.interval),
    stop: ports.stop.drain,
    invoke: (instant) => invokeOnce(soak, one, instant, dueAt(instant.due)),
    skip: ({ n, due }) => {
      recorder.record({
        event: "invocation-skipped",
        function: label,
        n,
        dueAt: isoTime(epochMs(Math.round(dueAt(due)))),
      });
    },
  });
}

/** However long an invocation or a change takes, none is left out: the next one is due an interval after it. */
async function inOrder(
  { input, ports: { clock, stop } }: Soak,
  { start, invocations }: { readonly start: MonotonicMs; readonly invocations: number },
  invoke: (n: number, due: MonotonicMs) => Promise<void>,
): Promise<void> {
  let due = start;
  for (let n = 1; n <= invocations; n += 1) {
    due = monotonicMs(due + input.interval);
    await clock.sleep(durationMs(Math.max(0, due - clock.monotonic())), stop.drain);
    if (stop.drain.aborted) return;
    await invoke(n, due);
    due = clock.monotonic();
  }
}

function showDrive(soak: Soak, start: MonotonicMs, judged: JudgedSoFar | null, last: boolean): void {
  const { ports, input, recorder } = soak;
  const elapsedMs = elapsedAt(soak, start, ports.clock.monotonic());
  ports.progress.drive({ elapsedMs, totalMs: input.duration, ...recorder.counts, judged }, last);
}

/** Returns how much of the drive has passed at `at`. This includes the time before an interruption. */
function elapsedAt(soak: Soak, start: MonotonicMs, at: MonotonicMs): number {
  return Math.max(0, at - start + elapsedBefore(soak));
}

export const elapsedBefore = ({ input }: Pick<Soak, "input">): number =>
  (input.resume?.lastInstant ?? 0) * input.interval;
