/** Writes the platform lines at the start and at the end of an Init (docs/aws/lifecycle.md#repeated-init, docs/aws/logs.md#text-lines). */
import type { PhaseStatus } from "../../words/platform-words.ts";
import type { FunctionSnapshot } from "../function-snapshot.ts";
import type { EnvironmentLog } from "../environment-log/environment-log.ts";
import type { Extension } from "../environment-api/extension-registry.ts";
import type { BootPhase } from "../environment-log/emitted-event.ts";
import { runtimeVersion } from "../environment-log/runtime-version.ts";

export class InitRecord {
  readonly #snapshot: FunctionSnapshot;
  readonly #log: EnvironmentLog;
  #phase: BootPhase = "init";
  #startedAt = 0;
  #runtimeReported = false;
  /** The duration of a successful Init phase, which is kept until the first invocation has reported it. */
  #durationMs: number | null = null;

  constructor(snapshot: FunctionSnapshot, log: EnvironmentLog) {
    this.#snapshot = snapshot;
    this.#log = log;
  }

  start(phase: BootPhase, at: number): void {
    this.#phase = phase;
    this.#startedAt = at;
    this.#runtimeReported = false;
    this.#durationMs = null;
    const { version, arn } = runtimeVersion(this.#snapshot.runtime, this.#snapshot.region);
    this.#log.platform({
      type: "initStart",
      ...this.#kind(),
      runtimeVersion: version,
      runtimeVersionArn: arn,
      functionName: this.#snapshot.functionName,
      functionVersion: this.#snapshot.version,
    });
  }

  runtimeDone(status: PhaseStatus, errorType: string | null): void {
    if (this.#runtimeReported) return;
    this.#runtimeReported = true;
    this.#log.platform({ type: "initRuntimeDone", ...this.#kind(), status, errorType });
  }

  succeeded(at: number, extensions: readonly Extension[]): void {
    this.#logExtensions(extensions);
    const durationMs = at - this.#startedAt;
    if (this.#phase === "init") this.#durationMs = durationMs;
    this.#log.platform({
      type: "initReport",
      ...this.#kind(),
      status: "success",
      errorType: null,
      durationMs,
    });
  }

  failed(at: number, extensions: readonly Extension[], status: PhaseStatus, errorType: string | null): void {
    this.runtimeDone(status, errorType);
    this.#logExtensions(extensions);
    this.#log.platform({
      type: "initReport",
      ...this.#kind(),
      status,
      errorType,
      durationMs: at - this.#startedAt,
    });
  }

  /**
   * Returns the duration for the first invocation's REPORT, even if no invocation waited for the Init
   * (docs/aws/lifecycle.md#proactive-initialization). Later calls return null.
   */
  takeDurationMs(): number | null {
    const durationMs = this.#durationMs;
    this.#durationMs = null;
    return durationMs;
  }

  #logExtensions(extensions: readonly Extension[]): void {
    for (const { name, state, events } of extensions) {
      const failed = state === "init-error" || state === "exit-error";
      const text = `${state.charAt(0).toUpperCase()}${state.slice(1)}`;
      this.#log.platform({
        type: "extension",
        name,
        state: text,
        events,
        errorType: failed ? "Extension.InitError" : null,
      });
    }
  }

  #kind(): {
    readonly initializationType: FunctionSnapshot["initializationType"];
    readonly phase: BootPhase;
  } {
    return { initializationType: this.#snapshot.initializationType, phase: this.#phase };
  }
}
