/**
 * What the AWS CLI prints with `--output text`: an event begins with EVENTS and ends with its time, columns in the order of their
 * names, messages with tabs and line ends as they are. filter-log-events names event and stream, get-log-events neither; lines
 * with tokens and searched streams stand around them.
 */
import type { LogEvent } from "../../logs/log-event.ts";

const OTHERS = /^(?:SEARCHEDLOGSTREAMS\t|NEXTTOKEN\t|[bf]\/\d+(?:\.\d+)?(?:\/s)?\t[bf]\/\d)/;
const FILTERED = /^EVENTS\t(\d{30,})\t(\d{13})\t([^\t\n]+)\t([^]*)\t(\d{13})$/;
const GOT = /^EVENTS\t(\d{13})\t([^]*)\t(\d{13})$/;

export class CliText {
  readonly #take: (event: LogEvent | null, text: string) => void;
  readonly #limit: number;
  #open: string | null = null;

  /** `take`: an event, or null with the text that is none. */
  constructor(take: (event: LogEvent | null, text: string) => void, limit: number) {
    this.#take = take;
    this.#limit = limit;
  }

  line(line: string): void {
    const begins = line.startsWith("EVENTS\t");
    if (begins || OTHERS.test(line)) {
      this.finish();
      if (begins) this.#open = line;
      return;
    }
    if (this.#open === null) {
      if (line.trim() !== "") this.#take(null, line);
    } else if (this.#open.length + line.length > this.#limit) this.#take(null, line);
    else this.#open = `${this.#open}\n${line}`;
  }

  finish(): void {
    if (this.#open === null) return;
    const text = this.#open.replace(/\n+$/, "");
    this.#open = null;
    this.#take(eventOf(text), text);
  }
}

/** It is known by its first line. */
export function isCliText(line: string): boolean {
  return /^EVENTS\t\d/.test(line) || OTHERS.test(line);
}

function eventOf(text: string): LogEvent | null {
  const filtered = FILTERED.exec(text);
  const [, eventId, ingested, stream, message, time] = filtered ?? withoutNames(GOT.exec(text)) ?? [];
  if (message === undefined || ingested === undefined || time === undefined) return null;
  return {
    logGroup: null,
    logStreamName: stream ?? null,
    timestamp: Number(time),
    message,
    ingestionTime: Number(ingested),
    eventId: eventId ?? null,
  };
}

function withoutNames(match: RegExpExecArray | null): readonly (string | undefined)[] | null {
  return match === null ? null : [match[0], undefined, match[1], undefined, match[2], match[3]];
}
