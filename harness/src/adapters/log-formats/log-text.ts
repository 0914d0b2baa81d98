/**
 * The bytes of one log file, unpacked, to log events, whatever form they are written in: found out by the content and not by the
 * file's name. JSON objects line by line, answers of the CloudWatch API, subscriptions, CSV of the console, text lines that begin
 * with a time. What fits nothing is counted, with an example.
 */
import { CliText, isCliText } from "./cli-text.ts";
import { CsvRows, csvHead } from "./csv-rows.ts";
import { JsonScanner } from "./json-scanner.ts";
import { LineSplitter } from "./line-splitter.ts";
import type { LogEvent, SkippedLine } from "../../logs/log-event.ts";
import { LOG_LIMITS } from "./log-limits.ts";
import { LOWEST_BYTE_FIRST } from "./skim/chunk-view.ts";
import { LifeSigns } from "./skim/life-signs.ts";
import { LineSkimmer } from "./skim/line-skimmer.ts";
import { isUntimedPlatformLine, parseTextLine } from "./text-line.ts";
import { tornApart } from "./torn-line.ts";
import { unpackEnvelope } from "./unpack-envelope.ts";

type Members = Readonly<Record<string, unknown>>;

export interface LogTextSink {
  /** An object and what stood around it; false: it is none of what is looked for. `text`: as it stood in the file. */
  object(value: Members, text: string, envelope: Members | null): boolean;
  /** From a line of text. */
  event(event: LogEvent): boolean;
  unreadable(example: string): void;
  /** Where lines that no judgement reads are told; null: they are read like all others. */
  readonly application: ApplicationSink | null;
}

export interface ApplicationSink {
  /** Of each log stream at least the first and the last line in this range (epoch milliseconds, both ends in it), and all outside it. */
  line(line: SkippedLine): void;
  readonly since: number;
  readonly until: number;
}

const [OPEN_OBJECT, OPEN_LIST] = [0x7b, 0x5b];

export class LogText {
  readonly #sink: Omit<LogTextSink, "application">;
  readonly #lines: LineSplitter;
  readonly #scanner: JsonScanner;
  readonly #skimmer: LineSkimmer | null;
  #csv: CsvRows | null = null;
  #cli: CliText | null = null;
  #form: "lines" | "document" | null = null;
  /** A text event whose further lines may follow. */
  #text: { timestamp: number; stream: string | null; message: string } | null = null;
  #longIsJson: boolean | null = null;
  #envelope: { readonly text: string; readonly members: Members | null } = { text: "", members: null };

