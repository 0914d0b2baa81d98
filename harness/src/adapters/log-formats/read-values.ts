/**
 * Reads a log file up to its end, or up to the place at which a gzip file is cut off or damaged. Refuses a file that is mostly something else,
 * and a file in whose first 16 MiB no log is found.
 */
import { REQUEST_LINES } from "../../words/platform-words.ts";
import { LongrunError, wrongInput } from "../../base/errors.ts";
import type { LogEvent } from "../../logs/log-event.ts";
import { GOOD_EXPORT, type Remedy } from "../../logs/forms/form.ts";
import { beginsPlatformLine, quotesPlatformLine } from "../../logs/forms/layout/platform-text.ts";
import { LOG_LIMITS } from "../../logs/forms/log-limits.ts";
import { LogText, pieceOf, type FoundPiece, type LogPiece, type LogTextOptions } from "./log-text.ts";
import { utf8Bytes } from "./utf8-bytes.ts";

export interface Unreadable {
  readonly source: string;
  readonly lines: number;
  readonly example: string | null;
}

export interface ValueReader<Own, Value> extends LogTextOptions<Own> {
  /** What the file is expected to contain, such as "logs of a Lambda function". */
  readonly what: string;
  /** Whether most lines may be of another kind. */
  readonly mayHoldOthers: boolean;
  /** What the user can do if the file is refused. */
  hint(example: string | null): string;
  /** What the reader makes of a piece of the file. Returns null if the piece counts as unreadable. */
  value(piece: FoundPiece<Own>): Value | null;
}

/** What the next part of a file contains. */
export interface Batch<Value> {
  readonly values: readonly Value[];
  /** What could not be read in the whole file. Always null before the last batch. */
  readonly unreadable: Unreadable | null;
}

/** A part is bytes, or events that were events before and need no form. */
export async function* readValues<Own, Value>(
  source: string,
  parts: AsyncIterable<Buffer | readonly LogEvent[]>,
  reader: ValueReader<Own, Value>,
): AsyncGenerator<Batch<Value>> {
  const tally = new Tally(source, reader);
  const text = new LogText(reader);
  try {
    for await (const part of utf8Bytes(parts)) {
      const isBytes = Buffer.isBuffer(part);
      const values = tally.values(isBytes ? text.push(part) : part.map((event) => pieceOf(event, null)));
      tally.read(isBytes ? part.length : part.reduce((sum, { message }) => sum + message.length, 0));
      yield { values, unreadable: null };
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof LongrunError || code === undefined) throw error;
    if (!code.startsWith("Z_")) throw cannotBeOpened(source, reader.what, error);
    tally.lost(code === "Z_BUF_ERROR" ? "(the gzip file is cut off)" : "(the gzip file is damaged)", null);
  }
  const values = tally.values(text.finish());
  yield { values, unreadable: tally.end() };
}

class Tally<Own, Value> {
  readonly #source: string;
  readonly #reader: ValueReader<Own, Value>;
  #found = 0;
  #bytes = 0;
  #lines = 0;
  #lostCharacters = 0;
  #example: string | null = null;
  #remedy: Remedy | null = null;
  readonly #platformLines = { timed: 0, untimed: 0, hidden: 0 };

  constructor(source: string, reader: ValueReader<Own, Value>) {
    this.#source = source;
    this.#reader = reader;
  }

  values(pieces: readonly LogPiece<Own>[]): readonly Value[] {
    const values: Value[] = [];
    for (const piece of pieces) {
      const value = piece.kind === "lost" ? null : this.#reader.value(piece);
      if (value !== null) {
        this.#found += 1;
        if (piece.kind === "event") this.#timed(piece.event.message);
        values.push(value);
      } else if (piece.kind === "lost") this.lost(piece.text, piece.remedy);
      else if (piece.kind === "event") this.lost(piece.event.message, piece.remedy);
    }
    return values;
  }

