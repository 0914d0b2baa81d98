/**
 * One execution environment: carries out what environment-state.ts decides. Owns the processes of its boots, its Runtime API server, its link
 * and its log stream. Which invocation comes here, and when the environment ends, is the fleet's business.
 */
import { invariant } from "../../domain/invariant.ts";
import type { Ending } from "../../domain/plan.ts";
import type { EnvironmentDescription, InvokeRequest, InvokeResult } from "../fleet-contract.ts";
import type { FunctionSnapshot } from "../function-snapshot.ts";
import type { Link } from "../link/link.ts";
import { ApiServer, type Boot } from "./api-server.ts";
import { BootProcesses, type ProcessRole } from "./boot-processes.ts";
import type { EnvironmentHome } from "./environment-home.ts";
import type { EnvironmentLog } from "./environment-log.ts";
import type { EnvironmentServices } from "./environment-services.ts";
import { CREATED, transition, type LifecycleEffect, type LifecycleMove, type LifecycleState } from "./environment-state.ts";
import { ExtensionSession, type ExtensionListener } from "./extensions-api/extension-session.ts";
import { FrameDecoder } from "./frame-decoder.ts";
import { InitRecord } from "./init-record.ts";
import { failurePayload, processEndText, timedOutPayload, type ProcessEnd } from "./invocation-failure.ts";
import { LineSplitter } from "./line-splitter.ts";
import { sampleMemory, type WatchedEnvironment } from "./memory-watch.ts";
import { ProcessGroup, type ProcessCommand } from "./process-group.ts";
import { RunningInvocation, type InvocationFailure } from "./running-invocation.ts";
import { RuntimeSession, type RuntimeAnswer, type RuntimeListener } from "./runtime-api/runtime-session.ts";
import { shutdownPlan } from "./shutdown-budget.ts";

/** How long an answer is held for the end of the phase where no extension listens; a runtime asks for its next event within microseconds. */
const ANSWER_HOLD_MS = 100;

export interface EnvironmentParts {
  readonly id: string;
  readonly snapshot: FunctionSnapshot;
  readonly services: EnvironmentServices;
  readonly home: EnvironmentHome;
  readonly log: EnvironmentLog;
  readonly link: Link | null;
  /** The names under which the function finds the link. */
  readonly linkVariables: Readonly<Record<string, string>>;
}

export class ExecutionEnvironment implements WatchedEnvironment, RuntimeListener, ExtensionListener {
  readonly id: string;
  readonly snapshot: FunctionSnapshot;
  readonly createdAt: number;
  /** Resolves with the end of the Init phase: whether it succeeded. */
  readonly initialised: Promise<boolean>;
  /** Resolves when no process is left. */
  readonly ended: Promise<void>;
  /** Set by the fleet: an invocation has this environment or waits for its Init. */
  claimed = false;
  invocations = 0;
  lastInvokeEndedAt: number | null = null;

  private readonly parts: EnvironmentParts;
  private readonly initRecord: InitRecord;
  private state: LifecycleState = CREATED;
  private api: ApiServer | null = null;
  private boot: Boot | null = null;
  private bootNumber = 0;
  private processes = new BootProcesses(() => undefined);
  private runtimeStarted = false;
  private invocation: RunningInvocation | null = null;
  private failure: InvocationFailure | null = null;
  private initFailed = false;
  private timer: NodeJS.Timeout | null = null;
  private stopSerial = 0;
  /** The reset under way, or the last one. */
  private reset: Promise<void> = Promise.resolve();
  private ending: Ending = "fin";
  private linkEnded: Promise<void> = Promise.resolve();
  private memoryMaxMb = 0;
  private outOfMemory = false;
  private settleInitialised: (succeeded: boolean) => void = () => undefined;
  private settleEnded: () => void = () => undefined;

  constructor(parts: EnvironmentParts) {
    this.parts = parts;
    this.id = parts.id;
    this.snapshot = parts.snapshot;
    this.createdAt = parts.services.options.clock.now();
    this.initRecord = new InitRecord(parts.snapshot, parts.log);
    this.initialised = new Promise((resolve) => { this.settleInitialised = resolve; });
    this.ended = new Promise((resolve) => { this.settleEnded = resolve; });
  }

