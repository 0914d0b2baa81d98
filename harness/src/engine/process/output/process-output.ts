/** Turns what one process writes into log events: the lines of its standard output and error, and the framed messages of descriptor 3. */
import { FrameDecoder } from "./frame-decoder.ts";
import { EventSplitter } from "./event-splitter.ts";
import type { OutputHandlers } from "../process-group.ts";

export class ProcessOutput implements OutputHandlers {
  private readonly lines: readonly [output: EventSplitter, error: EventSplitter];
  private readonly frames: FrameDecoder;

  constructor(onEvent: (text: string) => void) {
    this.lines = [new EventSplitter(onEvent), new EventSplitter(onEvent)];
    this.frames = new FrameDecoder(onEvent);
  }

  readonly output = (chunk: Buffer): void => this.lines[0].push(chunk);
  readonly error = (chunk: Buffer): void => this.lines[1].push(chunk);
  readonly framed = (chunk: Buffer): void => this.frames.push(chunk);

  /** To be called at the end of a phase or of the process. A last line without a newline then becomes an event too. */
  endLines(): void {
    for (const lines of this.lines) lines.end();
  }
}