  #timed(message: string): void {
    if (PLATFORM_LINE.test(message)) this.#platformLines.timed += 1;
    else if (!beginsPlatformLine(message) && quotesPlatformLine(message.slice(0, HEAD_CHARACTERS)))
      this.#platformLines.hidden += 1;
  }

  lost(text: string, remedy: Remedy | null): void {
    this.#lines += 1;
    this.#lostCharacters += text.length;
    this.#example ??= printable(text);
    if (PLATFORM_TEXT.test(text)) this.#platformLines.untimed += 1;
    if (this.#remedy?.refuses !== true)
      this.#remedy = remedy?.refuses === true ? remedy : (this.#remedy ?? remedy);
  }

  read(bytes: number): void {
    this.#bytes += bytes;
    if (this.#found === 0 && this.#bytes > LOG_LIMITS.bytesWithoutEvent) throw this.#refusal();
  }

  end(): Unreadable | null {
    const { timed, hidden } = this.#platformLines;
    if (!this.#reader.mayHoldOthers && hidden > timed) throw this.#refusal(NO_BEGINNING);
    if (this.#remedy?.refuses === true) throw this.#refusal(this.#remedy);
    if (this.#lines === 0) return null;
    if (this.#found === 0 || this.#isUntimed || this.#isMostlyLost()) throw this.#refusal();
    return { source: this.#source, lines: this.#lines, example: this.#example };
  }

  /** Whether most lines of the platform have no time. Then nothing shows when an invocation began and how it ended. */
  get #isUntimed(): boolean {
    const { timed, untimed } = this.#platformLines;
    return !this.#reader.mayHoldOthers && untimed > timed;
  }

  /** Skipped lines are not counted one by one, so the bytes are compared, too. */
  #isMostlyLost(): boolean {
    if (this.#reader.mayHoldOthers) return false;
    return this.#lines > this.#found && this.#lostCharacters > this.#bytes / 3;
  }

  #refusal(why: Remedy | null = null): LongrunError {
    const remedy = why ?? this.#remedy ?? (this.#isUntimed ? NO_TIMES : null);
    const example = this.#example === null ? "nothing of that kind" : `'${this.#example}'`;
    const found =
      why !== null || this.#found === 0 || this.#isUntimed
        ? `found ${remedy?.found ?? example}`
        : `but most of it, ${this.#lines} lines or objects, ${remedy === null ? `cannot be understood; the first is ${example}` : `are ${remedy.found}`}`;
    return wrongInput(`${this.#source}: expected ${this.#reader.what}, ${found}.`, {
      hint: remedy?.hint ?? this.#reader.hint(this.#example),
    });
  }
}

/** `PLATFORM_TEXT` matches START, END and REPORT in text format. `PLATFORM_LINE` matches these too, and every JSON record of the platform. */
const PLATFORM_TEXT = new RegExp(`^(?:${REQUEST_LINES.join("|")}) `);
const PLATFORM_LINE = new RegExp(`${PLATFORM_TEXT.source}|"platform\\.`);
/** How far a platform line can be from the beginning of a message. */
const HEAD_CHARACTERS = 1_000;
const NO_BEGINNING: Remedy = {
  found:
    "lines of the Lambda platform behind other text, so that it is not known which part of a line is its time or its log stream",
  hint: `Remove the text before START, END and REPORT. Or: ${GOOD_EXPORT}`,
};
const NO_TIMES: Remedy = {
  found: "lines of the Lambda platform without their times",
  hint: `Copy the time of each line too. Or: ${GOOD_EXPORT}`,
};

export function cannotBeOpened(source: string, what: string, error: unknown): LongrunError {
  const { code } = error as NodeJS.ErrnoException;
  return wrongInput(
    `${source}: expected ${what}, but ${code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`}.`,
    { cause: error },
  );
}

/** One short line, without control characters that a terminal would obey. */
function printable(text: string): string {
  const start = text.slice(0, LOG_LIMITS.exampleCharacters);
  const odd = start.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/g)?.length ?? 0;
  if (odd > start.length / 8) return "(binary data)";
  const shown = start.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffd]+/g, "·");
  return text.length > LOG_LIMITS.exampleCharacters ? `${shown}…` : shown;
}
