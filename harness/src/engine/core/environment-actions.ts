/**
 * Carries out the effects that environment-state.ts decides for one execution environment, and tells what happens to its processes and on
 * its APIs as moves. Holds the boot, the invocation under way and why it failed; knows nothing of other environments.
 */
import { invariant } from "../../domain/invariant.ts";
import type { Ending } from "../../domain/plan.ts";
import type { InvokeRequest } from "../fleet-contract.ts";
import { ApiServer } from "./api-server.ts";
import { EnvironmentBoot, type StopReason } from "./environment-boot.ts";
import type { EnvironmentParts } from "./environment-parts.ts";
import type { LifecycleEffect, LifecycleMove, LifecycleState } from "./environment-state.ts";
import type { ExtensionListener } from "./extensions-api/extension-session.ts";
import { initLimitMs } from "./init-limit.ts";
import {
  extensionFailure,
  processFailure,
  timeoutFailure,
  type InvocationFailure,
} from "./invocation-failure.ts";
import { sampleAtEnd, type WatchedEnvironment } from "./memory-watch.ts";
import type { ProcessEnd, ProcessRole } from "./process-end.ts";
import { MemoryUse } from "./memory-use.ts";
import { PhaseLog } from "./phase-log.ts";
import { RunningInvocation } from "./running-invocation.ts";
import type { RuntimeAnswer, RuntimeListener } from "./runtime-api/runtime-session.ts";

/** How long an answer is held for the end of the phase where no extension listens; a runtime asks for its next event within microseconds. */
const ANSWER_HOLD_MS = 100;

/** The state machine as the actions see it: a move that the state does not allow is refused and changes nothing. */
export interface Moves {
  readonly state: () => LifecycleState;
  readonly offer: (move: LifecycleMove) => boolean;
  readonly must: (move: LifecycleMove) => void;
}

export class EnvironmentActions implements WatchedEnvironment, RuntimeListener, ExtensionListener {
  /** Resolves with the end of the Init phase: whether it succeeded. */
  readonly initialised: Promise<boolean>;
  /** Resolves when no process is left. */
  readonly ended: Promise<void>;
  /** An invocation has this environment or waits for its Init. */
  claimed = false;
  invocations = 0;
  lastInvokeEndedAt: number | null = null;
  boot: EnvironmentBoot | null = null;
  invocation: RunningInvocation | null = null;
  /** How the environment ends, when it does. */
  ending: Ending = "fin";
  linkEnded: Promise<void> = Promise.resolve();
  /** The reset under way, or the last one. */
  reset: Promise<void> = Promise.resolve();

  private readonly parts: EnvironmentParts;
  private readonly moves: Moves;
  private readonly phases: PhaseLog;
  private api: ApiServer | null = null;
  private bootNumber = 0;
  private failure: InvocationFailure | null = null;
  private initFailed = false;
  private timer: NodeJS.Timeout | null = null;
  private stopSerial = 0;
  private readonly memory: MemoryUse;
  private settleInitialised: (succeeded: boolean) => void = () => undefined;
  private settleEnded: () => void = () => undefined;

  constructor(parts: EnvironmentParts, moves: Moves) {
    this.parts = parts;
    this.moves = moves;
    this.phases = new PhaseLog(parts.snapshot, parts.log);
    this.memory = new MemoryUse(parts.snapshot.memorySizeMb);
    this.initialised = new Promise((resolve) => {
      this.settleInitialised = resolve;
    });
    this.ended = new Promise((resolve) => {
      this.settleEnded = resolve;
    });
  }

  async listen(): Promise<void> {
    this.api = await ApiServer.open(() => this.boot);
    if (this.moves.state().name === "ended") this.api.close();
  }

  takeInvocation(request: InvokeRequest): RunningInvocation {
    const { clock } = this.parts.services.options;
    const now = { monotonic: clock.monotonic(), epoch: clock.now() };
    this.invocation = new RunningInvocation(request, this.parts.snapshot.timeoutMs, now);
    this.failure = null;
    this.memory.begin();
    return this.invocation;
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
    this.invocation?.answered(answer, this.monotonic());
    this.moves.offer("answer");
  }

  runtimeFailedInit(payload: Buffer, errorType: string): void {
    this.failure ??= { status: "error", errorType, payload };
    this.moves.offer("init-error");
  }

  extensionRegistered(): void {
    if (this.moves.state().name === "initialising") this.boot?.startRuntimeOnce();
  }

  extensionReady(): void {
    this.checkEveryoneReady();
  }

