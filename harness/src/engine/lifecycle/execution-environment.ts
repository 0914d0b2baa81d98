/** One execution environment: gives moves to the state machine (environment-state.ts) and carries out the effects that it returns. */
import { invariant } from "../../base/invariant.ts";
import type { Ending } from "../../record/plan.ts";
import type { EnvironmentDescription, InvokeRequest } from "../fleet-contract.ts";
import type { FunctionSnapshot } from "../function-snapshot.ts";
import { environmentFacts, handlerRuns } from "./environment-facts.ts";
import { EnvironmentBoots } from "./environment-boots.ts";
import { EnvironmentEnd } from "./environment-end.ts";
import { EnvironmentMemory } from "./environment-memory.ts";
import type { EnvironmentParts } from "./environment-parts.ts";
import { CREATED, transition } from "./environment-state.ts";
import type { LifecycleEffect, LifecycleMove, LifecycleState, OfferMove } from "./environment-state.ts";
import { processFailure, timeoutFailure, type InvocationFailure } from "./invocation-failure.ts";
import { InvocationSlot, type InvocationProgress } from "./running-invocation.ts";
import { PhaseDeadline } from "./phase-deadline.ts";
import { PhaseLog } from "./phase-log.ts";

const PROVISIONED_INIT_MS_MIN = 130_000;

export class ExecutionEnvironment {
  readonly id: string;
  readonly snapshot: FunctionSnapshot;
  /** Resolves at the end of the Init phase: true if it succeeded. */
  readonly initialised: Promise<boolean>;
  /** True from the time at which this environment is chosen for an invocation until that invocation begins. */
  claimed = false;
  /** The only tenant that the environment serves, from its first invocation on. Null before, and for a function that does not isolate tenants. */
  tenantId: string | null = null;
  readonly #parts: EnvironmentParts;
  #createdAt: number;
  readonly #slot: InvocationSlot;
  readonly #memory: EnvironmentMemory;
  readonly #boots: EnvironmentBoots;
  readonly #phases: PhaseLog;
  readonly #deadline: PhaseDeadline;
  readonly #end: EnvironmentEnd;
  #state: LifecycleState = CREATED;
  #failure: InvocationFailure | null = null;
  #settleInitialised: (succeeded: boolean) => void = () => undefined;

