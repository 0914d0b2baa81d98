/** Turns the bytes of one log file into log events. The first line that a line form recognises selects that form. */
import type { LogEvent, SkippedLine } from "../../logs/log-event.ts";
import { isExportedEvent, LINE_FORMS, readsLine } from "../../logs/forms/all-forms.ts";
import type { Found, LogLineReader, Remedy } from "../../logs/forms/form.ts";
import { isPageText } from "../../logs/forms/page-text.ts";
import { LaidOutLines } from "../../logs/forms/layout/laid-out-lines.ts";
import { beginsBroken } from "../../logs/forms/layout/platform-text.ts";
import { LineSplitter } from "./line-splitter.ts";
import { LOG_LIMITS } from "../../logs/forms/log-limits.ts";
import { OrderRows } from "./order-rows.ts";
import { PlainLines } from "./plain-lines.ts";
import { readObject, type ObjectSink } from "./read-objects.ts";
import { LOWEST_BYTE_FIRST } from "./skim/chunk-view.ts";
import { eventIdAt, LifeSigns, type TakeSign } from "./skim/life-signs.ts";
import { LineSkimmer } from "./skim/line-skimmer.ts";
import { isJsonObject, jsonOf, type JsonObject } from "../../base/json-object.ts";

/** What the bytes of a log file contain, in the order of the file. */
export type LogPiece<Own> = FoundPiece<Own> | LostPiece;

export type FoundPiece<Own> =
  /** `remedy` is not null for a row of a query (forms/form.ts). */
  | { readonly kind: "event"; readonly event: LogEvent; readonly remedy: Remedy | null }
  /** An object that the reader recognised itself. */
  | { readonly kind: "own"; readonly value: Own }
  /** An application line that no judgement reads. */
  | { readonly kind: "skipped"; readonly line: SkippedLine };

interface LostPiece {
  readonly kind: "lost";
  readonly text: string;
  readonly remedy: Remedy | null;
}

export interface LogTextOptions<Own> {
  /** Is offered each object before any form reads it. Returns null if the reader does not recognise it. */
  readonly own: (value: JsonObject) => Own | null;
  /**
   * Application lines that no judgement reads are skipped: only those before `since` or after `until` (epoch milliseconds), and of the
   * others the first and the last of each log stream, are passed on. Null if they are read like all other lines.
   */
  readonly skip: { readonly since: number; readonly until: number } | null;
}

/** An event whose platform line is broken over several lines is lost. */
export function pieceOf(event: LogEvent, remedy: Remedy | null): LogPiece<never> {
  return beginsBroken(event.message)
    ? { kind: "lost", text: event.message, remedy }
    : { kind: "event", event, remedy };
}

const [OPEN_OBJECT, OPEN_LIST] = [0x7b, 0x5b];

export class LogText<Own> {
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
  #pieces: LogPiece<Own>[] = [];

  constructor({ own, skip }: LogTextOptions<Own>) {
    this.#skimmer = skip === null || !LOWEST_BYTE_FIRST ? null : this.#skimmerFor(skip);
    this.#rows = new OrderRows((event) => this.#event(event, this.#remedy));
    this.#found = this.#inOrder(own);
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

  /** Returns what was found up to the end of the chunk. The chunk is not used after that. */
  push(chunk: Buffer): readonly LogPiece<Own>[] {
    this.#chunk = chunk;
    this.#skimmer?.open(chunk);
    this.#lines.push(chunk);
    this.#skimmer?.close();
    return this.#taken();
  }

  /** Returns what was found at the end of the file. */
  finish(): readonly LogPiece<Own>[] {
    this.#lines.finish();
    this.#laidOut.finish();
    this.#chosen?.finish();
    this.#plain.finish();
    this.#rows.finish();
    return this.#taken();
  }

  #taken(): readonly LogPiece<Own>[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  #event(event: LogEvent, remedy: Remedy | null): void {
    this.#pieces.push(pieceOf(event, remedy));
  }

  #lost(text: string, remedy: Remedy | null): void {
    this.#pieces.push({ kind: "lost", text, remedy });
  }

  #skimmerFor({ since, until }: NonNullable<LogTextOptions<Own>["skip"]>): LineSkimmer {
    const take: TakeSign = (logStreamName, timestamp, idFrom, idEnd) => {
      const line = { logStreamName, timestamp, eventId: eventIdAt(this.#chunk, idFrom, idEnd) };
      this.#pieces.push({ kind: "skipped", line });
    };
    return new LineSkimmer(new LifeSigns(take, since, until));
  }

  /** Skipped lines are reported before the events that follow them. */
  #inOrder(own: LogTextOptions<Own>["own"]): ObjectSink & Found {
    const flush = (): void => this.#skimmer?.flush();
    const found: ObjectSink & Found = {
      bare: (object) => {
        flush();
        const value = own(object);
        if (value !== null) this.#pieces.push({ kind: "own", value });
        return value !== null;
      },
      event: (event) => {
        flush();
        this.#rows.finish();
        this.#event(event, null);
      },
      row: (event, remedy) => {
        flush();
        this.#remedy = remedy;
        this.#rows.add(event);
      },
      lost: (text, remedy) => this.#lost(text, remedy ?? null),
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
