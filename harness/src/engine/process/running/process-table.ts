/**
 * All processes that belong to the environments of one engine, including those that left the process group of their parent (Linux; on other
 * systems the table is empty). A process belongs to an environment if its parent does, if the leader of its session does, or if it has the
 * name of the environment's log stream in its variables. This is decided when the process is first seen. Later it may change its session,
 * its variables or its parent, and still belongs to the environment (docs/fidelity.md#processes-of-an-environment).
 */
import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { kill } from "node:process";
import { readProcess, type ProcessState } from "./process-state.ts";

const MARK = "AWS_LAMBDA_LOG_STREAM_NAME=";

export interface KnownProcess {
  readonly id: number;
  readonly parent: number;
  /** Together with the id, this identifies a process. */
  readonly start: string;
  session: number;
}

/** Receives each process that `look` finds, and each found process that is gone. */
export interface Findings {
  readonly found: (processId: number, environment: string) => void;
  readonly gone: (processId: number) => void;
}

export class ProcessTable {
  readonly #findings: Findings;
  readonly #environmentOf = new Map<number, string>();
  readonly #known = new Map<string, KnownProcess[]>();
  /** Processes that belong to no environment. */
  #others = new Set<number>();
  readonly #births = new BirthCounter();

  constructor(findings: Findings = { found: () => undefined, gone: () => undefined }) {
    this.#findings = findings;
  }

  /** Environments must be added before their processes are looked for. */
  addEnvironment(environment: string): void {
    if (!this.#known.has(environment)) this.#known.set(environment, []);
  }

  /** To be called in the turn of the event loop in which the process was started. */
  add(processId: number, environment: string): void {
    this.addEnvironment(environment);
    const state = readProcess(processId);
    if (state !== null) this.#take(state, environment);
  }

  /** To be called when an environment is gone. */
  forget(environment: string): void {
    for (const { id } of this.of(environment)) this.#environmentOf.delete(id);
    this.#known.delete(environment);
  }

  /** The processes of an environment at the last look, the oldest first. */
  of(environment: string): readonly KnownProcess[] {
    return this.#known.get(environment) ?? [];
  }

  /** Looks for processes that were started since the last look. Costs a few microseconds if there is none. */
  look(): void {
    if (!this.#births.changed()) return;
    const present = numbersInProc();
    if (present === null) return this.#births.forget();
    for (const id of present) this.#classify(id);
    for (const id of this.#others) if (!present.has(id)) this.#others.delete(id);
    for (const [environment, processes] of this.#known) {
      const gone = processes.filter(({ id }) => !present.has(id));
      if (gone.length === 0) continue;
      this.#known.set(
        environment,
        processes.filter(({ id }) => present.has(id)),
      );
      for (const { id } of gone) {
        this.#environmentOf.delete(id);
        this.#findings.gone(id);
      }
    }
  }

  close(): void {
    this.#births.close();
  }

  #classify(id: number): string | null {
    const known = this.#environmentOf.get(id);
    if (known !== undefined) return known;
    if (this.#others.has(id)) return null;
    const state = readProcess(id);
    if (state === null) return null;
    // The numbers of processes begin again at their maximum, so a parent can have a higher number and not be classified yet.
    const byParent =
      state.parent > id ? this.#classify(state.parent) : (this.#environmentOf.get(state.parent) ?? null);
    const environment = byParent ?? this.#environmentOf.get(state.session) ?? this.#marked(id);
    if (environment === null) {
      this.#others.add(id);
      return null;
    }
    this.#take(state, environment);
    this.#findings.found(id, environment);
    return environment;
  }

  #take({ id, parent, start, session }: ProcessState, environment: string): void {
    this.#others.delete(id);
    this.#environmentOf.set(id, environment);
    this.#known.get(environment)?.push({ id, parent, start, session });
  }

  #marked(id: number): string | null {
    try {
      const variables = readFileSync(`/proc/${id}/environ`, "utf8").split("\0");
      const stream = variables.find((variable) => variable.startsWith(MARK))?.slice(MARK.length);
      return stream !== undefined && this.#known.has(stream) ? stream : null;
    } catch {
      return null; // the process belongs to another user, or has ended
    }
  }
}

export const isAlive = ({ id, start }: KnownProcess): boolean => readProcess(id)?.start === start;

/** Another process can have the number of one that has ended, so the start time is compared before the signal. */
export function signalProcess(process: KnownProcess, name: NodeJS.Signals): void {
  if (!isAlive(process)) return;
  try {
    kill(process.id, name);
  } catch {
    return; // the process has ended meanwhile
  }
}

/** Returns null without /proc, or if no descriptor is left to read it. */
function numbersInProc(): ReadonlySet<number> | null {
  try {
    return new Set(
      readdirSync("/proc").flatMap((name) => {
        const id = Number(name);
        return Number.isInteger(id) ? [id] : [];
      }),
    );
  } catch {
    return null;
  }
}

/** Whether a process or a thread was started on this machine: /proc/loadavg ends with the number of the last one. */
class BirthCounter {
  #descriptor: number | null = openLoad();
  readonly #buffer = Buffer.alloc(128);
  #seen = "";

  changed(): boolean {
    if (this.#descriptor === null) return false;
    const last = lastWord(this.#descriptor, this.#buffer);
    // Systems that do not count write 0.
    if (last === this.#seen && last !== "0") return false;
    this.#seen = last;
    return true;
  }

  forget(): void {
    this.#seen = "";
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }
}

/** Returns "0" if the file cannot be read. */
function lastWord(descriptor: number, buffer: Buffer): string {
  try {
    const length = readSync(descriptor, buffer, 0, buffer.length, 0);
    return buffer.toString("latin1", 0, length).trimEnd().split(" ").at(-1) ?? "0";
  } catch {
    return "0";
  }
}

function openLoad(): number | null {
  try {
    return openSync("/proc/loadavg", "r");
  } catch {
    return null; // not Linux
  }
}