  extensionFailed(name: string, errorType: string): void {
    this.failure ??= extensionFailure(name, errorType, this.requestId());
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
        return this.phases.start(this.running(), this.invocations === 0);
      case "deliver-event":
        return this.deliverEvent();
      case "hold-or-send-answer":
        return this.holdOrSendAnswer();
      case "log-end":
        return this.logEnd();
      case "log-failed-end":
        return this.logFailedEnd();
      case "send-answer":
        return this.sendAnswer();
      case "stop-processes":
        return this.stopProcesses();
      case "settle-init":
        return this.settleInitialised(this.moves.state().name === "idle" && !this.initFailed);
      case "shut-down":
        return this.shutDown(true);
      case "destroy":
        return this.shutDown(false);
      case "break-invocation":
        return this.breakInvocation();
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
    if (this.invocation !== null) this.phases.init.start("invoke", this.monotonic());
    this.memory.begin();
    const boot = this.bootNumber;
    const onProcessEnd = (role: ProcessRole, end: ProcessEnd): void => this.processEnded(boot, role, end);
    this.boot = new EnvironmentBoot({ parts, apiAddress: this.api.address, listener: this, onProcessEnd });
    parts.services.memory.add(this);
    this.boot.start();
  }

  private processEnded(boot: number, role: ProcessRole, end: ProcessEnd): void {
    if (boot !== this.bootNumber) return;
    this.failure ??= processFailure(role, end, this.requestId());
    this.moves.offer("process-exit");
  }

  private arm(limitMs: number): void {
    this.disarm();
    this.timer = setTimeout(() => {
      this.timer = null;
      this.failure = timeoutFailure(this.requestId(), this.parts.snapshot.timeoutMs);
      this.moves.offer("deadline");
    }, limitMs);
  }

  private disarm(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  /** Not where an invocation is about to begin: the environment would be thawed at once. */
  private freeze(): void {
    if (!this.claimed || this.invocation !== null) this.boot?.freeze();
  }

  private logInitEnd(succeeded: boolean): void {
    this.initFailed = !succeeded;
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
    this.running().delivered(this.monotonic());
    this.boot?.deliver(this.running());
  }

  private holdOrSendAnswer(): void {
    const invocation = this.running();
    if (invocation.request.waitForPhaseEnd === true) return;
    if (this.boot?.listensToInvoke() ?? false) return this.sendResult(invocation);
    const hold = setTimeout(() => this.sendResult(invocation), ANSWER_HOLD_MS);
    void invocation.result.then(() => clearTimeout(hold));
  }

  private logEnd(): void {
    const at = this.monotonic();
    sampleAtEnd(this);
    this.phases.end(this.running(), at, this.boot?.processes ?? null, () => this.memory.usedMb());
  }

  private logFailedEnd(): void {
    const invocation = this.running();
    invocation.failure = this.failure;
    if (!invocation.startLogged) {
      this.phases.failedRepeatedInit(
        invocation,
        this.monotonic(),
        this.boot?.processes ?? null,
        this.invocations === 0,
      );
    }
    this.logEnd();
  }

  private sendAnswer(): void {
    this.sendResult(this.running());
    this.finishInvocation();
  }

  private sendResult(invocation: RunningInvocation): void {
    invocation.send({
      kind: "answered",
      ...invocation.payload(),
      executedVersion: this.parts.snapshot.version,
      environment: this.parts.id,
      logTail: this.parts.log.tailBytesOfInvocation(),
    });
  }

  breakInvocation(): void {
    this.running().send({
      kind: "broken",
      message: "The execution environment ended during the invocation.",
    });
    this.finishInvocation();
  }

  private finishInvocation(): void {
    this.running().end();
    this.invocation = null;
    this.invocations += 1;
    this.lastInvokeEndedAt = this.parts.services.options.clock.now();
  }

  /** Reset: the environment stays, its processes go (facts §1.3). */
  private stopProcesses(): void {
    const reason = this.failure?.status === "timeout" ? "timeout" : "failure";
    this.reset = this.stop({ reason, ending: "fin", graceful: true }).then((current) => {
      if (current) this.processesStopped();
    });
  }

  private processesStopped(): void {
    void this.parts.link?.finishEnding("fin", 0);
    this.parts.services.memory.remove(this);
    this.moves.must("processes-gone");
    this.failure = null;
  }

  private shutDown(graceful: boolean): void {
    void this.stop({ reason: "spindown", ending: this.ending, graceful }).then((current) => {
      if (!current) return;
      this.linkEnded =
        this.parts.link?.finishEnding(this.ending, this.parts.services.options.peerCloseTimeoutMs) ??
        Promise.resolve();
      this.moves.must("processes-gone");
    });
  }

  /** False: a later stop has taken over. */
  private async stop(reason: StopReason): Promise<boolean> {
    this.stopSerial += 1;
    const serial = this.stopSerial;
    await this.boot?.stop(reason);
    return serial === this.stopSerial;
  }

  private remove(): void {
    this.disarm();
    this.boot = null;
    this.api?.close();
    this.parts.link?.stopListening();
    this.parts.services.memory.remove(this);
    void this.parts.home.remove().finally(() => this.settleEnded());
  }

  private running(): RunningInvocation {
    invariant(this.invocation !== null, "an invocation is under way");
    return this.invocation;
  }

  private requestId(): string {
    return this.invocation?.request.requestId ?? "";
  }

  private monotonic(): number {
    return this.parts.services.options.clock.monotonic();
  }
}
