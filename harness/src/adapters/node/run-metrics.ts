/** The figures of a run in Prometheus' format. The help text of each metric says what it means (docs/long-runs.md). */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { INVOCATION_OUTCOMES } from "../../record/invocation.ts";
import type { JournalEvent } from "../../record/journal.ts";
import { VERDICTS } from "../../words/verdict.ts";
import type { Clock } from "../../run/ports/clock.ts";
import type { LiveJudgement } from "../../run/ports/judge.ts";
import type { Metrics } from "../../run/ports/metrics.ts";
import { parseIsoTime } from "../../base/time.ts";

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900];
const OUTCOMES = [...INVOCATION_OUTCOMES, "skipped"];

interface RunMetrics extends Metrics {
  readonly contentType: string;
  text(): Promise<string>;
}

export function runMetrics(labels: readonly string[], clock: Clock): RunMetrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const registers = [register];
  const invocations = new Counter({
    name: "longrun_invocations_total",
    help: "Planned invocations that ended or were skipped, by outcome, since this process started.",
    labelNames: ["function", "outcome"],
    registers,
  });
  const latency = new Histogram({
    name: "longrun_invocation_latency_seconds",
    help: "The time from the due time of an invocation until the last byte of its answer.",
    labelNames: ["function"],
    buckets: SECONDS,
    registers,
  });
  const late = new Histogram({
    name: "longrun_invocation_late_seconds",
    help: "The time from the due time of an invocation until it was sent.",
    labelNames: ["function"],
    buckets: SECONDS,
    registers,
  });
  const judgedGauge = (name: string, help: string): Gauge<"function"> =>
    new Gauge({ name, help: `${help} As of the last judgement.`, labelNames: ["function"], registers });
  const harmed = judgedGauge("longrun_harmed_invocations", "Invocations harmed in the whole run.");
  const exposures = judgedGauge("longrun_exposures", "Exposures in the whole run.");
  const alive = judgedGauge("longrun_environments_alive", "Execution environments without a known end.");
  const verdict = new Gauge({
    name: "longrun_verdict",
    help: "1 for the verdict on the evidence so far, 0 for the other verdicts. As of the last judgement.",
    labelNames: ["function", "verdict"],
    registers,
  });
  const judgedAt = new Gauge({
    name: "longrun_last_judgement_timestamp_seconds",
    help: "When the evidence was last judged.",
    registers,
  });
  const readThrough = new Map<string, number>();
  new Gauge({
    name: "longrun_last_log_read_age_seconds",
    help: "The function's log was read up to an instant; this is the time since that instant. Absent before the first reading.",
    labelNames: ["function"],
    registers,
    collect() {
      for (const [label, through] of readThrough)
        this.set({ function: label }, Math.max(0, clock.now() - through) / 1_000);
    },
  });
  beginAtZero(invocations, labels);

  return {
    contentType: register.contentType,
    text: () => register.metrics(),
    recorded: (event: JournalEvent) => {
      if (event.event === "invocation-sent") late.observe({ function: event.function }, event.lateMs / 1_000);
      if (event.event === "invocation-skipped")
        invocations.inc({ function: event.function, outcome: "skipped" });
      if (event.event === "invocation-ended") {
        invocations.inc({ function: event.function, outcome: event.outcome });
        latency.observe({ function: event.function }, event.latencyMs / 1_000);
      }
      if (event.event === "logs-read") {
        const through = parseIsoTime(event.through);
        if (through !== null) readThrough.set(event.function, through);
      }
    },
    judged: (judgement: LiveJudgement) => {
      judgedAt.set(clock.now() / 1_000);
      for (const one of judgement.functions) {
        const label = { function: one.name };
        harmed.set(label, one.harmed);
        exposures.set(label, one.exposures);
        alive.set(label, one.environmentsAlive);
        for (const name of VERDICTS) verdict.set({ ...label, verdict: name }, name === one.verdict ? 1 : 0);
      }
    },
  };
}

/** Starts each series at 0, so that Prometheus sees the first failure as an increase. */
function beginAtZero(invocations: Counter<"function" | "outcome">, labels: readonly string[]): void {
  for (const label of labels)
    for (const outcome of OUTCOMES) invocations.inc({ function: label, outcome }, 0);
}
