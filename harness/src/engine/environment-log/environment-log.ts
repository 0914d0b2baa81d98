/**
 * The only writer to the log stream of one environment. Its time stamps never go back. What cannot be written in this turn of the event loop
 * waits in a queue, in order (log-turns.ts). Lines beyond a limit per phase are dropped and counted, so that a function cannot fill the disk.
 */
import type { Clock } from "../../run/ports/clock.ts";
import type { EpochMs } from "../../base/time.ts";
import type { Logging } from "../function-snapshot.ts";
import type { LogSink } from "../log-sink.ts";
import { EVENT_COST, LogQueue, type LogStep, type LogTurns } from "./log-turns.ts";
import { isShownAtApplicationLevel } from "./application-level.ts";
import { formatPlatformEvent } from "./log-format.ts";
import type { EmittedEvent } from "./emitted-event.ts";

const TAIL_BYTES = 4_096;
const NEWLINE = 0x0a;

/** Receives everything that is written to the log, with the same time stamp. */
interface Telemetry {
  platform(event: EmittedEvent, atMs: number): void;
  line(category: "function" | "extension", line: string, atMs: number): void;
}

export interface EnvironmentLogOptions {
  readonly sink: LogSink;
  readonly turns: LogTurns;
  readonly clock: Clock;
  readonly logging: Logging;
  readonly logStream: string;
  readonly bytesPerPhaseMax: number;
  readonly telemetry: Telemetry;
}

export class EnvironmentLog {
  readonly #options: EnvironmentLogOptions;
  readonly #queue: LogQueue;
  #isOpen = false;
  #lastTimestamp = 0;
  #tail: string[] = [];
  #tailBytes = 0;
  #phaseBytes = 0;
  #dropped = { records: 0, bytes: 0 };

  constructor(options: EnvironmentLogOptions) {
    this.#options = options;
    this.#queue = new LogQueue(options.turns);
  }

  /** Creates the log stream if it does not exist yet, so that it exists even if no line is shown. */
  open(): void {
    this.#inOrder(() => this.#createStream());
  }

  platform(event: EmittedEvent): void {
    const at = this.#nowAfterLateEvents();
    this.#inOrder(() => this.#writePlatform(event, at));
  }