  /** Begins the Init phase; `initialised` tells its end. */
  async start(): Promise<void> {
    this.api = await ApiServer.open(() => this.boot);
    if (this.state.name === "created") this.must("start");
    else this.api.close();
  }

  invoke(request: InvokeRequest): { readonly result: Promise<InvokeResult>; readonly ended: Promise<void> } {
    const { clock } = this.parts.services.options;
    const now = { monotonic: clock.monotonic(), epoch: clock.now() };
    const invocation = new RunningInvocation(request, this.snapshot.timeoutMs, now);
    this.invocation = invocation;
    this.failure = null;
    this.outOfMemory = false;
    if (this.isIdle()) this.must("invoke");
    else this.breakInvocation();
    return invocation;
  }

  isIdle(): boolean {
    return this.state.name === "idle";
  }

  isLive(): boolean {
    return this.state.name !== "ended" && this.state.name !== "shutting-down";
  }

  /** Ends the environment; resolves when it is gone and, for `fin` and `rst`, the peer has closed (at most peerCloseTimeoutMs). */
  async retire(ending: Ending): Promise<void> {
    if (this.isLive()) {
      this.ending = ending;
      this.must("retire");
    }
    await this.ended;
    await this.linkEnded;
  }

  /** Kills the runtime's process; resolves when the environment has been reset. False: there is none to kill. */
  async crash(): Promise<boolean> {
    if (this.processes.runtimeProcessId === null || !this.isLive()) return false;
    this.parts.link?.beginEnding("fin", "function");
    this.processes.killRuntime();
    // Said at once, so that no invocation is given to a process that is about to be gone.
    this.processEnded(this.bootNumber, { role: "runtime" }, { exitCode: null, signal: "SIGKILL" });
    await this.reset;
    return true;
  }

  /** The engine ends: no Shutdown phase, links marked as closed by the engine. Resolves when no process and no socket is left. */
  async destroy(): Promise<void> {
    const linkClosed = this.parts.link?.close();
    if (this.state.name !== "ended") this.must("destroy");
    await this.ended;
    await linkClosed;
  }

  /** Resolves when the environment has ended and no connection of its is left at the peer. */
  async linkClosed(): Promise<void> {
    await this.ended;
    await this.parts.link?.drained();
  }

  isInvoking(): boolean {
    return this.invocation !== null && this.isLive();
  }

  get openConnections(): number {
    return this.parts.link?.openConnections ?? 0;
  }

  get processIds(): readonly number[] {
    return this.processes.processIds;
  }

  get frozen(): boolean {
    return this.processes.frozen;
  }

  useMemory(sizeMb: number): void {
    this.memoryMaxMb = Math.max(this.memoryMaxMb, sizeMb);
    if (sizeMb <= this.snapshot.memorySizeMb || this.outOfMemory) return;
    this.outOfMemory = true;
    this.parts.link?.beginEnding("fin", "function");
    this.processes.killRuntime();
  }

  describe(): EnvironmentDescription {
    const { name } = this.state;
    return {
      environment: this.id, functionName: this.snapshot.functionName, version: this.snapshot.version, generation: this.snapshot.generation,
      state: name === "created" ? "initialising" : name === "initialising" && this.invocation !== null ? "invoking" : name,
      frozen: this.frozen, processId: this.processes.runtimeProcessId, createdAt: this.createdAt,
      lastInvokeEndedAt: this.lastInvokeEndedAt, invocations: this.invocations, openConnections: this.openConnections,
    };
  }

  // What the in-environment APIs report.

  runtimeReady(): void {
    this.boot?.extensions.registry.closeRegistration();
    if (this.state.name === "initialising") {
      this.processes.drain();
      this.initRecord.runtimeDone("success", null);
    }
    this.checkEveryoneReady();
  }

  runtimeAnswered(answer: RuntimeAnswer): void {
    this.invocation?.answered(answer, this.monotonic());
    this.offer("answer");
  }

  runtimeFailedInit(payload: Buffer, errorType: string): void {
    this.failure ??= { status: "error", errorType, payload };
    this.offer("init-error");
  }

  extensionRegistered(): void {
    this.startRuntimeOnce();
  }

  extensionReady(): void {
    this.checkEveryoneReady();
  }

