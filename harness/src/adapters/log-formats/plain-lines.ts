/** Reads lines that need no line form: JSON objects, texts that begin with a time, or one JSON document over several lines. */
import type { Found } from "../../logs/forms/form.ts";
import { withFields } from "../../logs/forms/insights-row.ts";
import { TimedEvents } from "../../logs/forms/timed-events.ts";
import { timedLines } from "../../logs/forms/timed-line.ts";
import { JsonScanner } from "../../logs/forms/json-scanner.ts";
import { LOG_LIMITS } from "../../logs/forms/log-limits.ts";
import { readObject, type ObjectSink } from "./read-objects.ts";
import { tornApart } from "./torn-line.ts";
import { isJsonObject, parseJson, type JsonObject } from "../../base/json-object.ts";

/** The beginning of a JSON document that continues in the next line. */
const DOCUMENT = /^(?:\{\s*(?:"|$)|\[\s*(?:[[{]|$))/;
const LINE_END = Buffer.from("\n");

export class PlainLines {
  /** Null while nothing was recognised. */
  kind: "lines" | "document" | null = null;
  readonly #found: ObjectSink & Found;
  readonly #timed: TimedEvents;
  readonly #scanner: JsonScanner;
  #envelope: { readonly text: string; readonly members: JsonObject | null } = { text: "", members: null };

  constructor(found: ObjectSink & Found) {
    this.#found = found;
    this.#timed = new TimedEvents(timedLines, found);
    this.#scanner = new JsonScanner(
      {
        value: (text, envelope) => this.#scanned(text, envelope),
        broken: (example) => found.lost(example),
      },
      LOG_LIMITS.eventBytes,
    );
  }

  line(line: string): void {
    const text = line.trim();
    if (text.startsWith("{") || text.startsWith("[")) return this.#json(text, line);
    this.#timed.line(line);
    if (this.#timed.open) this.kind = "lines";
  }

  document(bytes: Buffer): void {
    this.#scanner.push(bytes);
    this.#scanner.push(LINE_END);
  }

  longPart(bytes: Buffer): void {
    this.#scanner.push(bytes);
  }

  longEnd(): void {
    if (this.kind === "document") this.#scanner.push(LINE_END);
    else this.#scanner.finish();
  }

  /** Ends the open text: no further line belongs to it. */
  endText(): void {
    this.#timed.finish();
  }

  finish(): void {
    this.#scanner.finish();
    this.#timed.finish();
  }

  #json(text: string, line: string): void {
    const value = parseJson(text);
    if (isJsonObject(value)) return this.#object(value, text, line);
    // The line continues a message that contains an object.
    if (this.#timed.open) return this.#timed.line(line);
    // The line is a logger's `[INFO] …`.
    if (value === undefined && text.startsWith("[") && !DOCUMENT.test(text)) return this.#found.lost(text);
    // The JSON is printed over several lines, several objects are in one line, or the line was cut off.
    if (value === undefined && this.kind === null && DOCUMENT.test(text)) this.kind = "document";
    if (this.kind === "document") return this.document(Buffer.from(text));
    for (const piece of value === undefined ? tornApart(text) : [text]) {
      const one = value === undefined ? parseJson(piece) : value;
      if (isJsonObject(one)) this.#known(one, piece);
      else this.#scanAlone(piece);
    }
  }

  /** After a text, the object is a separate event if a form recognises it; otherwise it continues the text's message. */
  #object(value: JsonObject, text: string, line: string): void {
    if (!this.#timed.open) return this.#known(value, text);
    const found = this.#found;
    const held: (() => void)[] = [];
    const known = readObject(
      { value, text, envelope: null },
      {
        bare: (one) => found.bare(one),
        event: (event) => held.push(() => found.event(event)),
        row: (event, remedy) => held.push(() => found.row(event, remedy)),
        lost: (lost, remedy) => held.push(() => found.lost(lost, remedy)),
      },
    );
    if (!known) return this.#timed.line(line);
    this.#timed.finish();
    for (const give of held) give();
  }

  #known(value: JsonObject, text: string): void {
    if (!readObject({ value, text, envelope: null }, this.#found)) this.#found.lost(text);
    else this.kind ??= "lines";
  }

  #scanAlone(text: string): void {
    this.document(Buffer.from(text));
    this.#scanner.finish();
  }

  #scanned(text: string, envelope: string | null): void {
    if (envelope !== null && envelope !== this.#envelope.text) {
      const members = parseJson(envelope);
      this.#envelope = { text: envelope, members: isJsonObject(members) ? members : null };
    }
    const value = withFields(parseJson(text));
    const around = envelope === null ? null : this.#envelope.members;
    if (!isJsonObject(value) || !readObject({ value, text, envelope: around }, this.#found))
      this.#found.lost(text);
  }
}
