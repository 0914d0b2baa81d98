/**
 * Finds the Init of one environment, and Inits that were repeated inside an invocation. Logs of container images and logs before December
 * 2022 have no INIT_START, so for them the Init Duration in the first REPORT is used.
 */
import { earlier, earlierBy } from "../../base/clocks.ts";
import { durationMs, type DurationMs, type EpochMs } from "../../base/time.ts";
import type { PhaseStatus } from "../../words/platform-words.ts";
import type { PlatformEvent } from "../../logs/platform-event.ts";
import { familyOfVersionText } from "../../catalogue/runtimes/all-runtimes.ts";
import type { BootTracker } from "./boot-tracker.ts";
import type {
  Init,
  ObservedBoot,
  ObservedEnvironment,
  ObservedInvocation,
  StreamRuntime,
} from "./environment.ts";

type InitStart = Extract<PlatformEvent, { event: "init-start" }>;
type InitReport = Extract<PlatformEvent, { event: "init-report" }>;
type RestoreStart = Extract<PlatformEvent, { event: "restore-start" }>;
type RestoreReport = Extract<PlatformEvent, { event: "restore-report" }>;

/**
 * In text format, the report of a repeated Init comes before the START of the invocation that waited for this Init. There is at most this
 * time between the two lines.
 */
const START_FOLLOWS_MS = 1_000;

interface FailedAhead {
  readonly errorType: string | null;
  readonly at: EpochMs;
  /** The process of this Init. Null if no report of it has come. */
  boot: ObservedBoot | null;
}

export class InitTracker {
  readonly #environment: ObservedEnvironment;
  readonly #boots: BootTracker;
  #repeatedOpen = false;
  /** Set if a repeated Init failed before the START of the invocation that waited for it. */
  #failedAhead: FailedAhead | null = null;
  /** The first REPORT that has an Init Duration. */
  #reported: { readonly durationMs: DurationMs; readonly invocation: ObservedInvocation } | null = null;

  constructor(environment: ObservedEnvironment, boots: BootTracker) {
    this.#environment = environment;
    this.#boots = boots;
  }

  /** `running` is the invocation that was started last. */
  start(event: InitStart, time: EpochMs, running: ObservedInvocation | null): void {
    const environment = this.#environment;
    this.#noteRuntime(event);
    environment.initializationType ??= event.initializationType;
    if (event.phase === "snap-start") environment.snapshot = true;
    const { init } = environment;
    // Logs of early 2023 have a second INIT_START if the Init ran again.
    if (event.phase === "invoke" || (init !== null && (running !== null || hasFailed(init.status)))) {
      environment.repeatedInits += 1;
      this.#repeatedOpen = true;
      this.#boots.running(time);
      return;
    }
    if (init !== null) return;
    environment.init = unended(time);
    this.#boots.running(time);
  }

  report(event: InitReport, time: EpochMs, running: ObservedInvocation | null): void {
    const environment = this.#environment;
    const again = environment.init === null ? running !== null : hasFailed(environment.init.status);
    if (event.phase === "invoke" || (event.phase === null && (again || running !== null)))
      return this.#repeated(event, time, running);
    environment.initializationType ??= event.initializationType;
    if (event.phase === "snap-start") environment.snapshot = true;
    this.#reportedEnd(event, time, earlier(environment.firstLine, earlierBy(time, event.durationMs ?? 0)));
  }

  /** `start` counts as the beginning of the Init if no line showed it. */
  #reportedEnd(event: InitReport | RestoreReport, time: EpochMs, start: EpochMs): void {
    const init = (this.#environment.init ??= unended(start));
    const { status } = event;
    init.durationMs ??= durationMs(event.durationMs);
    if (status !== "success") return this.failed(status, time);
    if (init.status !== null) return;
    init.status = "success";
    init.end = time;
    init.endSource = "reported";
  }

