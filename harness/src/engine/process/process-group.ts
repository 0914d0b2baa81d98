/**
 * One process that the engine starts in an environment, and its process group. The processes that leave the group are in its family
 * (process-family.ts).
 */
import { spawn, type ChildProcess } from "node:child_process";
import { readSync } from "node:fs";
import { Socket } from "node:net";
import { kill } from "node:process";
import type { Readable } from "node:stream";
import type { ProcessEnd } from "./process-end.ts";
import type { ProcessFamily } from "./process-family.ts";
import { runsAgain } from "./runs-again.ts";

export interface ProcessCommand {
  readonly file: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  /**
   * Whether the process waits for a line on descriptor 4 (`release`) before it starts the program. After the line it closes the descriptor.
   * If the descriptor's input ends without a line, the engine has ended.
   */
  readonly parked?: boolean;
}

/** These handlers receive what the process writes to its descriptors 1, 2 and 3. */
export interface OutputHandlers {
  readonly output: (chunk: Buffer) => void;
  readonly error: (chunk: Buffer) => void;
  readonly framed: (chunk: Buffer) => void;
  /** Receives what is not kept at the end of the process, because too much waits. */
  readonly dropped: (chunk: Buffer) => void;
  /** The bytes that the handlers received and that are not written yet. */
  readonly waitingBytes: number;
  readonly whenTaken: (then: () => void) => void;
}

/** While more bytes than this wait, the pipes are not read, so that a process that writes faster than its log is stored has to wait. */
const PAUSE_BYTES = 64 * 1024;
/** The end of a phase reads the pipes all the same, up to this limit. */
const WAITING_BYTES_MAX = 4 * 1024 * 1024;

/**
 * A drain stops after this many bytes, even if the process keeps writing. The kernel's buffer of a pipe is smaller, so a drain reads all
 * that was written before it.
 */
const DRAIN_BYTES_MAX = 1024 * 1024;
const drainBuffer = Buffer.allocUnsafe(64 * 1024);

