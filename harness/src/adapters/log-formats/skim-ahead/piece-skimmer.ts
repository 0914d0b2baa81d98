/**
 * Skims a piece of a log: finds the lines that must be read. In this log, every line must be complete by itself (`LogText.readsLines`). The
 * bytes before the first and after the last line break of the piece are left to the reader, because they belong to lines of other pieces.
 */
import { LineSplitter } from "../line-splitter.ts";
import { NEWLINE } from "../skim/chunk-view.ts";
import { LifeSigns } from "../skim/life-signs.ts";
import { LineSkimmer } from "../skim/line-skimmer.ts";
import { StepWriter, unskimmed, type SkimmedPiece } from "./skimmed-piece.ts";

export class PieceSkimmer {
  readonly #steps = new StepWriter();
  readonly #skimmer: LineSkimmer;
  readonly #lines: LineSplitter;
  #piece: Buffer = Buffer.alloc(0);

  /** Lines before `since` or after `until` (epoch milliseconds) are passed on one by one. */
  constructor(since: number, until: number) {
    const steps = this.#steps;
    const skimmer = new LineSkimmer(new LifeSigns((...sign) => steps.skipped(...sign), since, until));
    this.#skimmer = skimmer;
    const unreachable = (): void => undefined;
    this.#lines = new LineSplitter(
      {
        line: (bytes) => this.#line(bytes),
        skim: (from) => skimmer.skim(from, true, () => steps.messageEnds()),
        // These two are called only for an incomplete line, and the piece has none.
        longPart: unreachable,
        longEnd: unreachable,
      },
      Infinity,
    );
  }

  /** The steps are written into `memory`. If it is too small for them, all lines of the piece are left to the reader. */
  skim(chunk: Buffer, memory: Float64Array): SkimmedPiece {
    const first = chunk.indexOf(NEWLINE);
    if (first === -1) return unskimmed(chunk);
    const [linesFrom, linesEnd] = [first + 1, chunk.lastIndexOf(NEWLINE) + 1];
    this.#piece = chunk.subarray(linesFrom, linesEnd);
    this.#steps.begin(memory);
    this.#skimmer.open(this.#piece);
    this.#lines.push(this.#piece);
    this.#skimmer.close();
    const written = this.#steps.end();
    return written === null ? unskimmed(chunk) : { chunk, linesFrom, linesEnd, ...written };
  }

  #line(bytes: Buffer): void {
    this.#skimmer.flush();
    const from = bytes.byteOffset - this.#piece.byteOffset;
    this.#steps.line(from, from + bytes.length);
  }
}
