/**
 * The only writer to the log stream of one environment. Its time stamps never go back. Lines beyond a limit per phase are dropped and
 * counted, so that a function cannot exhaust the engine's memory.
 */
import type { Clock } from "../../ports/clock.ts";
import type { EpochMs } from "../../units/time.ts";
import type { Logging } from "../function-snapshot.ts";
import type { LogSink } from "../log-sink.ts";
import { isShownAtApplicationLevel } from "./application-level.ts";
import { formatPlatformEvent } from "./log-format.ts";
import type { EmittedEvent } from "./platform-event.ts";

const TAIL_BYTES = 4_096;

/** Receives everything that is written to the log, with the same time stamp. */
interface Telemetry {
  platform(event: EmittedEvent, atMs: number): void;
  line(category: "function" | "extension", line: string, atMs: number): void;
}

export interface EnvironmentLogOptions {
  readonly sink: LogSink;
  readonly clock: Clock;
  readonly logging: Logging;
  readonly logStream: string;
  readonly bytesPerPhaseMax: number;
  readonly telemetry: Telemetry;
}

export class EnvironmentLog {
  private readonly options: EnvironmentLogOptions;
  private isOpen = false;
  private lastTimestamp = 0;
  private tail: string[] = [];
  private tailBytes = 0;
  private phaseBytes = 0;
  private dropped = { records: 0, bytes: 0 };

  constructor(options: EnvironmentLogOptions) {
    this.options = options;
  }

  /** Creates the log stream if it does not exist yet, so that it exists even if no line is shown. */
  open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    const { sink, logging, logStream, clock } = this.options;
    sink.createStream(logging.logGroup, logStream, clock.now());
  }

  platform(event: EmittedEvent): void {
    this.options.sink.late.flush();
    this.writePlatform(event, this.now());
  }

  /** `at` is when the event happened; it may be written later. */
  platformSoon(event: EmittedEvent, at: EpochMs): void {
    this.options.sink.late.add(() => this.writePlatform(event, this.now(at)));
  }

  private writePlatform(event: EmittedEvent, at: number): void {
    const line = formatPlatformEvent(event, at, this.options.logging);
    if (line !== null) this.write(at, line);
    this.options.telemetry.platform(event, at);
  }

  /** The log level does not affect the Telemetry API, nor the lines of extensions (inferred: docs/aws/logs.md#application-log-levels). */
  fromProcess(line: string, role: "runtime" | "extension" = "runtime"): void {
    this.options.sink.late.flush();
    this.phaseBytes += line.length;
    if (this.phaseBytes > this.options.bytesPerPhaseMax) {
      this.dropped.records += 1;
      this.dropped.bytes += Buffer.byteLength(line);
      return;
    }
    const at = this.now();
    if (role === "extension" || this.isShown(line)) this.write(at, line);
    this.options.telemetry.line(role === "runtime" ? "function" : "extension", line, at);
  }

  /** Writes a line from the engine about the function's processes. No level hides the line. */
  notice(line: string): void {
    this.options.sink.late.flush();
    const at = this.now();
    this.write(at, line);
    this.options.telemetry.line("function", line, at);
  }

  endPhase(): void {
    this.phaseBytes = 0;
    if (this.dropped.records === 0) return;
    const { records, bytes } = this.dropped;
    this.dropped = { records: 0, bytes: 0 };
    const reason = `Some logs have been dropped: more than ${this.options.bytesPerPhaseMax} bytes in one phase`;
    this.platform({ type: "logsDropped", droppedBytes: bytes, droppedRecords: records, reason });
  }

  /** Makes the next line the first line of the invocation's tail (docs/aws/invoke-api.md#answer). */
  startTail(): void {
    this.options.sink.late.flush();
    this.tail = [];
    this.tailBytes = 0;
  }

  tailBytesOfInvocation(): Buffer {
    this.options.sink.late.flush();
    const all = Buffer.from(this.tail.join(""));
    return all.subarray(Math.max(0, all.length - TAIL_BYTES));
  }

  private now(happenedAt: number = this.options.clock.now()): number {
    this.lastTimestamp = Math.max(this.lastTimestamp, Math.floor(happenedAt));
    return this.lastTimestamp;
  }

  private isShown(line: string): boolean {
    const { format, applicationLogLevel } = this.options.logging;
    return format === "Text" || isShownAtApplicationLevel(line, applicationLogLevel);
  }

  private write(timestamp: number, line: string): void {
    this.open();
    this.options.sink.write(this.options.logging.logGroup, this.options.logStream, timestamp, line);
    this.tail.push(line);
    this.tailBytes += line.length;
    while (this.tailBytes - (this.tail[0]?.length ?? 0) >= TAIL_BYTES)
      this.tailBytes -= this.tail.shift()?.length ?? 0;
  }
}
