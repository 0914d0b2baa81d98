/**
 * One boot of an environment: its processes and what they say on the in-environment APIs. Starts extensions, then the runtime; delivers
 * events; stops everything within the shutdown budget. Which of it happens when is environment-state.ts's.
 */
import type { Ending } from "../../domain/plan.ts";
import { BootProcesses } from "./boot-processes.ts";
import type { EnvironmentParts } from "./environment-parts.ts";
import {
  ExtensionSession,
  type ExtensionListener,
} from "../environment-api/extensions-api/extension-session.ts";
import { FrameDecoder } from "../process/frame-decoder.ts";
import type { ProcessEnd, ProcessRole } from "../process/process-end.ts";
import { LineSplitter } from "../process/line-splitter.ts";
import { ProcessGroup, type ProcessCommand } from "../process/process-group.ts";
import { RuntimeSession, type RuntimeListener } from "../environment-api/runtime-api/runtime-session.ts";
import type { RunningInvocation } from "./running-invocation.ts";
import { shutdownPlan } from "./shutdown-budget.ts";
import type { TelemetryHub } from "../environment-api/telemetry-api/telemetry-hub.ts";

export interface BootFacts {
  readonly parts: EnvironmentParts;
  readonly apiAddress: string;
  readonly listener: RuntimeListener & ExtensionListener;
  readonly onProcessEnd: (role: ProcessRole, end: ProcessEnd) => void;
}

export interface StopReason {
  readonly reason: "spindown" | "timeout" | "failure";
  readonly ending: Ending;
  /** With a Shutdown phase; else everything is killed at once. */
  readonly graceful: boolean;
}

export class EnvironmentBoot {
  readonly runtime: RuntimeSession;
  readonly extensions: ExtensionSession;
  readonly telemetry: TelemetryHub;
  readonly processes: BootProcesses;
  private readonly facts: BootFacts;
  private runtimeStarted = false;

  constructor(facts: BootFacts) {
    this.facts = facts;
    const { snapshot, home, services } = facts.parts;
    this.telemetry = facts.parts.telemetry;
    const { accountId, functionName, version, handler } = snapshot;
    this.runtime = new RuntimeSession(facts.listener, () => services.options.clock.monotonic());
    this.extensions = new ExtensionSession(home.extensionNames(), facts.listener, {
      accountId,
      functionName,
      functionVersion: version,
      handler,
    });
    this.processes = new BootProcesses((role, end) => facts.onProcessEnd(role, end));
  }

  start(): void {
    const { home, linkVariables } = this.facts.parts;
    for (const name of home.extensionNames()) {
      this.launch(
        { role: "extension", name },
        home.extensionCommand(name, this.facts.apiAddress, linkVariables),
      );
    }
    this.startRuntimeOnce();
  }

  /** The runtime starts when every external extension has registered (docs/aws/lifecycle.md#init). */
  startRuntimeOnce(): void {
    if (this.runtimeStarted || !this.extensions.registry.everyoneRegistered()) return;
    this.runtimeStarted = true;
    const { home, linkVariables } = this.facts.parts;
    this.launch({ role: "runtime" }, home.runtimeCommand(this.facts.apiAddress, linkVariables));
  }

  everyoneReady(): boolean {
    return this.runtime.state === "Ready" && this.extensions.registry.everyoneReady();
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

  async stop({ reason, ending, graceful }: StopReason): Promise<void> {
    const { link, services } = this.facts.parts;
    // After a reset the environment lives on: it is the function's process that ended.
    const by = reason === "spindown" ? "environment-end" : "function";
    const beforeKill = (): void => link?.beginEnding(ending, by);
    if (graceful) {
      this.telemetry.resume();
      this.telemetry.flush();
      const plan = shutdownPlan(this.extensions.registry.registered(), services.options.shutdownBudgets);
      await this.processes.stop({
        plan,
        beforeKill,
        deliverShutdown: (budgetMs) => this.deliverShutdown(reason, budgetMs),
      });
    } else {
      beforeKill();
      await this.processes.kill();
    }
    this.telemetry.endBoot();
  }

  private deliverShutdown(shutdownReason: string, budgetMs: number): ReadonlySet<string> {
    this.telemetry.flush();
    const deadlineMs = Math.round(this.facts.parts.services.options.clock.now() + budgetMs);
    this.extensions.deliver("SHUTDOWN", { eventType: "SHUTDOWN", deadlineMs, shutdownReason });
    return new Set(this.extensions.registry.subscribers("SHUTDOWN").map((extension) => extension.name));
  }

  private launch(role: ProcessRole, command: ProcessCommand): void {
    const { log, services, id } = this.facts.parts;
    const splitters = [0, 1].map(() => new LineSplitter((line) => log.fromProcess(line, role.role)));
    const frames = new FrameDecoder((text) => log.fromProcess(text, role.role));
    let group: ProcessGroup;
    try {
      group = new ProcessGroup(command, {
        output: (chunk) => splitters[0]?.push(chunk),
        error: (chunk) => splitters[1]?.push(chunk),
        framed: (chunk) => frames.push(chunk),
      });
    } catch (error) {
      // Arguments or variables that the system refuses; the same as a process that ends at once.
      log.fromProcess(`${String(error)}\n`, role.role);
      setImmediate(() => this.facts.onProcessEnd(role, { exitCode: 126, signal: null }));
      return;
    }
    const { processId } = group;
    if (processId !== null) {
      services.running.add(processId, id);
      void group.ended.then(() => services.running.remove(processId));
    }
    this.processes.add(role, group, () => {
      for (const splitter of splitters) splitter.end();
    });
  }
}
