/**
 * Carries out the effects that environment-state.ts decides for one execution environment, and tells what happens to its processes and on
 * its APIs as moves. Holds the boot, the invocation under way and why it failed; knows nothing of other environments.
 */
import { invariant } from "../../domain/invariant.ts";
import type { InvokeRequest } from "../fleet-contract.ts";
import { ApiServer } from "../environment-api/api-server.ts";
import { EnvironmentBoot } from "./environment-boot.ts";
import { EnvironmentEnd } from "./environment-end.ts";
import type { EnvironmentParts } from "./environment-parts.ts";
import type { LifecycleEffect, LifecycleMove, LifecycleState } from "./environment-state.ts";
import type { ExtensionListener } from "../environment-api/extensions-api/extension-session.ts";
import { initLimitMs } from "./init-limit.ts";
import {
  extensionFailure,
  processFailure,
  timeoutFailure,
  type InvocationFailure,
} from "./invocation-failure.ts";
import { InvocationSlot } from "./invocation-slot.ts";
import { sampleAtEnd, type WatchedEnvironment } from "../process/memory-watch.ts";
import type { ProcessEnd, ProcessRole } from "../process/process-end.ts";
import { MemoryUse } from "../process/memory-use.ts";
import { PhaseLog } from "./phase-log.ts";
import type { RunningInvocation } from "./running-invocation.ts";
import type { RuntimeAnswer, RuntimeListener } from "../environment-api/runtime-api/runtime-session.ts";

/** The state machine as the actions see it: a move that the state does not allow is refused and changes nothing. */
export interface Moves {
  readonly state: () => LifecycleState;
  readonly offer: (move: LifecycleMove) => boolean;
  readonly must: (move: LifecycleMove) => void;
}

export class EnvironmentActions implements WatchedEnvironment, RuntimeListener, ExtensionListener {
  /** Resolves with the end of the Init phase: whether it succeeded. */
  readonly initialised: Promise<boolean>;
  /** An invocation has this environment or waits for its Init. */
  claimed = false;
  boot: EnvironmentBoot | null = null;
  readonly slot: InvocationSlot;
  readonly end: EnvironmentEnd;

  private readonly parts: EnvironmentParts;
  private readonly moves: Moves;
  private readonly phases: PhaseLog;
  private api: ApiServer | null = null;
  private bootNumber = 0;
  private failure: InvocationFailure | null = null;
  private initFailed = false;
  private timer: NodeJS.Timeout | null = null;
  private readonly memory: MemoryUse;
  private settleInitialised: (succeeded: boolean) => void = () => undefined;

  constructor(parts: EnvironmentParts, moves: Moves) {
    this.parts = parts;
    this.moves = moves;
    this.phases = new PhaseLog(parts.snapshot, parts.log);
    this.memory = new MemoryUse(parts.snapshot.memorySizeMb);
    this.slot = new InvocationSlot(parts);
    this.end = new EnvironmentEnd({
      parts,
      boot: () => this.boot,
      processesGone: () => this.processesGone(),
    });
    this.initialised = new Promise((resolve) => {
      this.settleInitialised = resolve;
    });
  }

  async listen(): Promise<void> {
    this.api = await ApiServer.open(() => this.boot);
    if (this.moves.state().name === "ended") this.api.close();
  }

  takeInvocation(request: InvokeRequest): RunningInvocation {
    this.failure = null;
    this.memory.begin();
    return this.slot.take(request);
  }

  killRuntime(): void {
    this.parts.link?.beginEnding("fin", "function");
    this.boot?.processes.killRuntime();
    // Said at once, so that no invocation is given to a process that is about to be gone.
    this.processEnded(this.bootNumber, { role: "runtime" }, { exitCode: null, signal: "SIGKILL" });
  }

  // What the memory watch and the in-environment APIs report.

  get processIds(): readonly number[] {
    return this.boot?.processes.processIds ?? [];
  }

  get frozen(): boolean {
    return this.boot?.processes.frozen ?? false;
  }

  useMemory(sizeMb: number): void {
    if (!this.memory.take(sizeMb)) return;
    this.parts.link?.beginEnding("fin", "function");
    this.boot?.processes.killRuntime();
  }

  runtimeReady(): void {
    this.boot?.extensions.registry.closeRegistration();
    if (this.moves.state().name === "initialising") {
      this.boot?.processes.drain();
      this.phases.init.runtimeDone("success", null);
    }
    this.checkEveryoneReady();
  }

  runtimeAnswered(answer: RuntimeAnswer): void {
    this.slot.current?.answered(answer, this.monotonic());
    this.moves.offer("answer");
  }

  runtimeFailedInit(payload: Buffer, errorType: string): void {
    this.failure ??= { status: "error", errorType, payload };
    sampleAtEnd(this, { always: true });
    this.moves.offer("init-error");
  }

  extensionRegistered(): void {
    if (this.moves.state().name === "initialising") this.boot?.startRuntimeOnce();
  }

