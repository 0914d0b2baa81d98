/** The processes of one boot of an environment: the runtime and its external extensions, each in a process group of its own, and theirs. */
import type { ProcessEnd, ProcessRole } from "../process/process-end.ts";
import { ProcessFamily } from "../process/process-family.ts";
import { ProcessGroup, type ProcessCommand } from "../process/process-group.ts";
import { ProcessOutput } from "../process/process-output.ts";
import { settledWithin } from "../settled-within.ts";
import type { EnvironmentParts } from "./environment-parts.ts";
import type { ShutdownPlan } from "./shutdown-budget.ts";

export interface StopOrder {
  readonly plan: ShutdownPlan;
  /** Sends the SHUTDOWN event to external extensions; returns the names of those that subscribed to it. */
  readonly deliverShutdown: (budgetMs: number) => ReadonlySet<string>;
  /** Called before the first process is killed. From then on, links record that connections close because of this end. */
  readonly beforeKill: () => void;
}

/** A child that is not stopped yet can thaw the runtime, so both are stopped until a look finds nothing that runs. */
const FREEZES_MAX = 10;

interface BootProcess {
  readonly role: ProcessRole;
  readonly group: ProcessGroup;
  readonly output: ProcessOutput;
  alive: boolean;
}

export class BootProcesses {
  readonly #all: BootProcess[] = [];
  readonly #parts: EnvironmentParts;
  readonly #family: ProcessFamily;
  readonly #onEnd: (role: ProcessRole, end: ProcessEnd) => void;

  constructor(parts: EnvironmentParts, onEnd: (role: ProcessRole, end: ProcessEnd) => void) {
    this.#parts = parts;
    const { processes, isolation } = parts.services;
    this.#family = new ProcessFamily(processes, parts.id, { separate: isolation.separateProcesses });
    this.#onEnd = onEnd;
  }

  launch(role: ProcessRole, command: ProcessCommand): void {
    const { log, services, id } = this.#parts;
    const output = new ProcessOutput(log, role.role);
    let group: ProcessGroup;
    try {
      group = new ProcessGroup(command, output, this.#family);
    } catch (error) {
      // The operating system refused the arguments or the variables: handled like a process that ends immediately.
      log.notice(`${String(error)}\n`);
      setImmediate(() => this.#onEnd(role, { exitCode: 126, signal: null }));
      return;
    }
    const started: BootProcess = { role, group, output, alive: true };
    this.#all.push(started);
    const { processId } = group;
    if (processId !== null) services.running.add(processId, id);
    void group.ended.then((end) => {
      if (processId !== null) services.running.remove(processId);
      if (group.failure !== null) log.notice(`${String(group.failure)}\n`);
      started.alive = false;
      output.endLines();
      this.#onEnd(role, end);
    });
  }

  residentBytes(): number {
    return this.#family.residentBytes();
  }

  get hasRuntime(): boolean {
    return this.#all.some(
      ({ role, alive, group }) => alive && role.role === "runtime" && group.processId !== null,
    );
  }

  /** The process that runs the runtime's program. Null if there is none, or if it has not started yet. */
  get runtimeProcessId(): number | null {
    return this.#all.find(({ role, alive }) => alive && role.role === "runtime")?.group.mainId ?? null;
  }

  get frozen(): boolean {
    return this.#all.some(({ group, alive }) => alive && group.frozen);
  }

  freeze(): void {
    let looks = 0;
    do for (const { group } of this.#all) group.freeze();
    while (this.#family.freeze() && (looks += 1) < FREEZES_MAX);
  }

  thaw(): void {
    for (const { group } of this.#all) group.thaw();
    this.#family.thaw();
  }

  drain(): void {
    for (const { group } of this.#all) group.drain();
  }

  /** Reads all output that is left. Because the phase is over, a last line without a newline becomes a log event too. */
  endLines(): void {
    this.drain();
    for (const { output } of this.#all) output.endLines();
  }

  /** Lets a parked runtime, which waits before it loads any code of the user, continue. */
  release(): void {
    for (const { group } of this.#all) group.release();
  }

  killRuntime(): void {
    for (const { role, group } of this.#all) if (role.role === "runtime") group.kill();
  }

  /** Kills all processes immediately, without a Shutdown phase. */
  async kill(): Promise<void> {
    for (const { group } of this.#all) group.kill();
    await Promise.all(this.#all.map(({ group }) => group.ended));
    await this.#family.end();
  }

  /** Runs the Shutdown phase (docs/aws/lifecycle.md#shutdown), then kills what is left. */
  async stop(order: StopOrder): Promise<void> {
    const { plan } = order;
    const runtime = this.#all.flatMap(({ role, group }) => (role.role === "runtime" ? [group] : []));
    if (plan.runtimeMs !== null) {
      // This comes before `thaw`, because `terminate` must know whether the runtime was frozen, and `thaw` forgets this.
      for (const group of runtime) group.terminate();
      this.thaw();
      await settledWithin(
        plan.runtimeMs,
        runtime.map((group) => group.ended),
      );
    }
    order.beforeKill();
    if (plan.extensionsMs > 0) {
      for (const group of runtime) group.kill();
      await Promise.all(runtime.map((group) => group.ended));
      const listening = order.deliverShutdown(plan.extensionsMs);
      const extensions = this.#all.flatMap(({ role, group }) =>
        role.role === "extension" ? [{ name: role.name, group }] : [],
      );
      for (const { name, group } of extensions) if (!listening.has(name)) group.kill();
      await settledWithin(
        plan.extensionsMs,
        extensions.map(({ group }) => group.ended),
      );
    }
    await this.kill();
  }
}