  constructor(parts: EnvironmentParts) {
    const { id, snapshot, services } = parts;
    const offer: OfferMove = (move, failure) => this.#offer(move, failure);
    this.id = id;
    this.snapshot = snapshot;
    this.#parts = parts;
    this.#createdAt = services.options.clock.now();
    this.#slot = new InvocationSlot(parts);
    this.#memory = new EnvironmentMemory(services.memory, snapshot.memorySizeMb, offer);
    this.#boots = new EnvironmentBoots({ parts, slot: this.#slot, memory: this.#memory, offer });
    this.#phases = new PhaseLog(parts, this.#memory);
    this.#deadline = new PhaseDeadline(() =>
      offer("deadline", timeoutFailure(this.#slot.requestId, snapshot.timeoutMs)),
    );
    this.#end = new EnvironmentEnd(parts, offer);
    this.initialised = new Promise((resolve) => {
      this.#settleInitialised = resolve;
    });
  }

  /** Resolves when all processes are gone. */
  get ended(): Promise<void> {
    return this.#end.ended;
  }

  /** Prepares the environment: starts the runtime's process, which loads no code of the user before `start`. Nothing is logged. */
  async park(): Promise<void> {
    await this.#boots.listen();
    if (this.#state.name === "created") this.#boots.park();
    else await this.#boots.close();
  }

  /** Whether a process waits here for `start`. */
  get isParked(): boolean {
    return this.#state.name === "created" && this.#boots.isParked;
  }

  /** Begins the Init phase; `initialised` resolves at its end. */
  async start(): Promise<void> {
    this.#createdAt = this.#parts.services.options.clock.now();
    this.#parts.log.open();
    await this.#boots.listen();
    if (this.#state.name === "created") this.#must("start");
    else if (this.#state.name === "ended") await this.#boots.close();
  }

  invoke(request: InvokeRequest): InvocationProgress {
    this.#failure = null;
    this.#memory.beginInvocation();
    this.tenantId = request.tenantId ?? null;
    const invocation = this.#slot.take(request);
    if (this.isIdle()) this.#must("invoke");
    // The environment was retired after it had been chosen for this invocation.
    else this.#slot.break();
    return invocation;
  }

  isIdle(): boolean {
    return this.#state.name === "idle";
  }

  /** False while an invocation waits for a repeated Init, before its START. */
  isInvoking(): boolean {
    return handlerRuns(this.#state, this.#slot);
  }

  isLive(): boolean {
    return this.#state.name !== "ended" && this.#state.name !== "shutting-down";
  }

  /** Resolves when the environment has ended and, for `fin` and `rst`, the peer has closed (after at most peerCloseTimeoutMs). */
  async retire(ending: Ending): Promise<void> {
    if (this.isLive()) {
      this.#end.ending = ending;
      this.#must("retire");
    }
    await this.ended;
    await this.#end.linkEnded;
  }

  /** Resolves when the environment has been reset. Returns false if there is no process to kill. */
  async crash(): Promise<boolean> {
    const boot = this.#boots.current;
    if (boot === null || !boot.processes.hasRuntime || !this.isLive()) return false;
    boot.killRuntime();
    // Reports the exit immediately, so that no invocation is given to a process that is about to end.
    const end = { exitCode: null, signal: "SIGKILL" };
    this.#offer("process-exit", processFailure({ role: "runtime" }, end, this.#slot.requestId));
    await this.#end.reset;
    return true;
  }

  /** Ends the environment because the engine ends, without a Shutdown phase. Resolves when all processes and sockets are gone. */
  async destroy(): Promise<void> {
    this.#end.withEngine = true;
    const linkClosed = this.#parts.link?.close();
    if (this.#state.name !== "ended") this.#must("destroy");
    await this.ended;
    await linkClosed;
  }

  /** Resolves when the environment has ended and none of its connections is left at the peer. */
  async linkClosed(): Promise<void> {
    await this.ended;
    await this.#parts.link?.drained();
  }

  describe(): EnvironmentDescription {
    const slot = this.#slot;
    const createdAt = this.#createdAt;
    const state = this.#state;
    const parts = this.#parts;
    const { snapshot } = this;
    const processes = this.#boots.current?.processes ?? null;
    const openConnections = parts.link?.openConnections ?? 0;
    return environmentFacts({
      id: this.id,
      snapshot,
      tenantId: this.tenantId,
      state,
      slot,
      processes,
      createdAt,
      openConnections,
    });
  }

  #offer(move: LifecycleMove, failure?: InvocationFailure): boolean {
    if (failure !== undefined) this.#failure = move === "deadline" ? failure : (this.#failure ?? failure);
    const next = transition(this.#state, move);
    if (next === null) return false;
    this.#state = next.state;
    for (const effect of next.effects) this.#carryOut(effect);
    return true;
  }

  #must(move: LifecycleMove): void {
    invariant(this.#offer(move), `an environment that is ${this.#state.name} allows the move ${move}`);
  }

  #carryOut(effect: LifecycleEffect): void {
    const slot = this.#slot;
    const phases = this.#phases;
    const boots = this.#boots;
    const deadline = this.#deadline;
    const end = this.#end;
    const { snapshot } = this;
    switch (effect) {
      case "log-init-start":
        return phases.initStart("init");
      case "log-repeated-init-start":
        return phases.initStart("invoke");
      case "start-processes":
        return boots.start();
      case "start-runtime":
        return boots.latest.startRuntimeOnce();
      case "kill-runtime":
        return boots.latest.killRuntime();
      case "arm-init-limit":
        return deadline.arm(initLimitMs(snapshot, this.#parts.services.options.initTimeoutMs));
      case "arm-function-timeout":
        return deadline.arm(snapshot.timeoutMs);
      case "disarm":
        return deadline.disarm();
      case "freeze":
        return this.#freeze();
      case "thaw":
        return boots.latest.thaw();
      case "log-runtime-initialised":
        return phases.runtimeInitialised(boots.latest);
      case "log-init-done":
        return phases.initEnd(boots.latest, null);
      case "log-init-failed":
        return phases.initEnd(boots.latest, this.#failure ?? { status: "error", errorType: null });
      case "settle-init-succeeded":
        return this.#settleInitialised(true);
      case "settle-init-failed":
        return this.#settleInitialised(false);
      case "log-start":
        return phases.start(slot.running, slot.ended === 0);
      case "deliver-event":
        slot.running.delivered();
        return boots.latest.deliver(slot.running);
      case "give-answer":
        return slot.giveAnswer(boots.latest.listensToInvoke());
      case "log-end":
        return phases.end(slot.running, boots.latest, slot.ended === 0);
      case "log-failed-end":
        slot.running.failure = this.#failure;
        return phases.failedEnd(slot.running, boots.latest, slot.ended === 0);
      case "send-answer":
        return slot.finish();
      case "break-invocation":
        return slot.break();
      case "stop-processes":
        return end.stopProcesses(boots.latest, this.#failure?.status === "timeout" ? "timeout" : "failure");
      case "shut-down":
        return end.shutDown(boots.current, true);
      case "destroy":
        return end.shutDown(boots.current, false);
      case "remove":
        return this.#remove();
    }
  }

  /** Does nothing if an invocation is about to begin, because the environment would be thawed immediately. */
  #freeze(): void {
    if (!this.claimed || this.#slot.current !== null) this.#boots.latest.freeze();
  }

  #remove(): void {
    this.#deadline.disarm();
    this.#end.remove(this.#boots.close());
  }
}

/** Returns how long an Init phase may last, in milliseconds (docs/aws/limits.md). `onDemandMs` is the limit of on-demand functions. */
function initLimitMs(snapshot: FunctionSnapshot, onDemandMs: number): number {
  return snapshot.initializationType === "on-demand"
    ? onDemandMs
    : Math.max(PROVISIONED_INIT_MS_MIN, snapshot.timeoutMs);
}
