/**
 * The processes of one boot of an environment: the runtime and its external extensions, each a group of its own. Starts, freezes, drains and
 * stops them; what is decided about them is environment-state.ts's, and the shutdown budgets are shutdown-budget.ts's.
 */
import type { ProcessEnd, ProcessRole } from "../process/process-end.ts";
import type { ProcessGroup } from "../process/process-group.ts";
import type { ShutdownPlan } from "./shutdown-budget.ts";

export interface StopOrder {
  readonly plan: ShutdownPlan;
  /** Gives external extensions their SHUTDOWN event; returns the names of those that listen to it. */
  readonly deliverShutdown: (deadlineMs: number) => ReadonlySet<string>;
  /** Before the first process is killed (links have to know). */
  readonly beforeKill: () => void;
}

export class BootProcesses {
  private readonly groups: Array<{
    readonly role: ProcessRole;
    readonly group: ProcessGroup;
    readonly endLine: () => void;
    alive: boolean;
  }> = [];
  private readonly onEnd: (role: ProcessRole, end: ProcessEnd) => void;

  constructor(onEnd: (role: ProcessRole, end: ProcessEnd) => void) {
    this.onEnd = onEnd;
  }

  add(role: ProcessRole, group: ProcessGroup, endLine: () => void): void {
    const entry = { role, group, endLine, alive: true };
    this.groups.push(entry);
    void group.ended.then((end) => {
      entry.alive = false;
      endLine();
      this.onEnd(role, end);
    });
  }

  get processIds(): readonly number[] {
    return this.groups.flatMap(({ group, alive }) =>
      alive && group.processId !== null ? [group.processId] : [],
    );
  }

  get runtimeProcessId(): number | null {
    return this.groups.find(({ role, alive }) => alive && role.role === "runtime")?.group.processId ?? null;
  }

  get frozen(): boolean {
    return this.groups.some(({ group, alive }) => alive && group.frozen);
  }

  freeze(): void {
    for (const { group } of this.groups) group.freeze();
  }

  thaw(): void {
    for (const { group } of this.groups) group.thaw();
  }

  drain(): void {
    for (const { group } of this.groups) group.drain();
  }

  /** At the end of a phase a line that has not been ended yet is an event too. */
  endLines(): void {
    this.drain();
    for (const { endLine } of this.groups) endLine();
  }

  killRuntime(): void {
    for (const { role, group } of this.groups) if (role.role === "runtime") group.kill();
  }

  /** All at once, without a Shutdown phase. */
  async kill(): Promise<void> {
    for (const { group } of this.groups) group.kill();
    await Promise.all(this.groups.map(({ group }) => group.ended));
  }

  /**
   * Shutdown phase (docs/aws/lifecycle.md#shutdown): SIGTERM to the runtime within its share, then SHUTDOWN to the extensions that listen,
   * then SIGKILL.
   */
  async stop(order: StopOrder): Promise<void> {
    const { plan } = order;
    const runtime = this.groups.filter(({ role }) => role.role === "runtime").map(({ group }) => group);
    if (plan.runtimeMs !== null) {
      this.thaw();
      for (const group of runtime) group.terminate();
      await within(
        plan.runtimeMs,
        runtime.map((group) => group.ended),
      );
    }
    order.beforeKill();
    if (plan.extensionsMs > 0) {
      for (const group of runtime) group.kill();
      await Promise.all(runtime.map((group) => group.ended));
      const listening = order.deliverShutdown(plan.extensionsMs);
      const extensions = this.groups.flatMap(({ role, group }) =>
        role.role === "extension" ? [{ name: role.name, group }] : [],
      );
      for (const { name, group } of extensions) if (!listening.has(name)) group.kill();
      await within(
        plan.extensionsMs,
        extensions.map(({ group }) => group.ended),
      );
    }
    await this.kill();
  }
}

async function within(limitMs: number, all: ReadonlyArray<Promise<unknown>>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([Promise.all(all), limit]);
  clearTimeout(timer);
}