export class ProcessGroup {
  /** The process that the engine started. With a PID namespace it waits outside for the program (`mainId`). */
  readonly processId: number | null;
  /** Why no process could be started; null if one was. */
  failure: Error | null = null;
  /** Resolves when the leader is gone and what it wrote has been read. */
  readonly ended: Promise<ProcessEnd>;
  readonly #child: ChildProcess;
  readonly #family: ProcessFamily;
  readonly #pipes: ReadonlyArray<{
    readonly stream: Readable;
    readonly handler: (chunk: Buffer) => void;
  }>;
  /** Our end of the descriptor on which a parked process waits. */
  readonly #parked: Socket | null;
  readonly #handlers: OutputHandlers;
  #listens = false;
  #paused = false;
  #stopped = false;
  #gone = false;

  constructor(command: ProcessCommand, handlers: OutputHandlers, family: ProcessFamily) {
    this.#family = family;
    this.#child = spawn(command.file, command.arguments, {
      cwd: command.folder,
      env: { ...command.variables },
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "pipe", ...(command.parked === true ? (["pipe"] as const) : [])],
    });
    this.processId = this.#child.pid ?? null;
    this.#handlers = handlers;
    if (this.processId !== null) family.add(this.processId);
    // There are no streams if the system had no descriptors left for them.
    const streams = this.#child.stdio as ChildProcess["stdio"] | undefined;
    const [, output, error, framed, parked] = streams ?? [];
    this.#parked = parked instanceof Socket ? parked : null;
    this.#parked?.on("error", () => undefined);
    this.#pipes = [
      { stream: output, handler: handlers.output },
      { stream: error, handler: handlers.error },
      { stream: framed, handler: handlers.framed },
    ].flatMap(({ stream, handler }) => (stream instanceof Socket ? [{ stream, handler }] : []));
    for (const { stream } of this.#pipes) stream.on("error", () => undefined);
    if (this.#parked === null) this.#listen();
    this.ended = new Promise((resolve) => {
      const end = (result: ProcessEnd): void => {
        if (this.#gone) return;
        this.#finish();
        resolve(result);
      };
      this.#child.once("exit", (exitCode, signal) => end({ exitCode, signal }));
      // The process could not be started: reported like a shell's "command not found".
      this.#child.once("error", (error) => {
        if (this.#child.pid !== undefined) return;
        this.failure = error;
        end({ exitCode: 127, signal: null });
      });
    });
  }

  /** The process that runs the program. Null before its start and after the group's end. */
  get mainId(): number | null {
    return this.processId === null || this.#gone ? null : this.#family.mainOf(this.processId);
  }

  get frozen(): boolean {
    return this.#stopped;
  }

  /** Lets a parked process continue. Its earlier output is read only now, so that the log shows it after the Init's beginning. */
  release(): void {
    if (this.#parked !== null) this.#listen();
    this.#parked?.write("\n");
    this.#parked?.destroySoon();
  }

  freeze(): void {
    this.#stopped = this.#signal("SIGSTOP");
  }

  thaw(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.#signal("SIGCONT");
  }

  /**
   * Sends SIGTERM. The clients of runtimes wait for this signal in the main thread, so the main thread must take it. On Lambda it does,
   * because no thread is stopped there. Here, any thread of a stopped process could take a signal that is sent too early. So a stopped
   * process is continued first, and gets the signal after its main thread has run again (runs-again.ts).
   */
  terminate(): void {
    const wasStopped = this.#stopped;
    this.thaw();
    const { mainId } = this;
    if (wasStopped && mainId !== null) void runsAgain(mainId).then(() => this.#signal("SIGTERM"));
    else this.#signal("SIGTERM");
  }

  /** With a PID namespace, the group of the leader has the first process of the namespace, with which the kernel ends all others. */
  kill(): void {
    this.#stopped = false;
    if (this.processId !== null && !this.#gone) groupSignal(this.processId, "SIGKILL");
  }

  /** Reads, without waiting, what the processes have written so far, because their output must be logged before the next platform line. */
  drain(): void {
    if (this.#handlers.waitingBytes > WAITING_BYTES_MAX && !this.#gone) return;
    // A read from an empty pipe throws (EAGAIN). The stack traces of three such exceptions took a tenth of the processor time of a warm
    // invocation, so no stack traces are made here.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    for (const { stream, handler } of this.#pipes) {
      const fd = descriptorOf(stream);
      if (fd === null || stream.destroyed) continue;
      // A stream that was paused has read a part of the pipe. `read` gives it to the listener.
      while (stream.readableLength > 0 && stream.read() !== null);
      drainDescriptor(fd, this.#handlers.waitingBytes > WAITING_BYTES_MAX ? this.#handlers.dropped : handler);
    }
    Error.stackTraceLimit = stackTraceLimit;
  }

  #listen(): void {
    this.#listens = true;
    for (const { stream, handler } of this.#pipes)
      stream.on("data", (chunk: Buffer) => {
        handler(chunk);
        if (this.#handlers.waitingBytes > PAUSE_BYTES) this.#pause();
      });
  }

  #pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    for (const { stream } of this.#pipes) stream.pause();
    this.#handlers.whenTaken(() => this.#resume());
  }

  #resume(): void {
    this.#paused = false;
    for (const { stream } of this.#pipes) stream.resume();
  }

  #finish(): void {
    this.#gone = true;
    // When the leader ends, the processes that it left in its group are ended too.
    if (this.processId !== null) groupSignal(this.processId, "SIGKILL");
    if (this.#listens) this.drain();
    for (const { stream } of this.#pipes) stream.destroy();
    this.#parked?.destroy();
  }

  #signal(name: NodeJS.Signals): boolean {
    const { mainId } = this;
    return mainId !== null && groupSignal(mainId, name);
  }
}

/** Returns false if the group no longer exists. */
export function groupSignal(leader: number, name: NodeJS.Signals): boolean {
  try {
    return kill(-leader, name);
  } catch {
    return false;
  }
}

/** Returns the file descriptor of a pipe, for which Node has no public API. With it the pipe can be read without waiting. */
function descriptorOf(stream: Readable): number | null {
  const handle: unknown = Reflect.get(stream, "_handle");
  if (typeof handle !== "object" || handle === null) return null;
  const descriptor: unknown = Reflect.get(handle, "fd");
  return typeof descriptor === "number" && descriptor >= 0 ? descriptor : null;
}

function drainDescriptor(fd: number, handler: (chunk: Buffer) => void): void {
  for (let total = 0; total < DRAIN_BYTES_MAX;) {
    let count: number;
    try {
      count = readSync(fd, drainBuffer, 0, drainBuffer.length, null);
    } catch {
      return; // EAGAIN: the pipe is empty
    }
    if (count === 0) return;
    total += count;
    handler(Buffer.from(drainBuffer.subarray(0, count)));
  }
}
