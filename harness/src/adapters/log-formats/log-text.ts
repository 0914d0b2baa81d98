/** Turns the bytes of one log file into log events. The first line that a line form recognises selects that form. */
import type { LogEvent, SkippedLine } from "../../logs/log-event.ts";
import { isExportedEvent, LINE_FORMS, readsLine } from "./forms/all-forms.ts";
import type { Found, LogLineReader, Remedy } from "./forms/form.ts";
import { isPageText } from "./forms/page-text.ts";
import { LaidOutLines } from "./layout/laid-out-lines.ts";
import { beginsBroken } from "./layout/platform-text.ts";
import { LineSplitter } from "./line-splitter.ts";
import { LOG_LIMITS } from "./log-limits.ts";
import { OrderRows } from "./order-rows.ts";
import { PlainLines } from "./plain-lines.ts";
import { readObject, type ObjectSink } from "./read-objects.ts";
import { LOWEST_BYTE_FIRST } from "./skim/chunk-view.ts";
import { eventIdAt, LifeSigns, type TakeSign } from "./skim/life-signs.ts";
import { LineSkimmer } from "./skim/line-skimmer.ts";
import { isJsonObject, jsonOf, type JsonObject } from "../../domain/json-object.ts";

export interface LogTextSink {
  /** Offers each object before any form reads it. Returns true if the object itself is what the reader wants. */
  bare(value: JsonObject): boolean;
  /** `remedy` is not null for a row of a query (forms/form.ts). Returns false if the reader does not want the event. */
  event(event: LogEvent, remedy: Remedy | null): boolean;
  unreadable(example: string, remedy: Remedy | null): void;
  /** Takes the application lines that no judgement reads. Null if they are read like all other lines. */
  readonly application: ApplicationSink | null;
}

export interface ApplicationSink {
  /**
   * Gets application lines that no judgement reads: every line before `since` or after `until` (epoch milliseconds). Of the lines from
   * `since` to `until`, it gets at least the first and the last of each log stream.
   */
  line(line: SkippedLine): void;
  readonly since: number;
  readonly until: number;
}

const [OPEN_OBJECT, OPEN_LIST] = [0x7b, 0x5b];

export class LogText {
  readonly #found: ObjectSink & Found;
  readonly #lines: LineSplitter;
  readonly #skimmer: LineSkimmer | null;
  #chunk: Buffer = Buffer.alloc(0);
  readonly #rows: OrderRows;
  #remedy: Remedy | null = null;
  readonly #plain: PlainLines;
  readonly #laidOut: LaidOutLines;
  #chosen: LogLineReader | null = null;
  #linesSeen = 0;
  #longIsJson: boolean | null = null;

  constructor(sink: LogTextSink) {
    const { application } = sink;
    this.#skimmer = application === null || !LOWEST_BYTE_FIRST ? null : this.#skimmerFor(application);
    const give = (event: LogEvent, remedy: Remedy | null): void => {
      if (beginsBroken(event.message) || !sink.event(event, remedy)) sink.unreadable(event.message, remedy);
    };
    this.#rows = new OrderRows((event) => give(event, this.#remedy));
    this.#found = this.#inOrder(sink, give);
    this.#plain = new PlainLines(this.#found);
    this.#laidOut = new LaidOutLines(
      { line: (line) => this.#read(line), lost: (text, remedy) => this.#found.lost(text, remedy) },
      { isRead: readsLine, isEvent: isExportedEvent },
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
    this.#chunk = chunk;
    this.#skimmer?.open(chunk);
    this.#lines.push(chunk);
    this.#skimmer?.close();
  }

  finish(): void {
    this.#lines.finish();
    this.#laidOut.finish();
    this.#chosen?.finish();
    this.#plain.finish();
    this.#rows.finish();
  }

  #skimmerFor(application: ApplicationSink): LineSkimmer {
    const take: TakeSign = (logStreamName, timestamp, idFrom, idEnd) => {
      application.line({ logStreamName, timestamp, eventId: eventIdAt(this.#chunk, idFrom, idEnd) });
    };
    return new LineSkimmer(new LifeSigns(take, application.since, application.until));
  }

  /** Skipped lines are reported before the events that follow them. */
  #inOrder(sink: LogTextSink, give: (event: LogEvent, remedy: Remedy | null) => void): ObjectSink & Found {
    const flush = (): void => this.#skimmer?.flush();
    const found: ObjectSink & Found = {
      bare(value) {
        flush();
        return sink.bare(value);
      },
      event: (event) => {
        flush();
        this.#rows.finish();
        give(event, null);
      },
      row: (event, remedy) => {
        flush();
        this.#remedy = remedy;
        this.#rows.add(event);
      },
      lost: (text, remedy) => sink.unreadable(text, remedy ?? null),
      value(inner, envelope) {
        const text = jsonOf(inner) ?? "";
        if (!isJsonObject(inner) || !readObject({ value: inner, text, envelope }, found)) found.lost(text);
      },
    };
    return found;
  }

  #skim(from: number): number {
    const { kind } = this.#plain;
    if (this.#skimmer === null || this.#chosen !== null || kind === "document") return from;
    if (!this.#laidOut.isPlain && !this.#laidOut.isUntouched) return from;
    return this.#skimmer.skim(from, kind === "lines", () => {
      this.#laidOut.examine();
      this.#plain.kind = "lines";
      this.#plain.endText();
    });
  }

  #line(bytes: Buffer): void {
    if (this.#plain.kind === "document") return this.#plain.document(bytes);
    this.#laidOut.line(bytes.toString("utf8").replace(/\r$/, ""));
  }

  #read(line: string): void {
    if (this.#plain.kind === "document") return this.#plain.document(Buffer.from(line));
    if (this.#chosen !== null) return this.#chosen.line(line);
    if (line.trim() === "" || (this.#plain.kind === null && isPageText(line))) return;
    this.#choose(line);
    (this.#chosen ?? this.#plain).line(line);
  }

  #choose(line: string): void {
    this.#linesSeen += 1;
    if (this.#plain.kind !== null || this.#linesSeen > LOG_LIMITS.linesToFindForm) return;
    this.#chosen = LINE_FORMS.find((form) => form.begins(line))?.reader(this.#found) ?? null;
  }

  #longPart(bytes: Buffer): void {
    this.#laidOut.examine();
    if (this.#longIsJson === null) {
      const first = bytes.find((byte) => byte > 0x20);
      this.#longIsJson =
        this.#plain.kind === "document" ||
        (this.#chosen === null && (first === OPEN_OBJECT || first === OPEN_LIST));
      if (!this.#longIsJson) {
        this.#plain.endText();
        this.#found.lost(bytes.toString("utf8", 0, 200));
      }
    }
    if (this.#longIsJson) this.#plain.longPart(bytes);
  }

  #longEnd(): void {
    if (this.#longIsJson === true) this.#plain.longEnd();
    this.#longIsJson = null;
    this.#plain.kind ??= "lines";
  }
}
