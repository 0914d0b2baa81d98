/**
 * The processes of one environment beside the leaders that the engine started (process-group.ts): children that left the group of their
 * leader. With a PID namespace the leader waits outside, and everything that it started is in the namespace (isolation/mount-table.ts).
 */
import { setTimeout as wait } from "node:timers/promises";
import { isAlive, signalProcess, type KnownProcess, type ProcessTable } from "./running/process-table.ts";
import { readProcess } from "./running/process-state.ts";

/** A function that starts processes without end is not followed for ever. */
const LOOKS_MAX = 100;
const END_LOOKS_MAX = 2_000;
const PAGE_BYTES = 4_096;

export class ProcessFamily {
  readonly #table: ProcessTable;
  readonly #environment: string;
  readonly #separate: boolean;
  /** The processes that the engine started. The value is the main process of a leader: the leader itself, or the program that it waits for. */
  readonly #mains = new Map<number, number | null>();

  /** `separate`: whether the environment has a PID namespace. */
  constructor(table: ProcessTable, environment: string, { separate }: { readonly separate: boolean }) {
    this.#table = table;
    this.#environment = environment;
    this.#separate = separate;
  }

  add(leader: number): void {
    this.#table.add(leader, this.#environment);
    this.#mains.set(leader, this.#separate ? null : leader);
  }

  /** Returns the process that runs the program of the runtime or of an extension. Null if it has not started yet. */
  mainOf(leader: number): number | null {
    const known = this.#mains.get(leader) ?? null;
    if (known !== null || !this.#mains.has(leader)) return known;
    this.#table.look();
    for (const one of this.#table.of(this.#environment)) {
      // The program gets a session of its own a moment after its start.
      if (one.parent === leader) one.session = readProcess(one.id)?.session ?? one.session;
      if (one.parent !== leader || one.session !== one.id) continue;
      this.#mains.set(leader, one.id);
      return one.id;
    }
    return null;
  }

  /**
   * Stops all processes but the main ones. Returns whether one of them ran: until it stopped, it could have thawed a main process. A process
   * that is started meanwhile is found by the next look.
   */
  freeze(): boolean {
    let ran = false;
    for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
      this.#table.look();
      const running = this.#strays().filter((one) => /^[^Tt]$/.test(stateOf(one)));
      if (running.length === 0) break;
      ran = true;
      for (const one of running) signalProcess(one, "SIGSTOP");
    }
    return ran;
  }

  thaw(): void {
    for (const one of this.#strays()) signalProcess(one, "SIGCONT");
  }

  /** The processes are read one after the other, so the sum is an estimate. */
  residentBytes(): number {
    for (const leader of this.#mains.keys()) this.mainOf(leader);
    this.#table.look();
    let pages = 0;
    for (const one of this.#table.of(this.#environment))
      if (!this.#isHelper(one)) pages += readProcess(one.id)?.residentPages ?? 0;
    return pages * PAGE_BYTES;
  }

  /** Kills what is left and resolves when it is gone. To be called when all leaders have ended. */
  async end(): Promise<void> {
    for (let looks = 0; looks < END_LOOKS_MAX; looks += 1) {
      this.#table.look();
      const left = this.#table
        .of(this.#environment)
        .filter((one) => isAlive(one) && !(looks > 0 && waitsToBeReaped(one)));
      if (left.length === 0) return;
      for (const one of left) signalProcess(one, "SIGKILL");
      await wait(1);
    }
  }

  #strays(): readonly KnownProcess[] {
    const processes = this.#table.of(this.#environment);
    if (processes.length === this.#mains.size && !this.#separate) return [];
    const mains = new Set(this.#mains.values());
    return processes.filter((one) => !mains.has(one.id) && !this.#isHelper(one));
  }

  /** Whether a process only keeps the namespace. Such processes are in the session of the leader, functions' processes never are. */
  #isHelper({ session }: KnownProcess): boolean {
    return this.#separate && this.#mains.has(session);
  }
}

/**
 * Whether a process that was killed has nothing left but its entry. The first process of a PID namespace stays until all others have been
 * reaped, and their parent can be the first process of the machine or container, which may reap late or never. A process that has memory
 * runs as soon as it is killed, and so does not sleep.
 */
function waitsToBeReaped({ id, start }: KnownProcess): boolean {
  const process = readProcess(id);
  return process?.start === start && process.state === "S" && process.residentPages === 0;
}

/** Returns the letter of proc(5). Empty if the process has ended. */
function stateOf({ id, start }: KnownProcess): string {
  const process = readProcess(id);
  return process?.start === start ? process.state : "";
}