  #repeated(event: InitReport, time: EpochMs, running: ObservedInvocation | null): void {
    if (!this.#repeatedOpen) this.#environment.repeatedInits += 1;
    this.#repeatedOpen = false;
    this.repeatedEnded(event.status === "success", event.errorType, time, running);
    const boot = this.#boots.running(earlierBy(time, event.durationMs ?? 0));
    if (event.status === "success") return;
    this.#boots.close(boot, time, event.status === "timeout" ? "timeout" : "crash");
    if (this.#failedAhead !== null) this.#failedAhead.boot = boot;
  }

  /**
   * If an invocation is running, it waited for the repeated Init. In text format none is running yet: the invocation whose START follows
   * waited for the Init.
   */
  repeatedEnded(
    succeeded: boolean,
    errorType: string | null,
    time: EpochMs,
    running: ObservedInvocation | null,
  ): void {
    const failure = succeeded ? null : { errorType };
    this.#failedAhead = null;
    if (running !== null && running.end === null) running.initFailed = failure;
    // Events of one millisecond may come in any order. So an invocation that failed in this millisecond waited for this Init.
    else if (running !== null && running.end === time && running.status !== "success")
      running.initFailed ??= failure;
    else if (failure !== null) this.#failedAhead = { ...failure, at: time, boot: null };
  }

  failed(status: Exclude<PhaseStatus, "success">, time: EpochMs): void {
    const { init } = this.#environment;
    if (init === null || hasFailed(init.status)) return;
    init.status = status === "timeout" ? "timeout" : "error";
    init.end = time;
    init.endSource = "reported";
    this.#boots.closeCurrent(time, status === "timeout" ? "timeout" : "crash");
  }

  failedByLine(time: EpochMs): void {
    const environment = this.#environment;
    environment.init ??= unended(environment.firstLine);
    if (environment.init.status === null) this.failed("error", time);
  }

  /** The life of a restored environment begins with the restore. Connections of the snapshot's Init are not its own. */
  restoreStart(event: RestoreStart, time: EpochMs): void {
    const environment = this.#environment;
    this.#noteRuntime(event);
    environment.initializationType = "snap-start";
    environment.restored = true;
    environment.init ??= unended(time);
    this.#boots.running(time);
  }

  restoreReport(event: RestoreReport, time: EpochMs): void {
    const environment = this.#environment;
    environment.restored = true;
    environment.initializationType = "snap-start";
    this.#reportedEnd(event, time, earlierBy(time, event.durationMs ?? 0));
  }

  /**
   * Returns the process of a repeated Init that failed just before. The invocation that waited for this Init belongs to that process,
   * because no other process began for the invocation.
   */
  failedBoot(time: EpochMs): ObservedBoot | null {
    const ahead = this.#failedAhead;
    return ahead !== null && time - ahead.at <= START_FOLLOWS_MS ? ahead.boot : null;
  }

  invocationStarted(invocation: ObservedInvocation, time: EpochMs): void {
    this.#repeatedOpen = false;
    const ahead = this.#failedAhead;
    this.#failedAhead = null;
    if (ahead !== null && time - ahead.at <= START_FOLLOWS_MS)
      invocation.initFailed = { errorType: ahead.errorType };
  }

  invocationReported(invocation: ObservedInvocation, initDurationMs: DurationMs | null): void {
    if (initDurationMs === null) return;
    const { init } = this.#environment;
    if (init !== null) init.durationMs ??= initDurationMs;
    this.#reported ??= { durationMs: initDurationMs, invocation };
  }

  /** `first` is the first invocation that the stream shows. */
  finish(first: ObservedInvocation | null): void {
    const environment = this.#environment;
    const reported = this.#reported;
    if (environment.init !== null || reported === null || reported.invocation !== first) return;
    const { start } = first;
    if (start === null) return;
    environment.init = {
      start: earlier(environment.firstLine, earlierBy(start, reported.durationMs)),
      // The latest possible end. The Init ended earlier if no invocation waited for it.
      end: start,
      endSource: "start-follows",
      status: "success",
      durationMs: reported.durationMs,
    };
  }

  #noteRuntime(
    event: Pick<InitStart, "functionName" | "functionVersion" | "runtimeVersion" | "format">,
  ): void {
    const environment = this.#environment;
    environment.functionName ??= event.functionName;
    environment.version ??= event.functionVersion;
    if (environment.runtime === null || environment.runtime.family === null)
      environment.runtime = runtimeOf(event);
  }
}

function runtimeOf({ runtimeVersion, format }: Pick<InitStart, "runtimeVersion" | "format">): StreamRuntime {
  const family = runtimeVersion === null ? null : familyOfVersionText(runtimeVersion);
  return { family: family?.name ?? null, version: runtimeVersion, format };
}

function unended(start: EpochMs): Init {
  return { start, end: null, endSource: null, status: null, durationMs: null };
}

function hasFailed(status: PhaseStatus | null): boolean {
  return status !== null && status !== "success";
}