  extensionReady(): void {
    this.checkEveryoneReady();
  }

  extensionFailed(name: string, errorType: string): void {
    this.failure ??= extensionFailure(name, errorType, this.slot.requestId);
    if (!this.moves.offer("init-error")) this.moves.offer("process-exit");
  }

  // Effects.

  carryOut(effect: LifecycleEffect): void {
    switch (effect) {
      case "log-init-start":
        return this.phases.init.start("init", this.monotonic());
      case "start-processes":
        return this.startProcesses();
      case "arm-init-limit":
        return this.arm(initLimitMs(this.parts.snapshot, this.parts.services.options.initTimeoutMs));
      case "arm-function-timeout":
        return this.arm(this.parts.snapshot.timeoutMs);
      case "disarm":
        return this.disarm();
      case "freeze":
        return this.freeze();
      case "thaw":
        return this.boot?.thaw();
      case "log-init-done":
        return this.logInitEnd(true);
      case "log-init-failed":
        return this.logInitEnd(false);
      case "log-start":
        return this.phases.start(this.slot.running, this.slot.ended === 0);
      case "deliver-event":
        return this.deliverEvent();
      case "hold-or-send-answer":
        return this.slot.holdOrSend(this.boot?.listensToInvoke() ?? false);
      case "log-end":
        return this.logEnd();
      case "log-failed-end":
        return this.logFailedEnd();
      case "send-answer":
        return this.slot.finish();
      case "stop-processes":
        return this.end.stopProcesses(this.failure?.status === "timeout" ? "timeout" : "failure");
      case "settle-init":
        return this.settleInitialised(this.moves.state().name === "idle" && !this.initFailed);
      case "shut-down":
        return this.end.shutDown(true);
      case "destroy":
        return this.end.shutDown(false);
      case "break-invocation":
        return this.slot.break();
      case "remove":
        return this.remove();
    }
  }

  private checkEveryoneReady(): void {
    if (this.boot?.everyoneReady() === true) this.moves.offer("everyone-ready");
  }

  private startProcesses(): void {
    const { parts } = this;
    invariant(this.api !== null, "the Runtime API listens before a process starts");
    this.bootNumber += 1;
    parts.link?.beginBoot(this.bootNumber);
    if (this.slot.current !== null) this.phases.init.start("invoke", this.monotonic());
    this.memory.begin();
    const boot = this.bootNumber;
    const onProcessEnd = (role: ProcessRole, end: ProcessEnd): void => this.processEnded(boot, role, end);
    this.boot = new EnvironmentBoot({ parts, apiAddress: this.api.address, listener: this, onProcessEnd });
    parts.services.memory.add(this);
    this.boot.start();
  }

  private processEnded(boot: number, role: ProcessRole, end: ProcessEnd): void {
    if (boot !== this.bootNumber) return;
    this.failure ??= processFailure(role, end, this.slot.requestId);
    this.moves.offer("process-exit");
  }

  private arm(limitMs: number): void {
    this.disarm();
    this.timer = setTimeout(() => {
      this.timer = null;
      this.failure = timeoutFailure(this.slot.requestId, this.parts.snapshot.timeoutMs);
      this.moves.offer("deadline");
    }, limitMs);
  }

  private disarm(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  /** Not where an invocation is about to begin: the environment would be thawed at once. */
  private freeze(): void {
    if (!this.claimed || this.slot.current !== null) this.boot?.freeze();
  }

  private logInitEnd(succeeded: boolean): void {
    this.initFailed = !succeeded;
    sampleAtEnd(this, { always: true });
    this.parts.telemetry.closeSubscription();
    const failure = succeeded
      ? null
      : { status: this.failure?.status ?? "error", errorType: this.failure?.errorType ?? null };
    this.phases.initEnd(
      this.monotonic(),
      this.boot?.processes ?? null,
      this.boot?.extensions.registry.all() ?? [],
      failure,
    );
  }

  private deliverEvent(): void {
    this.slot.running.delivered(this.monotonic());
    this.boot?.deliver(this.slot.running);
  }

  private logEnd(): void {
    const at = this.monotonic();
    sampleAtEnd(this, { always: this.slot.ended === 0 });
    this.phases.end(this.slot.running, at, this.boot?.processes ?? null, () => this.memory.usedMb());
  }

  private logFailedEnd(): void {
    const invocation = this.slot.running;
    invocation.failure = this.failure;
    if (!invocation.startLogged) {
      this.phases.failedRepeatedInit(
        invocation,
        this.monotonic(),
        this.boot?.processes ?? null,
        this.slot.ended === 0,
      );
    }
    this.logEnd();
  }

  private processesGone(): void {
    this.parts.services.memory.remove(this);
    this.moves.must("processes-gone");
    this.failure = null;
  }

  private remove(): void {
    this.disarm();
    this.boot = null;
    this.api?.close();
    this.end.remove();
  }

  private monotonic(): number {
    return this.parts.services.options.clock.monotonic();
  }
}