  extensionFailed(name: string, errorType: string): void {
    this.failure ??= { status: "error", errorType, payload: failurePayload(this.requestId(), errorType, `extension ${name} reported an error`) };
    if (!this.offer("init-error")) this.offer("process-exit");
  }

  // Moves and effects.

  private offer(move: LifecycleMove): boolean {
    const next = transition(this.state, move);
    if (next === null) return false;
    this.state = next.state;
    for (const effect of next.effects) this.carryOut(effect);
    return true;
  }

  private must(move: LifecycleMove): void {
    invariant(this.offer(move), `an environment that is ${this.state.name} does not allow the move ${move}`);
  }

  private carryOut(effect: LifecycleEffect): void {
    switch (effect) {
      case "log-init-start": return this.initRecord.start("init", this.monotonic());
      case "start-processes": return this.startProcesses();
      case "arm-init-limit": return this.arm(this.initLimitMs());
      case "arm-function-timeout": return this.arm(this.snapshot.timeoutMs);
      case "disarm": return this.disarm();
      case "freeze": return this.freeze();
      case "thaw": return this.processes.thaw();
      case "log-init-done": return this.logInitEnd(true);
      case "log-init-failed": return this.logInitEnd(false);
      case "log-start": return this.logStart();
      case "deliver-event": return this.deliverEvent();
      case "hold-or-send-answer": return this.holdOrSendAnswer();
      case "log-end": return this.logEnd();
      case "log-failed-end": return this.logFailedEnd();
      case "send-answer": return this.sendAnswer();
      case "stop-processes": return this.stopProcesses();
      case "settle-init": return this.settleInitialised(this.state.name === "idle" && !this.initFailed);
      case "shut-down": return this.shutDown(true);
      case "destroy": return this.shutDown(false);
      case "break-invocation": return this.breakInvocation();
      case "remove": return this.remove();
    }
  }

  private checkEveryoneReady(): void {
    if (this.boot?.runtime.state === "Ready" && this.boot.extensions.registry.everyoneReady()) this.offer("everyone-ready");
  }

  private startProcesses(): void {
    const { home, services, link } = this.parts;
    this.bootNumber += 1;
    link?.beginBoot(this.bootNumber);
    if (this.invocation !== null) this.initRecord.start("invoke", this.monotonic());
    this.outOfMemory = false;
    this.runtimeStarted = false;
    const { accountId, functionName, version, handler } = this.snapshot;
    const names = home.extensionNames();
    this.boot = {
      runtime: new RuntimeSession(this, () => this.monotonic()),
      extensions: new ExtensionSession(names, this, { accountId, functionName, functionVersion: version, handler }),
    };
    const boot = this.bootNumber;
    this.processes = new BootProcesses((role, end) => this.processEnded(boot, role, end));
    services.memory.add(this);
    for (const name of names) {
      this.launch({ role: "extension", name }, home.extensionCommand(name, this.apiAddress(), this.parts.linkVariables));
    }
    this.startRuntimeOnce();
  }

  /** The runtime starts when every external extension has registered (facts §1.1). */
  private startRuntimeOnce(): void {
    if (this.runtimeStarted || this.boot?.extensions.registry.everyoneRegistered() !== true || this.state.name !== "initialising") return;
    this.runtimeStarted = true;
    this.launch({ role: "runtime" }, this.parts.home.runtimeCommand(this.apiAddress(), this.parts.linkVariables));
  }

  private launch(role: ProcessRole, command: ProcessCommand): void {
    const { log, services } = this.parts;
    const splitters = [0, 1].map(() => new LineSplitter((line) => log.fromFunction(line)));
    const frames = new FrameDecoder((text) => log.fromFunction(text));
    let group: ProcessGroup;
    try {
      group = new ProcessGroup(command, {
        output: (chunk) => splitters[0]?.push(chunk), error: (chunk) => splitters[1]?.push(chunk), framed: (chunk) => frames.push(chunk),
      });
    } catch (error) {
      // Arguments or variables that the system refuses; the same as a process that ends at once.
      log.fromFunction(`${String(error)}\n`);
      const boot = this.bootNumber;
      return void setImmediate(() => this.processEnded(boot, role, { exitCode: 126, signal: null }));
    }
    const { processId } = group;
    if (processId !== null) services.running.add(processId, this.id);
    void group.ended.then(() => { if (processId !== null) services.running.remove(processId); });
    this.processes.add(role, group, () => { for (const splitter of splitters) splitter.end(); });
  }