  constructor(sink: LogTextSink) {
    const { application } = sink;
    this.#skimmer =
      application === null || !LOWEST_BYTE_FIRST
        ? null
        : new LineSkimmer(
            new LifeSigns((line) => application.line(line), application.since, application.until),
          );
    this.#sink = this.#inOrder(sink);
    this.#scanner = new JsonScanner(
      {
        value: (text, envelope) => this.#object(text, envelope),
        broken: (example) => this.#sink.unreadable(example),
      },
      LOG_LIMITS.eventBytes,
    );
    this.#lines = new LineSplitter(
      {
        line: (bytes) => this.#line(bytes),
        skim: (from) => this.#skim(from),
        longPart: (bytes) => this.#longPart(bytes),
        longEnd: () => this.#longEnd(),
      },
      LOG_LIMITS.eventBytes,
    );
  }

  push(chunk: Buffer): void {
    this.#skimmer?.open(chunk);
    this.#lines.push(chunk);
    this.#skimmer?.close();
  }

  finish(): void {
    this.#lines.finish();
    this.#scanner.finish();
    this.#csv?.finish();
    this.#cli?.finish();
    this.#endText();
  }

  /** What was passed over is told before what stood behind it. */
  #inOrder(sink: LogTextSink): Omit<LogTextSink, "application"> {
    const flush = (): void => this.#skimmer?.flush();
    return {
      object: (value, text, envelope) => {
        flush();
        return sink.object(value, text, envelope);
      },
      event: (event) => {
        flush();
        return sink.event(event);
      },
      unreadable: (example) => sink.unreadable(example),
    };
  }

  #skim(from: number): number {
    if (this.#skimmer === null || this.#form === "document") return from;
    if (this.#csv !== null || this.#cli !== null) return from;
    return this.#skimmer.skim(from, this.#form === "lines", () => {
      this.#form = "lines";
      this.#endText();
    });
  }

  #line(bytes: Buffer): void {
    if (this.#form === "document") {
      this.#scanner.push(bytes);
      this.#scanner.push(Buffer.from("\n"));
      return;
    }
    const line = bytes.toString("utf8").replace(/\r$/, "");
    if (this.#csv !== null) return this.#csv.line(line);
    if (this.#cli !== null) return this.#cli.line(line);
    const trimmed = line.trim();
    if (trimmed === "") return;
    const first = this.#form === null;
    this.#form = "lines";
    if (trimmed.startsWith("{") || trimmed.startsWith("[")) return this.#jsonLine(trimmed, first);
    if (first && isCliText(line)) {
      this.#cli = new CliText((event, text) => {
        if (event === null || !this.#sink.event(event)) this.#sink.unreadable(text);
      }, LOG_LIMITS.eventBytes);
      return this.#cli.line(line);
    }
    const head = first ? csvHead(line) : null;
    if (head === null) return this.#textLine(line);
    this.#csv = new CsvRows((values) => this.#csvRow(head, values), LOG_LIMITS.eventBytes);
  }

  #jsonLine(text: string, first: boolean): void {
    const value = parsed(text);
    // Second line of a text event that shows an object.
    if (value === undefined && this.#text !== null) return this.#textLine(text);
    this.#endText();
    if (isMembers(value)) return this.#value(value, text, null);
    // Printed over several lines; or several objects in one line, or a line that was cut off: the scanner finds what is whole.
    if (value === undefined && first) this.#form = "document";
    if (this.#form === "document") return this.#scanner.push(Buffer.from(`${text}\n`));
    for (const piece of value === undefined ? tornApart(text) : [text]) {
      const one = value === undefined ? parsed(piece) : value;
      if (isMembers(one)) this.#value(one, piece, null);
      else this.#scan(piece);
    }
  }

  /** A line on its own. */
  #scan(text: string): void {
    this.#scanner.push(Buffer.from(`${text}\n`));
    this.#scanner.finish();
  }

  /** From the scanner. */
  #object(text: string, envelope: string | null): void {
    if (envelope !== null && envelope !== this.#envelope.text) {
      const members = parsed(envelope);
      this.#envelope = { text: envelope, members: isMembers(members) ? members : null };
    }
    const value = withFields(parsed(text));
    if (isMembers(value)) this.#value(value, text, envelope === null ? null : this.#envelope.members);
    else this.#sink.unreadable(text);
  }

  #value(value: Members, text: string, envelope: Members | null): void {
    const unpacked = unpackEnvelope(value);
    const whole = unpacked === undefined ? value : unpacked;
    if (!isMembers(whole)) return this.#sink.unreadable(text);
    // A subscription's test message.
    if (whole["messageType"] === "CONTROL_MESSAGE") return;
    const list = whole["events"] ?? whole["logEvents"] ?? whole["results"];
    if (!Array.isArray(list)) return this.#take(whole, text, envelope);
    for (const element of list as readonly unknown[]) {
      const one = withFields(element);
      const itsText = JSON.stringify(one);
      if (isMembers(one)) this.#take(one, itsText, whole);
      else this.#sink.unreadable(itsText);
    }
  }

  #csvRow(names: readonly string[], values: readonly string[]): void {
    const value = Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
    if (values.length < names.length) this.#sink.unreadable(values.join(","));
    else this.#take(value, JSON.stringify(value), {});
  }

  #take(value: Members, text: string, envelope: Members | null): void {
    if (!this.#sink.object(value, text, envelope)) this.#sink.unreadable(text);
  }

  #textLine(line: string): void {
    const timed = line.includes("\u0000") ? null : parseTextLine(uncoloured(line));
    if (timed !== null) {
      this.#endText();
      this.#text = { ...timed };
      return;
    }
    const before = this.#text;
    const stray =
      before === null || line.includes("\u0000") || (before.message !== "" && isUntimedPlatformLine(line));
    if (stray || before.message.length + line.length > LOG_LIMITS.eventBytes)
      return this.#sink.unreadable(line);
    before.message = before.message === "" ? line : `${before.message}\n${line}`;
  }

  #endText(): void {
    const text = this.#text;
    this.#text = null;
    if (text === null || text.message === "") return;
    const { timestamp, stream, message } = text;
    const event = {
      logGroup: null,
      logStreamName: stream,
      timestamp,
      message,
      ingestionTime: null,
      eventId: null,
    };
    if (!this.#sink.event(event)) this.#sink.unreadable(message);
  }

  #longPart(bytes: Buffer): void {
    if (this.#longIsJson === null) {
      const first = bytes.find((byte) => byte > 0x20);
      this.#longIsJson = this.#form === "document" || first === OPEN_OBJECT || first === OPEN_LIST;
      if (!this.#longIsJson) this.#endText();
      if (!this.#longIsJson) this.#sink.unreadable(bytes.toString("utf8", 0, 200));
    }
    if (this.#longIsJson) this.#scanner.push(bytes);
  }

  #longEnd(): void {
    if (this.#longIsJson === true && this.#form === "document") this.#scanner.push(Buffer.from("\n"));
    else if (this.#longIsJson === true) this.#scanner.finish();
    this.#longIsJson = null;
    this.#form ??= "lines";
  }
}

/** Undefined: no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A row of `aws logs get-query-results`: `[{"field":"@timestamp","value":"…"}, …]`. Anything else as it is. */
function withFields(value: unknown): unknown {
  if (!Array.isArray(value) || value.length === 0) return value;
  const fields = (value as readonly unknown[]).filter(isMembers);
  if (fields.length < value.length || fields.some(({ field }) => typeof field !== "string")) return value;
  return Object.fromEntries(fields.map(({ field, value: of }) => [field as string, of]));
}

/** `aws logs tail` paints time and stream on a terminal; what a function painted itself is left alone. */
function uncoloured(line: string): string {
  return line.startsWith("\u001b[") ? line.replace(/\u001b\[[\d;]*m/g, "") : line;
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
