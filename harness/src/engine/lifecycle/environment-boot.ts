/** One boot of an environment. What its processes report becomes a move of the state machine (environment-state.ts). */
import type { Ending } from "../../record/plan.ts";
import {
  ExtensionSession,
  type ExtensionListener,
} from "../environment-api/extensions-api/extension-session.ts";
import {
  RuntimeSession,
  type RuntimeAnswer,
  type RuntimeListener,
} from "../environment-api/runtime-api/runtime-session.ts";
import type { TelemetryHub } from "../environment-api/telemetry-api/telemetry-hub.ts";
import { BootProcesses } from "./boot-processes.ts";
import type { EnvironmentMemory } from "./environment-memory.ts";
import type { EnvironmentParts } from "./environment-parts.ts";
import { entryFailure, extensionFailure, processFailure } from "./invocation-failure.ts";
import type { OfferMove } from "./environment-state.ts";
import type { InvocationSlot, RunningInvocation } from "./running-invocation.ts";
import { shutdownPlan } from "./shutdown-budget.ts";

export interface BootFacts {
  readonly parts: EnvironmentParts;
  readonly slot: InvocationSlot;
  readonly memory: EnvironmentMemory;
  readonly apiAddress: string;
  readonly offer: OfferMove;
}

export interface StopReason {
  readonly reason: "spindown" | "timeout" | "failure";
  readonly ending: Ending;
  /** Whether there is a Shutdown phase. If not, all processes are killed immediately. */
  readonly graceful: boolean;
}

export class EnvironmentBoot implements RuntimeListener, ExtensionListener {
  readonly runtime: RuntimeSession;
  readonly extensions: ExtensionSession;
  readonly telemetry: TelemetryHub;
  readonly processes: BootProcesses;
  readonly #facts: BootFacts;
  #runtimeStarted = false;

  constructor(facts: BootFacts) {
    this.#facts = facts;
    const { parts, slot, offer } = facts;
    const { accountId, functionName, version, handler } = parts.snapshot;
    this.telemetry = parts.telemetry;
    this.runtime = new RuntimeSession(this, () => parts.services.options.clock.monotonic());
    this.extensions = new ExtensionSession(parts.home.extensionNames(), this, {
      accountId,
      functionName,
      functionVersion: version,
      handler,
    });
    this.processes = new BootProcesses(parts, (role, end) =>
      offer("process-exit", processFailure(role, end, slot.requestId)),
    );
  }

  /** Starts the runtime's process, which loads no code of the user before `start`. Does nothing if the process cannot be parked. */
  park(): void {
    const { home, linkVariables } = this.#facts.parts;
    if (!home.canPark) return;
    const start = home.runtimeStart(this.#facts.apiAddress, linkVariables, { parked: true });
    if (!("command" in start)) return;
    this.#runtimeStarted = true;
    this.processes.launch({ role: "runtime" }, start.command);
  }

  get parked(): boolean {
    return this.processes.hasRuntime;
  }

  start(): void {
    if (this.parked) return this.processes.release();
    const { home, linkVariables } = this.#facts.parts;
    for (const name of home.extensionNames()) {
      const command = home.extensionCommand(name, this.#facts.apiAddress, linkVariables);
      this.processes.launch({ role: "extension", name }, command);
    }
    this.startRuntimeOnce();
  }

  /** Starts the runtime, if it was not started yet and every external extension has registered (docs/aws/lifecycle.md#init). */
  startRuntimeOnce(): void {
    if (this.#runtimeStarted || !this.extensions.registry.everyoneRegistered()) return;
    this.#runtimeStarted = true;
    const { home, linkVariables, log } = this.#facts.parts;
    const start = home.runtimeStart(this.#facts.apiAddress, linkVariables, { parked: false });
    if ("command" in start) {
      this.processes.launch({ role: "runtime" }, start.command);
      return;
    }
    const { text, explanation } = start.fault;
    if (explanation !== null) log.notice(`${explanation}\n`);
    // A program that cannot be started is handled like a process that ends immediately.
    setImmediate(() => this.#facts.offer("process-exit", entryFailure(text, this.#facts.slot.requestId)));
  }

  listensToInvoke(): boolean {
    return this.extensions.registry.subscribers("INVOKE").length > 0;
  }

  freeze(): void {
    this.telemetry.pause();
    this.processes.freeze();
  }

  thaw(): void {
    this.processes.thaw();
    this.telemetry.resume();
  }

  deliver(invocation: RunningInvocation): void {
    const { request, deadlineMs } = invocation;
    this.extensions.deliver("INVOKE", {
      eventType: "INVOKE",
      deadlineMs,
      requestId: request.requestId,
      invokedFunctionArn: request.invokedFunctionArn,
      tracing: { type: "X-Amzn-Trace-Id", value: request.traceId },
    });
    this.runtime.deliver(invocation.event());
  }

  /** Kills the runtime's process but not the environment. The kernel then closes the connections of the process with FIN. */
  killRuntime(): void {
    this.#facts.parts.link?.beginEnding("fin", "function");
    this.processes.killRuntime();
  }

  async stop({ reason, ending, graceful }: StopReason): Promise<void> {
    const { link, services } = this.#facts.parts;
    // A reset ends only the processes in the environment; the environment continues to live.
    const by = reason === "spindown" ? "environment-end" : "function";
    const beforeKill = (): void => link?.beginEnding(ending, by);
    if (graceful) {
      this.telemetry.resume();
      this.telemetry.flush();
      const plan = shutdownPlan(this.extensions.registry.registered(), services.options.shutdownBudgets);
      await this.processes.stop({
        plan,
        beforeKill,
        deliverShutdown: (budgetMs) => this.#deliverShutdown(reason, budgetMs),
      });
    } else {
      beforeKill();
      await this.processes.kill();
    }
    this.telemetry.endBoot();
    this.#facts.memory.endBoot();
  }

  #deliverShutdown(shutdownReason: string, budgetMs: number): ReadonlySet<string> {
    this.telemetry.flush();
    const deadlineMs = Math.round(this.#facts.parts.services.options.clock.now() + budgetMs);
    this.extensions.deliver("SHUTDOWN", { eventType: "SHUTDOWN", deadlineMs, shutdownReason });
    return new Set(this.extensions.registry.subscribers("SHUTDOWN").map((extension) => extension.name));
  }

  // The methods below are called by the in-environment APIs.

  runtimeReady(): void {
    this.extensions.registry.closeRegistration();
    this.#facts.offer("runtime-ready");
    this.extensionReady();
  }

  runtimeAnswered(answer: RuntimeAnswer): void {
    // An answer after the end of the invocation is ignored.
    this.#facts.slot.current?.answered(answer);
    this.#facts.offer("answer");
  }

  runtimeFailedInit(payload: Buffer, errorType: string): void {
    this.#facts.memory.sample({ always: true });
    this.#facts.offer("init-error", { status: "error", errorType, payload });
  }

  extensionRegistered(): void {
    this.#facts.offer("extension-registered");
  }

  extensionReady(): void {
    if (this.runtime.state === "Ready" && this.extensions.registry.everyoneReady())
      this.#facts.offer("everyone-ready");
  }

  extensionFailed(name: string, errorType: string): void {
    const { offer, slot } = this.#facts;
    if (!offer("init-error", extensionFailure(name, errorType, slot.requestId))) offer("process-exit");
  }
}