  private processEnded(boot: number, role: ProcessRole, end: ProcessEnd): void {
    if (boot !== this.bootNumber) return;
    const type = role.role === "runtime" ? "Runtime.ExitError" : "Extension.Crash";
    const text = role.role === "runtime" ? `Runtime ${processEndText(end)}` : `extension ${role.name} ${processEndText(end)}`;
    this.failure ??= { status: "error", errorType: type, payload: failurePayload(this.requestId(), type, text) };
    this.offer("process-exit");
  }

  private arm(limitMs: number): void {
    this.disarm();
    this.timer = setTimeout(() => {
      this.timer = null;
      this.failure = this.invocation === null
        ? { status: "timeout", errorType: null, payload: failurePayload("", "Runtime.Unknown", "Init timed out") }
        : { status: "timeout", errorType: null, payload: timedOutPayload(this.requestId(), this.snapshot.timeoutMs) };
      this.offer("deadline");
    }, limitMs);
  }

  private disarm(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private initLimitMs(): number {
    const { initTimeoutMs } = this.parts.services.options;
    // Provisioned concurrency has no 10 s limit (facts §1.1).
    return this.snapshot.initializationType === "on-demand" ? initTimeoutMs : Math.max(130_000, this.snapshot.timeoutMs);
  }

  /** Not where an invocation is about to begin: the environment would be thawed at once. */
  private freeze(): void {
    if (!this.claimed || this.invocation !== null) this.processes.freeze();
  }

  private logInitEnd(succeeded: boolean): void {
    this.processes.endLines();
    this.initFailed = !succeeded;
    const extensions = this.boot?.extensions.registry.all() ?? [];
    if (succeeded) this.initRecord.succeeded(this.monotonic(), extensions);
    else this.initRecord.failed(this.monotonic(), extensions, this.failure?.status ?? "error", this.failure?.errorType ?? null);
    this.parts.log.endPhase();
  }

  private logStart(): void {
    const invocation = this.running();
    // The tail in text format begins with START; in JSON format with the environment's first lines (facts §4.2).
    if (this.snapshot.logging.format === "Text" || this.invocations > 0) this.parts.log.startTail();
    this.parts.log.platform({ type: "start", requestId: invocation.request.requestId, version: this.snapshot.version });
    invocation.startLogged = true;
  }

  private deliverEvent(): void {
    const { request, deadlineMs } = this.running();
    this.running().delivered(this.monotonic());
    this.boot?.extensions.deliver("INVOKE", {
      eventType: "INVOKE", deadlineMs, requestId: request.requestId, invokedFunctionArn: request.invokedFunctionArn,
      tracing: { type: "X-Amzn-Trace-Id", value: request.traceId },
    });
    this.boot?.runtime.deliver({
      requestId: request.requestId,
      payload: request.payload.length === 0 ? Buffer.from("{}") : request.payload,
      headers: {
        "Lambda-Runtime-Aws-Request-Id": request.requestId,
        "Lambda-Runtime-Deadline-Ms": String(deadlineMs),
        "Lambda-Runtime-Invoked-Function-Arn": request.invokedFunctionArn,
        ...(request.traceId === "" ? {} : { "Lambda-Runtime-Trace-Id": request.traceId }),
        // Header bytes are latin1 to Node's server; the text is UTF-8.
        ...(request.clientContext === null ? {} : { "Lambda-Runtime-Client-Context": Buffer.from(request.clientContext).toString("latin1") }),
      },
    });
  }

  private holdOrSendAnswer(): void {
    const invocation = this.running();
    const listened = (this.boot?.extensions.registry.subscribers("INVOKE").length ?? 0) > 0;
    if (listened && invocation.request.waitForPhaseEnd !== true) return this.sendResult(invocation);
    if (listened) return;
    const hold = setTimeout(() => this.sendResult(invocation), ANSWER_HOLD_MS);
    void invocation.result.then(() => clearTimeout(hold));
  }

  private logEnd(): void {
    const invocation = this.running();
    const { log } = this.parts;
    const at = this.monotonic();
    this.processes.endLines();
    sampleMemory(this);
    log.platform(invocation.runtimeDone(at));
    log.platform(invocation.report(at, this.snapshot, { maxMemoryUsedMb: this.memoryUsedMb(), initDurationMs: this.initRecord.takeDurationMs() }));
    log.endPhase();
  }

  private logFailedEnd(): void {
    const invocation = this.running();
    invocation.failure = this.failure;
    if (!invocation.startLogged) {
      this.processes.endLines();
      const timedOut = this.failure?.status === "timeout";
      // A repeated Init cut off by the function time-out was recorded as an unknown error (facts §1.1).
      this.initRecord.failed(this.monotonic(), [], "error", timedOut ? "Runtime.Unknown" : (this.failure?.errorType ?? null));
      this.logStart();
    }
    this.logEnd();
  }

  private sendAnswer(): void {
    const invocation = this.running();
    this.finishInvocation();
    this.sendResult(invocation);
    invocation.end();
  }

  private sendResult(invocation: RunningInvocation): void {
    invocation.send({
      kind: "answered", ...invocation.payload(), executedVersion: this.snapshot.version, environment: this.id,
      logTail: this.parts.log.tailBytesOfInvocation(),
    });
  }

  private breakInvocation(): void {
    const invocation = this.running();
    this.finishInvocation();
    invocation.send({ kind: "broken", message: "The execution environment ended during the invocation." });
    invocation.end();
  }

  private finishInvocation(): void {
    this.invocation = null;
    this.invocations += 1;
    this.lastInvokeEndedAt = this.parts.services.options.clock.now();
  }

  /** Reset: the environment stays, its processes go (facts §1.3). */
  private stopProcesses(): void {
    const reason = this.failure?.status === "timeout" ? "timeout" : "failure";
    this.reset = this.stop(reason, "fin", true).then((current) => { if (current) this.processesStopped(); });
  }

  private processesStopped(): void {
    void this.parts.link?.finishEnding("fin", 0);
    this.parts.services.memory.remove(this);
    this.must("processes-gone");
    this.failure = null;
  }

  private shutDown(graceful: boolean): void {
    void this.stop("spindown", this.ending, graceful).then((current) => {
      if (!current) return;
      this.linkEnded = this.parts.link?.finishEnding(this.ending, this.parts.services.options.peerCloseTimeoutMs) ?? Promise.resolve();
      this.must("processes-gone");
    });
  }

  /** False: a later stop has taken over. */
  private async stop(reason: "spindown" | "timeout" | "failure", ending: Ending, graceful: boolean): Promise<boolean> {
    this.stopSerial += 1;
    const serial = this.stopSerial;
    const { link, services } = this.parts;
    const registry = this.boot?.extensions.registry;
    // After a reset the environment lives on: it is the function's process that ended.
    const by = reason === "spindown" ? "environment-end" : "function";
    if (graceful) {
      await this.processes.stop({
        plan: shutdownPlan(registry?.registered() ?? { internal: 0, external: 0 }, services.options.shutdownBudgets),
        deliverShutdown: (budgetMs) => this.deliverShutdown(reason, budgetMs),
        beforeKill: () => link?.beginEnding(ending, by),
      });
    } else {
      link?.beginEnding(ending, by);
      await this.processes.kill();
    }
    return serial === this.stopSerial;
  }

  private deliverShutdown(reason: string, budgetMs: number): ReadonlySet<string> {
    const deadlineMs = Math.round(this.parts.services.options.clock.now() + budgetMs);
    this.boot?.extensions.deliver("SHUTDOWN", { eventType: "SHUTDOWN", deadlineMs, shutdownReason: reason });
    return new Set(this.boot?.extensions.registry.subscribers("SHUTDOWN").map((extension) => extension.name));
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

  private apiAddress(): string {
    invariant(this.api !== null, "the Runtime API listens before a process starts");
    return this.api.address;
  }

  private memoryUsedMb(): number {
    return Math.min(Math.ceil(this.memoryMaxMb), this.outOfMemory ? this.snapshot.memorySizeMb : Number.MAX_SAFE_INTEGER);
  }

  private monotonic(): number {
    return this.parts.services.options.clock.monotonic();
  }
}
