/**
 * One execution environment as the fleet sees it: takes an invocation, is retired, crashed, described. The state machine decides
 * (environment-state.ts), the actions carry out (environment-actions.ts). Which invocation comes here is the fleet's business.
 */
import { invariant } from "../../domain/invariant.ts";
import type { Ending } from "../../domain/plan.ts";
import type { EnvironmentDescription, InvokeRequest, InvokeResult } from "../fleet-contract.ts";
import type { FunctionSnapshot } from "../function-snapshot.ts";
import { EnvironmentActions } from "./environment-actions.ts";
import type { EnvironmentParts } from "./environment-parts.ts";
import { CREATED, transition, type LifecycleMove, type LifecycleState } from "./environment-state.ts";

export class ExecutionEnvironment {
  readonly id: string;
  readonly snapshot: FunctionSnapshot;
  private readonly createdAt: number;
  private readonly parts: EnvironmentParts;
  private readonly actions: EnvironmentActions;
  private state: LifecycleState = CREATED;

  constructor(parts: EnvironmentParts) {
    this.parts = parts;
    this.id = parts.id;
    this.snapshot = parts.snapshot;
    this.createdAt = parts.services.options.clock.now();
    this.actions = new EnvironmentActions(parts, {
      state: () => this.state,
      offer: (move) => this.offer(move),
      must: (move) => this.must(move),
    });
  }

  /** Resolves with the end of the Init phase: whether it succeeded. */
  get initialised(): Promise<boolean> {
    return this.actions.initialised;
  }

  /** Resolves when no process is left. */
  get ended(): Promise<void> {
    return this.actions.end.ended;
  }

  /** Set by the fleet: an invocation has this environment or waits for its Init. */
  get claimed(): boolean {
    return this.actions.claimed;
  }

  set claimed(value: boolean) {
    this.actions.claimed = value;
  }

  /** Begins the Init phase; `initialised` tells its end. */
  async start(): Promise<void> {
    await this.actions.listen();
    if (this.state.name === "created") this.must("start");
  }

  invoke(request: InvokeRequest): { readonly result: Promise<InvokeResult>; readonly ended: Promise<void> } {
    const invocation = this.actions.takeInvocation(request);
    if (this.isIdle()) this.must("invoke");
    // Retired between its choice and now.
    else this.actions.slot.break();
    return invocation;
  }

  isIdle(): boolean {
    return this.state.name === "idle";
  }

  /** Its handler runs: not while an invocation waits for a repeated Init, before its START. */
  isInvoking(): boolean {
    return this.state.name === "invoking" && this.actions.slot.current !== null;
  }

  isLive(): boolean {
    return this.state.name !== "ended" && this.state.name !== "shutting-down";
  }

  /** Ends the environment; resolves when it is gone and, for `fin` and `rst`, the peer has closed (at most peerCloseTimeoutMs). */
  async retire(ending: Ending): Promise<void> {
    if (this.isLive()) {
      this.actions.end.ending = ending;
      this.must("retire");
    }
    await this.ended;
    await this.actions.end.linkEnded;
  }

  /** Kills the runtime's process; resolves when the environment has been reset. False: there is none to kill. */
  async crash(): Promise<boolean> {
    if (this.processId() === null || !this.isLive()) return false;
    this.actions.killRuntime();
    await this.actions.end.reset;
    return true;
  }

  /** The engine ends: no Shutdown phase, links marked as closed by the engine. Resolves when no process and no socket is left. */
  async destroy(): Promise<void> {
    this.actions.end.withEngine = true;
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

  describe(): EnvironmentDescription {
    const { name } = this.state;
    const { slot, frozen } = this.actions;
    return {
      environment: this.id,
      functionName: this.snapshot.functionName,
      version: this.snapshot.version,
      generation: this.snapshot.generation,
      state:
        name === "created"
          ? "initialising"
          : name === "initialising" && slot.current !== null
            ? "invoking"
            : name,
      handlerRuns: this.isInvoking(),
      initializationType: this.snapshot.initializationType,
      frozen,
      processId: this.processId(),
      createdAt: this.createdAt,
      lastInvokeEndedAt: slot.lastEndedAt,
      invocations: slot.ended,
      openConnections: this.parts.link?.openConnections ?? 0,
    };
  }

  private processId(): number | null {
    return this.actions.boot?.processes.runtimeProcessId ?? null;
  }

  private offer(move: LifecycleMove): boolean {
    const next = transition(this.state, move);
    if (next === null) return false;
    this.state = next.state;
    for (const effect of next.effects) this.actions.carryOut(effect);
    return true;
  }

  private must(move: LifecycleMove): void {
    invariant(this.offer(move), `an environment that is ${this.state.name} does not allow the move ${move}`);
  }
}
