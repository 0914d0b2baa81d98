/**
 * Turns what one process writes into log events: the lines of its standard output and error, and the framed messages of descriptor 3. The
 * log takes the events when it has time. Until then the bytes wait here, and if they are many, the process must wait too.
 */
import { FrameDecoder } from "./frame-decoder.ts";
import { EventSplitter } from "./event-splitter.ts";
import type { OutputHandlers } from "../process-group.ts";

/** Where the events go, in order. */
export interface OutputLog {
  take(events: Iterator<string, undefined>, bytes: number): void;
  /** The bytes whose events have not been taken yet. */
  readonly waitingBytes: number;
  /** Calls `then` when everything is written that was given before. */
  whenTaken(then: () => void): void;
  drop(bytes: Buffer): void;
}

export class ProcessOutput implements OutputHandlers {
  readonly #log: OutputLog;
  readonly #lines = [new EventSplitter(), new EventSplitter()] as const;
  readonly #frames = new FrameDecoder();

  constructor(log: OutputLog) {
    this.#log = log;
  }

  get waitingBytes(): number {
    return this.#log.waitingBytes;
  }

  readonly output = (chunk: Buffer): void => this.#log.take(this.#lines[0].push(chunk), chunk.length);
  readonly error = (chunk: Buffer): void => this.#log.take(this.#lines[1].push(chunk), chunk.length);
  readonly framed = (chunk: Buffer): void => this.#log.take(this.#frames.push(chunk), chunk.length);
  readonly dropped = (chunk: Buffer): void => this.#log.drop(chunk);
  readonly whenTaken = (then: () => void): void => this.#log.whenTaken(then);

  /** To be called at the end of a phase or of the process. A last line without a newline then becomes an event too. */
  endLines(): void {
    for (const lines of this.#lines) this.#log.take(lines.end(), 0);
  }
}
