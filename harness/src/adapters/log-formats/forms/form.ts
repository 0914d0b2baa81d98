/**
 * A form in which people have logs. One file beside this one describes each of them; all-forms.ts lists them. A form of objects is tried on
 * each JSON object and on each row of a CSV; a form of lines is chosen once, by a line, and then reads the rest of its file.
 */
import type { LogEvent } from "../../../logs/log-event.ts";
import type { JsonObject } from "../../../domain/json-object.ts";

export interface ObjectForm {
  /** False: the object is of another form. */
  read(object: GivenObject, found: Found): boolean;
}

export interface GivenObject {
  readonly value: JsonObject;
  /** As it stood in the file. */
  readonly text: string;
  /** What stood around it. */
  readonly envelope: JsonObject | null;
}

export interface LineForm {
  /** Whether this is a line of the form, and of no other. */
  begins(line: string): boolean;
  reader(found: Found): LogLineReader;
}

export interface LogLineReader {
  line(text: string): void;
  finish(): void;
}

/** Where a form gives what it finds. */
export interface Found {
  event(event: LogEvent): void;
  /**
   * An event that a query over a whole log group gave. Such events can be of any execution environment, so one without the name of its log
   * stream is attributed to none. `remedy`: how to get the names.
   */
  row(event: LogEvent, remedy: Remedy): void;
  /** Something that holds the events: read like what stands in the file itself. */
  value(value: unknown, envelope: JsonObject | null): void;
  /** Text that holds an event, or several, and cannot be read. */
  lost(text: string, remedy?: Remedy): void;
}

/** What is wrong with a whole input, and what gives a good one. */
export interface Remedy {
  /** Completes "expected logs of a Lambda function, found …". */
  readonly found: string;
  readonly hint: string;
}

/** The command that loses nothing. */
export const GOOD_EXPORT =
  "aws logs filter-log-events --log-group-name GROUP --start-time MILLISECONDS --output json > events.json";