  /** `at` is when the event happened; it may be written later. */
  platformSoon(event: EmittedEvent, at: EpochMs): void {
    this.#options.sink.late.add(() => {
      const time = this.#now(at);
      this.#queue.add(once(() => this.#writePlatform(event, time)));
    });
  }

  /**
   * Takes the events of a process one after the other, when there is time. The log level does not affect the Telemetry API, nor the lines of
   * extensions (inferred: docs/aws/logs.md#application-log-levels).
   */
  fromProcess(
    events: Iterator<string, undefined>,
    {
      role = "runtime",
      bytes = 0,
    }: { readonly role?: "runtime" | "extension"; readonly bytes?: number } = {},
  ): void {
    const at = this.#nowAfterLateEvents();
    let line: string | undefined;
    this.#queue.add(() => {
      line ??= events.next().value;
      if (line === undefined) return null;
      this.#writeLine(line, role, at);
      const cost = EVENT_COST + line.length;
      line = undefined;
      return cost;
    }, bytes);
  }

  /** Writes a line from the engine about the function's processes. No level hides the line. */
  notice(line: string): void {
    const at = this.#nowAfterLateEvents();
    this.#inOrder(() => {
      this.#write(at, line);
      this.#options.telemetry.line("function", line, at);
    });
  }

  /** Counts output that is not kept, because too much waits already. */
  drop(bytes: Buffer): void {
    this.#countDropped(
      bytes.reduce((lines, byte) => (byte === NEWLINE ? lines + 1 : lines), 0),
      bytes.length,
    );
  }

  endPhase(): void {
    const at = this.#nowAfterLateEvents();
    this.#inOrder(() => {
      if (this.#dropped.records > 0) {
        const { records, bytes } = this.#dropped;
        const reason = `Some logs have been dropped: more than ${this.#options.bytesPerPhaseMax} bytes in one phase, or more than could be stored`;
        this.#writePlatform(
          { type: "logsDropped", droppedBytes: bytes, droppedRecords: records, reason },
          at,
        );
      }
      this.#dropped = { records: 0, bytes: 0 };
      this.#phaseBytes = 0;
    });
  }

  /** Makes the next line the first line of the invocation's tail (docs/aws/invoke-api.md#answer). */
  startTail(): void {
    this.#inOrder(() => {
      this.#tail = [];
      this.#tailBytes = 0;
    });
  }

  tailBytesOfInvocation(): Buffer {
    this.#options.sink.late.flush();
    const all = Buffer.from(this.#tail.join(""));
    return all.subarray(Math.max(0, all.length - TAIL_BYTES));
  }

  /** The bytes of output that wait to be written. */
  get waitingBytes(): number {
    return this.#queue.bytes;
  }

  /** Calls `then` when everything is written that was given to this log before; at once if the disk refuses it. */
  whenWritten(then: () => void): void {
    this.#options.sink.late.flush();
    this.#queue.whenWritten(then);
  }

  /** Calls `then` when everything is written that was given to this log before. */
  whenTaken(then: () => void): void {
    this.#queue.add(() => {
      then();
      return null;
    });
  }

  #inOrder(write: () => void): void {
    this.#options.sink.late.flush();
    this.#queue.add(once(write));
  }

  #createStream(): void {
    if (this.#isOpen) return;
    const { sink, logging, logStream, clock } = this.#options;
    sink.createStream(logging.logGroup, logStream, clock.now());
    this.#isOpen = true;
  }

  #writePlatform(event: EmittedEvent, at: number): void {
    const line = formatPlatformEvent(event, at, this.#options.logging);
    if (line !== null) this.#write(at, line);
    this.#options.telemetry.platform(event, at);
  }

  #writeLine(line: string, role: "runtime" | "extension", at: number): void {
    const phaseBytes = this.#phaseBytes + line.length;
    const fits = phaseBytes <= this.#options.bytesPerPhaseMax;
    if (fits && (role === "extension" || this.#isShown(line))) this.#write(at, line);
    this.#phaseBytes = phaseBytes;
    if (!fits) return this.#countDropped(1, Buffer.byteLength(line));
    this.#options.telemetry.line(role === "runtime" ? "function" : "extension", line, at);
  }

  #countDropped(records: number, bytes: number): void {
    this.#dropped.records += records;
    this.#dropped.bytes += bytes;
  }

  #nowAfterLateEvents(): number {
    this.#options.sink.late.flush();
    return this.#now();
  }

  #now(happenedAt: number = this.#options.clock.now()): number {
    this.#lastTimestamp = Math.max(this.#lastTimestamp, Math.floor(happenedAt));
    return this.#lastTimestamp;
  }

  #isShown(line: string): boolean {
    const { format, applicationLogLevel } = this.#options.logging;
    return format === "Text" || isShownAtApplicationLevel(line, applicationLogLevel);
  }

  /** Changes nothing if the sink refuses the line. */
  #write(timestamp: number, line: string): void {
    this.#createStream();
    this.#options.sink.write(this.#options.logging.logGroup, this.#options.logStream, timestamp, line);
    this.#tail.push(line);
    this.#tailBytes += line.length;
    while (this.#tailBytes - (this.#tail[0]?.length ?? 0) >= TAIL_BYTES)
      this.#tailBytes -= this.#tail.shift()?.length ?? 0;
  }
}

/** A step that is done when `write` has returned. */
function once(write: () => void): LogStep {
  let done = false;
  return () => {
    if (done) return null;
    write();
    done = true;
    return EVENT_COST;
  };
}
