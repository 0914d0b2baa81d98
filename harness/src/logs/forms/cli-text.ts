/**
 * The output of the AWS CLI with `--output text`. An event begins with EVENTS and ends with its time. Its columns are in the alphabetical
 * order of their names. get-log-events prints no event id and no stream. Lines with tokens and searched streams come before and after the
 * events.
 */
import { isInstant } from "../../base/time.ts";
import type { LogEvent } from "../log-event.ts";
import { LOG_LIMITS } from "./log-limits.ts";
import type { Found, LineForm, LogLineReader } from "./form.ts";

const OTHERS = /^(?:SEARCHEDLOGSTREAMS\t|NEXTTOKEN\t|[bf]\/\d+(?:\.\d+)?(?:\/s)?\t[bf]\/\d)/;
const FILTERED = /^EVENTS\t(\d{30,})\t(\d{13})\t([^\t\n]+)\t([^]*)\t(\d{13})$/;
const GOT = /^EVENTS\t(\d{13})\t([^]*)\t(\d{13})$/;

export const cliText: LineForm = {
  begins: (line) => /^EVENTS\t\d/.test(line) || OTHERS.test(line),
  reader: (found) => new CliText(found),
};

class CliText implements LogLineReader {
  readonly #found: Found;
  #open: string | null = null;

  constructor(found: Found) {
    this.#found = found;
  }

  line(line: string): void {
    const begins = line.startsWith("EVENTS\t");
    if (begins || OTHERS.test(line)) {
      this.finish();
      if (begins) this.#open = line;
      return;
    }
    if (this.#open === null) {
      if (line.trim() !== "") this.#found.lost(line);
    } else if (this.#open.length + line.length > LOG_LIMITS.eventBytes) this.#found.lost(line);
    else this.#open = `${this.#open}\n${line}`;
  }

  finish(): void {
    if (this.#open === null) return;
    const text = this.#open.replace(/(?<!\n)\n+$/, "");
    this.#open = null;
    const event = eventOf(text);
    if (event === null) this.#found.lost(text);
    else this.#found.event(event);
  }
}

function eventOf(text: string): LogEvent | null {
  const filtered = FILTERED.exec(text);
  const [, eventId, ingested, stream, message, time] = filtered ?? withoutNames(GOT.exec(text)) ?? [];
  const timestamp = Number(time);
  if (message === undefined || ingested === undefined || !isInstant(timestamp)) return null;
  return {
    logGroup: null,
    logStreamName: stream ?? null,
    timestamp,
    message,
    ingestionTime: Number(ingested),
    eventId: eventId ?? null,
  };
}

function withoutNames(match: RegExpExecArray | null): readonly (string | undefined)[] | null {
  return match === null ? null : [match[0], undefined, match[1], undefined, match[2], match[3]];
}
