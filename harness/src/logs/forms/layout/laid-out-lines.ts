/**
 * Turns the lines of a text into lines that a form can read: joins lines that a terminal broke (hard-wraps.ts), and removes a text that a tool
 * wrote before each of them (line-prefix.ts). The first lines of the text show whether there is something to do.
 */
import type { Remedy } from "../form.ts";
import { GOOD_EXPORT } from "../form.ts";
import { uncoloured } from "../timed-events.ts";
import { LOG_LIMITS } from "../log-limits.ts";
import { continuesWrapped, hardWrapsOf, type HardWraps } from "./hard-wraps.ts";
import { tokensOf } from "./head-tokens.ts";
import { HEAD_CHARACTERS, linePrefixOf, type LinePrefix, type LineReading } from "./line-prefix.ts";
import { platformLineAt } from "./platform-text.ts";

export interface LineSink {
  line(text: string): void;
  lost(text: string, remedy: Remedy): void;
}

const JSON_AT_START = /^\s*(?:\{|\[\s*(?:[[{]|$))/;

export class LaidOutLines {
  readonly #sink: LineSink;
  readonly #reading: LineReading;
  /** Null after the first lines were examined. */
  #first: string[] | null = [];
  #characters = 0;
  #wraps: HardWraps | null = null;
  #prefix: LinePrefix | null = null;
  /** The text of one or more lines of full width. */
  #open = "";
  constructor(sink: LineSink, reading: LineReading) {
    this.#sink = sink;
    this.#reading = reading;
  }

  /** Whether all further lines are passed on as they are. */
  get isPlain(): boolean {
    return this.#first === null && this.#wraps === null && this.#prefix === null;
  }

  get isUntouched(): boolean {
    return this.#first?.length === 0;
  }

  line(text: string): void {
    const first = this.#first;
    if (first === null) return this.#joined(text);
    first.push(text);
    this.#characters += text.length;
    const full =
      first.length >= LOG_LIMITS.linesToFindForm || this.#characters > LOG_LIMITS.charactersToFindLayout;
    if (full || JSON_AT_START.test(text)) this.examine();
  }

  finish(): void {
    this.examine();
    this.#end();
  }

  /** Ends the waiting for more lines. */
  examine(): void {
    const first = this.#first;
    if (first === null) return;
    this.#first = null;
    this.#wraps = hardWrapsOf(first);
    const joined: string[] = [];
    for (const text of first) this.#join(text, (line) => joined.push(line));
    this.#prefix = linePrefixOf(
      (this.#open === "" ? joined : [...joined, this.#open]).map(uncoloured),
      this.#reading,
    );
    for (const line of joined) this.#unprefixed(line);
  }

  #joined(text: string): void {
    this.#join(text, (line) => this.#unprefixed(line));
  }

  #join(text: string, give: (line: string) => void): void {
    const wraps = this.#wraps;
    if (wraps === null) return give(text);
    if (this.#open !== "" && !continuesWrapped(wraps, this.#open, text)) {
      give(this.#open);
      this.#open = "";
    }
    this.#open += text;
    const isOpen = text.length === wraps.width && this.#open.length < LOG_LIMITS.eventBytes;
    if (isOpen) return;
    give(this.#open);
    this.#open = "";
  }

  #end(): void {
    if (this.#open !== "") this.#unprefixed(this.#open);
    this.#open = "";
  }

  #unprefixed(shown: string): void {
    const prefix = this.#prefix;
    if (prefix === null) return this.#sink.line(shown);
    const line = uncoloured(shown);
    const without = prefix.without(line);
    // Any other line continues the message before it, unless it has a head of its own or lost its beginning.
    const continues = without === null && !hasHead(line) && platformLineAt(line) === -1;
    if ((without !== null && !prefix.differs) || continues) this.#sink.line(without ?? line);
    else this.#sink.lost(line, remedyFor(prefix));
  }
}

function hasHead(line: string): boolean {
  const first = tokensOf(line.slice(0, HEAD_CHARACTERS))[0]?.kind;
  return first === "time" || first === "stream" || first === "group";
}

function remedyFor({ differs, example }: LinePrefix): Remedy {
  return {
    refuses: true,
    found: differs
      ? `lines without log streams, with a text before each message that differs from line to line ('${example.slice(0, LOG_LIMITS.exampleCharacters)}')`
      : `lines that lack the text before the other messages ('${example.slice(0, LOG_LIMITS.exampleCharacters)}')`,
    hint: `Lines that name their log stream can be told apart. Without a limit: ${GOOD_EXPORT}`,
  };
}
