/** A log sink in memory, with a way to wait for a line. */
import { LateWrites } from "../../../src/engine/late-writes.ts";
import type { LogSink } from "../../../src/engine/log-sink.ts";

export interface LoggedEvent {
  readonly logGroup: string;
  readonly logStream: string;
  readonly timestamp: number;
  readonly message: string;
}

export class MemoryLogSink implements LogSink {
  readonly late = new LateWrites((error) => {
    throw error;
  });
  readonly streams: string[] = [];
  readonly events: LoggedEvent[] = [];
  readonly #waiting = new Set<() => void>();

  createStream(_logGroup: string, logStreamName: string): void {
    this.late.flush();
    if (this.streams.includes(logStreamName)) throw new Error(`stream ${logStreamName} exists already`);
    this.streams.push(logStreamName);
  }

  write(logGroup: string, logStream: string, timestamp: number, message: string): void {
    this.late.flush();
    if (!this.streams.includes(logStream)) throw new Error(`stream ${logStream} does not exist`);
    this.events.push({ logGroup, logStream, timestamp, message });
    for (const check of this.#waiting) check();
  }

  messages(logStream?: string): string[] {
    this.late.flush();
    return this.events
      .filter((event) => logStream === undefined || event.logStream === logStream)
      .map((event) => event.message);
  }

  /** Resolves with the first message that contains the text. The message may have been written already. */
  async seen(text: string): Promise<string> {
    const find = (): string | undefined => this.events.find((event) => event.message.includes(text))?.message;
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        const check = (): void => {
          if (find() === undefined) return;
          this.#waiting.delete(check);
          resolve();
        };
        this.#waiting.add(check);
      });
    }
  }

  /** Resolves when a message has been written `wanted` times. */
  async count(message: string, wanted: number): Promise<void> {
    const enough = (): boolean => this.events.filter((event) => event.message === message).length >= wanted;
    if (enough()) return;
    await new Promise<void>((resolve) => {
      const check = (): void => {
        if (!enough()) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
    });
  }
}
