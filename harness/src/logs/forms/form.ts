/**
 * A form is a format in which people have logs. A line form reads lines, and an object form reads JSON objects. The first line that belongs
 * to a line form selects this form for the rest of the file.
 */
import type { LogEvent } from "../log-event.ts";
import type { JsonObject } from "../../base/json-object.ts";

export interface ObjectForm {
  /** Returns false if the object has another form. */
  read(object: GivenObject, found: Found): boolean;
}

export interface GivenObject {
  readonly value: JsonObject;
  readonly text: string;
  /** The object that contained this object, or `{}` for a row of a CSV. Null if there was none. */
  readonly envelope: JsonObject | null;
}

export interface LineForm {
  /** Whether this line belongs to this form and to no other. */
  begins(line: string): boolean;
  reader(found: Found): LogLineReader;
}

export interface LogLineReader {
  line(text: string): void;
  finish(): void;
}

export interface Found {
  event(event: LogEvent): void;
  /**
   * Takes an event from a query over a log group. Without the name of its log stream, the event belongs to no environment. `remedy` says how
   * to get this name.
   */
  row(event: LogEvent, remedy: Remedy): void;
  /** Takes a value that contains events. It is read like a value in the file itself. */
  value(value: unknown, envelope: JsonObject | null): void;
  /** Takes a text that contains one or more events and cannot be read. */
  lost(text: string, remedy?: Remedy): void;
}

export interface Remedy {
  /** The end of a sentence that begins with "expected logs of a Lambda function, found". */
  readonly found: string;
  readonly hint: string;
  /** True if one such text is enough to refuse the whole file, because the lost text can say the opposite of what was read. */
  readonly refuses?: true;
}

/** The export command that loses nothing. */
export const GOOD_EXPORT =
  "aws logs filter-log-events --log-group-name GROUP --start-time MILLISECONDS --output json > events.json";
