/** Reads text events that begin with a log stream or a time. Other lines, such as a stack, belong to the message before them. */
import { INIT_LINES, REQUEST_LINES } from "../../words/platform-words.ts";
import { LOG_LIMITS } from "./log-limits.ts";
import type { Found, LogLineReader, Remedy } from "./form.ts";

export interface TimedHead {
  /** Null if the line has no time. Then `remedy` says how to get one. */
  readonly timestamp: number | null;
  readonly group: string | null;
  readonly stream: string | null;
  readonly message: string;
  /** An event with a time and a remedy is passed on as a row of a query (`Found.row` in form.ts). Without a remedy, it is no row. */
  readonly remedy: Remedy | null;
}

export interface TimedForm {
  /** Returns null if the line continues the previous event. `awaited` is true if no part of that event's message was seen yet. */
  head(line: string, awaited: boolean): TimedHead | null;
  /** Whether this line begins a text that the exporting tool prints between events. That text lasts until the next event. */
  aside?(line: string): boolean;
  /** Restores the message as it was written, if the exporting tool shows messages in another form. */
  message?(shown: string): string;
}

/**
 * Matches a platform line or a JSON line without the time or the log stream that should come before it. Such a line does not continue a
 * message: its own beginning was lost.
 */
const STRAY = new RegExp(`^(?:${[...INIT_LINES, ...REQUEST_LINES].join("|")}|\\{")`);

export class TimedEvents implements LogLineReader {
  readonly #form: TimedForm;
  readonly #found: Found;
  #open: TimedHead | null = null;
  #message = "";
  #aside = false;

  constructor(form: TimedForm, found: Found) {
    this.#form = form;
    this.#found = found;
  }

  get open(): boolean {
    return this.#open !== null;
  }

  line(line: string): void {
    if (line.trim() === "") return;
    const binary = line.includes("\u0000");
    const head = binary ? null : this.#form.head(line, this.#open !== null && this.#message === "");
    if (head !== null) {
      this.finish();
      this.#aside = false;
      this.#open = head;
      this.#message = head.message;
    } else if (this.#aside || this.#form.aside?.(line) === true) {
      this.finish();
      this.#aside = true;
    } else if (this.#open === null || binary || this.#isStray(line)) this.#found.lost(line);
    else if (this.#message.length + line.length > LOG_LIMITS.eventBytes) this.#found.lost(line);
    else this.#message = this.#message === "" ? line : `${this.#message}\n${line}`;
  }

  finish(): void {
    const head = this.#open;
    const shown = this.#message;
    this.#open = null;
    this.#message = "";
    if (head === null || shown === "") return;
    const { timestamp, group, stream, remedy } = head;
    const message = this.#form.message?.(shown) ?? shown;
    if (timestamp === null) return this.#found.lost(shown, remedy ?? undefined);
    const event = {
      logGroup: group,
      logStreamName: stream,
      timestamp,
      message,
      ingestionTime: null,
      eventId: null,
    };
    if (remedy === null) this.#found.event(event);
    else this.#found.row(event, remedy);
  }

  /**
   * Whether the line is a platform line or a JSON line whose beginning was lost. Always false if the exporting tool shows messages in
   * another form, because then any line can continue a message.
   */
  #isStray(line: string): boolean {
    return this.#form.message === undefined && this.#message !== "" && STRAY.test(line);
  }
}

/**
 * Removes the colours that tools write for a terminal. A function's own colours are removed too, which does not matter: a message with
 * colours of its own is no platform line.
 */
export function uncoloured(line: string): string {
  return line.includes("\u001b[") ? line.replace(/\u001b\[[\d;]*m/g, "") : line;
}
