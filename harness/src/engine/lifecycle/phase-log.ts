/** Writes the platform lines of an environment's phases, each after everything that its processes wrote before (docs/aws/logs.md). */
import type { BootPhase } from "../environment-log/emitted-event.ts";
import type { EnvironmentBoot } from "./environment-boot.ts";
import type { EnvironmentMemory } from "./environment-memory.ts";
import type { EnvironmentParts } from "./environment-parts.ts";
import { InitRecord } from "./init-record.ts";
import type { InvocationFailure } from "./invocation-failure.ts";
import type { RunningInvocation } from "./running-invocation.ts";

type FailedOutcome = Pick<InvocationFailure, "status" | "errorType">;

export class PhaseLog {
  readonly #parts: EnvironmentParts;
  readonly #memory: EnvironmentMemory;
  readonly #init: InitRecord;

  constructor(parts: EnvironmentParts, memory: EnvironmentMemory) {
    this.#parts = parts;
    this.#memory = memory;
    this.#init = new InitRecord(parts.snapshot, parts.log);
  }

  initStart(phase: BootPhase): void {
    this.#init.start(phase, this.#monotonic());
  }

  runtimeInitialised({ processes }: EnvironmentBoot): void {
    processes.drain();
    this.#init.runtimeDone("success", null);
  }

  /** `failure` is null if the Init succeeded. */
  initEnd(boot: EnvironmentBoot, failure: FailedOutcome | null): void {
    this.#memory.sample({ always: true });
    this.#parts.telemetry.closeSubscription();
    const at = this.#monotonic();
    boot.processes.endLines();
    const extensions = boot.extensions.registry.all();
    if (failure === null) this.#init.succeeded(at, extensions);
    else this.#init.failed(at, extensions, failure.status, failure.errorType);
    this.#parts.log.endPhase();
  }

  /** `first`: no invocation of the environment has ended yet. */
  start(invocation: RunningInvocation, first: boolean): void {
    const { snapshot, log } = this.#parts;
    // The log tail that a caller can get with the answer begins with START. There is one exception: in JSON format, the tail of the first
    // invocation begins with the environment's first lines (docs/aws/invoke-api.md#answer).
    if (snapshot.logging.format === "Text" || !first) log.startTail();
    const { requestId, tenantId } = invocation.request;
    const event = { type: "start", requestId, version: snapshot.version, tenantId } as const;
    const deliveredAt = invocation.deliveredAtEpoch;
    if (deliveredAt === undefined) log.platform(event);
    else log.platformSoon(event, deliveredAt);
    invocation.startLogged = true;
  }

  end(invocation: RunningInvocation, boot: EnvironmentBoot, first: boolean): void {
    const { snapshot, log } = this.#parts;
    const at = this.#monotonic();
    this.#memory.sample({ always: first });
    boot.processes.endLines();
    log.platform(invocation.runtimeDone(at));
    const facts = { maxMemoryUsedMb: this.#memory.usedMb(), initDurationMs: this.#init.takeDurationMs() };
    log.platform(invocation.report(at, snapshot, facts));
    log.endPhase();
  }

  failedEnd(invocation: RunningInvocation, boot: EnvironmentBoot, first: boolean): void {
    if (!invocation.startLogged) this.#failedRepeatedInit(invocation, boot, first);
    this.end(invocation, boot, first);
  }

  /** Writes the report of a failed repeated Init, then START of the invocation that waited for it (docs/aws/lifecycle.md#repeated-init). */
  #failedRepeatedInit(invocation: RunningInvocation, boot: EnvironmentBoot, first: boolean): void {
    const at = this.#monotonic();
    boot.processes.endLines();
    const { status, errorType = null } = invocation.failure ?? {};
    // AWS logs an unknown error if the function time-out cuts off a repeated Init (docs/aws/lifecycle.md#error-types).
    this.#init.failed(at, [], "error", status === "timeout" ? "Runtime.Unknown" : errorType);
    this.#parts.log.endPhase();
    this.start(invocation, first);
  }

  #monotonic(): number {
    return this.#parts.services.options.clock.monotonic();
  }
}
