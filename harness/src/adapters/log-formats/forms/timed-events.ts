/**
 * Events of text whose first lines begin with where and when they were written. Lines that do not begin so belong to the message before
 * them: a stack, or JSON that was printed over several lines.
 */
import { LOG_LIMITS } from "../log-limits.ts";
import type { Found, LogLineReader, Remedy } from "./form.ts";

/** The first line of an event. */
export interface TimedHead {
  /** Null: it does not say; `remedy` says what does. */
  readonly timestamp: number | null;
  readonly group: string | null;
  readonly stream: string | null;
  readonly message: string;
  /** The line is a row of a whole log group (form.ts); null: of one log stream. */
  readonly remedy: Remedy | null;
}

export interface TimedForm {
  /** Null: the line goes on with the event before. `awaited`: nothing of that event's message was seen yet. */
  head(line: string, awaited: boolean): TimedHead | null;
  /** Something else that the tool prints between events begins with this line and ends with the next event. */
  aside?(line: string): boolean;
  /** What was written, where the tool shows a message in another way. */
  message?(shown: string): string;
}

/** A line of the platform that can be no later line of a message: its own head was lost. */
const STRAY = /^(?:INIT_START|INIT_REPORT|START RequestId:|END RequestId:|REPORT RequestId:|\{")/;

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

  /** Whether lines may follow that go on with an event. */
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

  /** Where messages are shown in another way, any line may follow. */
  #isStray(line: string): boolean {
    return this.#form.message === undefined && this.#message !== "" && STRAY.test(line);
  }
}

/** Terminals colour what tools print; what a function coloured itself is text of its own and no line of the platform. */
export function uncoloured(line: string): string {
  return line.includes("\u001b[") ? line.replace(/\u001b\[[\d;]*m/g, "") : line;
}
