/**
 * The platform lines of an environment's phases in their order, with everything that its processes wrote before them (docs/aws/logs.md).
 */
import type { FunctionSnapshot } from "../function-snapshot.ts";
import type { BootProcesses } from "./boot-processes.ts";
import type { EnvironmentLog } from "../environment-log/environment-log.ts";
import type { Extension } from "../environment-api/extension-registry.ts";
import { InitRecord } from "./init-record.ts";
import type { InvocationFailure } from "./invocation-failure.ts";
import type { RunningInvocation } from "./running-invocation.ts";

export class PhaseLog {
  readonly init: InitRecord;
  private readonly snapshot: FunctionSnapshot;
  private readonly log: EnvironmentLog;

  constructor(snapshot: FunctionSnapshot, log: EnvironmentLog) {
    this.snapshot = snapshot;
    this.log = log;
    this.init = new InitRecord(snapshot, log);
  }

  /** `failure` null: the Init succeeded. */
  initEnd(
    at: number,
    processes: BootProcesses | null,
    extensions: readonly Extension[],
    failure: Pick<InvocationFailure, "status" | "errorType"> | null,
  ): void {
    processes?.endLines();
    if (failure === null) this.init.succeeded(at, extensions);
    else this.init.failed(at, extensions, failure.status, failure.errorType);
    this.log.endPhase();
  }

  start(invocation: RunningInvocation, first: boolean): void {
    // The tail in text format begins with START; in JSON format with the environment's first lines (docs/aws/invoke-api.md#answer).
    if (this.snapshot.logging.format === "Text" || !first) this.log.startTail();
    this.log.platform({
      type: "start",
      requestId: invocation.request.requestId,
      version: this.snapshot.version,
    });
    invocation.startLogged = true;
  }

  end(
    invocation: RunningInvocation,
    at: number,
    processes: BootProcesses | null,
    maxMemoryUsedMb: () => number,
  ): void {
    processes?.endLines();
    this.log.platform(invocation.runtimeDone(at));
    this.log.platform(
      invocation.report(at, this.snapshot, {
        maxMemoryUsedMb: maxMemoryUsedMb(),
        initDurationMs: this.init.takeDurationMs(),
      }),
    );
    this.log.endPhase();
  }

  /** An invocation whose repeated Init failed: that Init's report, then START (docs/aws/lifecycle.md#repeated-init). */
  failedRepeatedInit(
    invocation: RunningInvocation,
    at: number,
    processes: BootProcesses | null,
    first: boolean,
  ): void {
    // A repeated Init cut off by the function time-out was recorded as an unknown error (docs/aws/lifecycle.md#error-types).
    const errorType =
      invocation.failure?.status === "timeout" ? "Runtime.Unknown" : (invocation.failure?.errorType ?? null);
    this.initEnd(at, processes, [], { status: "error", errorType });
    this.start(invocation, first);
  }
}
