/**
 * A skimmed piece of a log. A piece is the bytes of a *range*, which is a part of a log file. To *skim* it is to find the lines that a
 * judgement must read. The result is *steps* of a few numbers each: one for each line that must be read, and others about the skipped lines
 * between them. Positions in steps count from `linesFrom`.
 */
import type { SkippedLine } from "../../../logs/log-event.ts";
import { eventIdAt } from "../skim/life-signs.ts";

export interface SkimmedPiece {
  /** Valid until the next piece is requested. */
  readonly chunk: Buffer;
  /** Where the skimmed lines begin and end. The bytes around them were not skimmed, for example because they are parts of longer lines. */
  readonly linesFrom: number;
  readonly linesEnd: number;
  readonly steps: Float64Array;
  /** The names of the log streams. A step names a stream by its index in this list. */
  readonly streams: readonly (string | null)[];
}

export interface StepReader {
  line(bytes: Buffer): void;
  /** The next line is skipped and does not belong to the message before it. So that message has ended. */
  messageEnds(): void;
  skipped(line: SkippedLine): void;
}

/**
 * The first number of a step shows the kind of the step: 0 or more (a position) means a line, -1 means `messageEnds`, and a number below -1
 * means a skipped line.
 */
const MESSAGE_ENDS = -1;
const FIRST_STREAM = -2;

export function readSteps(
  { chunk, linesFrom, linesEnd, steps, streams }: SkimmedPiece,
  to: StepReader,
): void {
  const lines = chunk.subarray(linesFrom, linesEnd);
  for (let at = 0; at < steps.length;) {
    const kind = steps[at] as number;
    if (kind >= 0) {
      to.line(lines.subarray(kind, steps[at + 1]));
      at += 2;
    } else if (kind === MESSAGE_ENDS) {
      to.messageEnds();
      at += 1;
    } else {
      to.skipped({
        logStreamName: streams[FIRST_STREAM - kind] ?? null,
        timestamp: steps[at + 1] as number,
        eventId: eventIdAt(lines, steps[at + 2] as number, steps[at + 3] as number),
      });
      at += 4;
    }
  }
}

/** Returns a piece in which no line was skimmed: whoever takes the piece reads all its lines. */
export function unskimmed(chunk: Buffer): SkimmedPiece {
  return { chunk, linesFrom: chunk.length, linesEnd: chunk.length, steps: NONE, streams: [] };
}

const NONE = new Float64Array(0);

export class StepWriter {
  #memory: Float64Array = new Float64Array(0);
  #length = 0;
  #streams = new Map<string | null, number>();

  begin(memory: Float64Array): void {
    this.#memory = memory;
    this.#length = 0;
    this.#streams = new Map();
  }

  /** Returns the steps that were written. Null if the memory was too small for them. */
  end(): Pick<SkimmedPiece, "steps" | "streams"> | null {
    if (this.#length > this.#memory.length) return null;
    return { steps: this.#memory.subarray(0, this.#length), streams: [...this.#streams.keys()] };
  }

  line(from: number, end: number): void {
    this.#write(from);
    this.#write(end);
  }

  messageEnds(): void {
    this.#write(MESSAGE_ENDS);
  }

  skipped(logStreamName: string | null, timestamp: number, idFrom: number, idEnd: number): void {
    let stream = this.#streams.get(logStreamName);
    if (stream === undefined) {
      stream = this.#streams.size;
      this.#streams.set(logStreamName, stream);
    }
    this.#write(FIRST_STREAM - stream);
    this.#write(timestamp);
    this.#write(idFrom);
    this.#write(idEnd);
  }

  /** Beyond the end of the memory, the array ignores the number. It is counted, so that `end` sees that the memory was too small. */
  #write(number: number): void {
    this.#memory[this.#length] = number;
    this.#length += 1;
  }
}
