/**
 * Cuts a stream of bytes into JSON objects. Only one object is in memory at a time, even in an API answer of any length. Continues after a
 * broken object. Does not check that an object is valid JSON.
 */
export interface JsonPieces {
  /**
   * If `text` is an element of a list in an answer, `envelope` is the beginning of the object that contains the list, completed with
   * closing brackets.
   */
  value(text: string, envelope: string | null): void;
  broken(example: string): void;
}

const [QUOTE, BACKSLASH, NEWLINE, COMMA, COLON] = [0x22, 0x5c, 0x0a, 0x2c, 0x3a];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d];
const LISTS: readonly string[] = ["events", "logEvents", "results"];
/**
 * The lists in answers of Kinesis and Datadog. They count only as the first member of the outermost object, because any program can use
 * these names.
 */
const FIRST_LISTS: readonly string[] = ["Records", "data"];
const KEY_BYTES_MAX = 16;
const DEPTH_MAX = 512;

export class JsonScanner {
  readonly #pieces: JsonPieces;
  readonly #limit: number;
  /** The open brackets, outermost first. */
  #open: number[] = [];
  #inString = false;
  #escaped = false;
  /** True after a broken object, until the end of the line. */
  #skipping = false;
  /** The last byte outside of strings that is not white space. */
  #before = 0;
  /** The text of the last string, if it can be a key of the outermost object or of an object directly in it. */
  #key = "";
  /** Two keys of the outermost object: the first key, and the key whose value is open. */
  #firstKey: string | null = null;
  #outerKey = "";
  /** The depth of the list whose elements are passed on one by one. Null if there is no such list so far, 0 if the list is closed. */
  #listDepth: number | null = null;
  #envelope: string | null = null;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #tooLong = false;
  /** The position at which the held text begins in the current chunk. -1 if nothing is held. */
  #from = -1;
  #chunk: Buffer = Buffer.alloc(0);

  constructor(pieces: JsonPieces, limit: number) {
    this.#pieces = pieces;
    this.#limit = limit;
  }

  push(chunk: Buffer): void {
    this.#chunk = chunk;
    if (this.#from !== -1) this.#from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (this.#inString) this.#stringByte(byte, at);
      else if (byte <= 0x20) {
        if (byte === NEWLINE) this.#skipping = false;
      } else if (!this.#skipping) this.#structure(byte, at);
    }
    this.#hold(chunk.length);
  }

  /** An object that is still open was cut off. */
  finish(): void {
    this.#chunk = Buffer.alloc(0);
    if (this.#from !== -1) this.#from = 0;
    if (this.#open.length > 0) this.#break(0);
    this.#skipping = false;
  }

  #stringByte(byte: number, at: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
    else if (byte === NEWLINE) {
      // A JSON string cannot contain a line end, so the object is broken.
      this.#break(at);
      this.#skipping = false;
    } else if (this.#open.length <= 2 && this.#key.length < KEY_BYTES_MAX)
      this.#key += String.fromCharCode(byte);
  }

  #structure(byte: number, at: number): void {
    if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.#opened(byte, at);
    else if (this.#open.length === 0) {
      if (byte === COMMA) return;
      this.#skipping = true;
      this.#pieces.broken(this.#chunk.toString("utf8", at, at + 200));
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) this.#closed(byte, at);
    else if (byte === QUOTE) {
      this.#inString = true;
      this.#key = "";
    } else if (byte === COLON && this.#open.length === 1) this.#firstKey ??= this.#key;
    this.#before = byte;
  }

  #opened(byte: number, at: number): void {
    // If an object begins at a position at which only a key is possible, the object before it was cut off at the end of its line.
    const torn = this.#open.at(-1) === OPEN_OBJECT && this.#before !== COLON;
    if (torn || this.#open.length >= DEPTH_MAX) {
      this.#break(at);
      if (!torn) return;
      this.#skipping = false;
    }
    if (this.#open.length === 1) this.#outerKey = this.#key;
    if (this.#open.length === 0) {
      this.#reset();
      this.#from = at;
    } else if (this.#open.length === this.#listDepth) this.#from = at;
    this.#open.push(byte);
    if (byte !== OPEN_LIST || this.#listDepth !== null || !this.#isListOfEvents()) return;
    this.#hold(at + 1);
    this.#envelope = this.#open.length === 1 || this.#tooLong ? null : `${this.#text()}${this.#closing()}`;
    this.#listDepth = this.#open.length;
    this.#forget();
  }

  #isListOfEvents(): boolean {
    const depth = this.#open.length;
    if (depth === 1) return true;
    if (this.#open[0] !== OPEN_OBJECT) return false;
    const first = this.#key === this.#firstKey && FIRST_LISTS.includes(this.#key);
    if (depth === 2) return LISTS.includes(this.#key) || first;
    // Loki: {"status":"success","data":{"resultType":"streams","result":[…]}}
    return (
      depth === 3 &&
      this.#open[1] === OPEN_OBJECT &&
      this.#firstKey === "status" &&
      this.#outerKey === "data" &&
      this.#key === "result"
    );
  }

  #closing(): string {
    return [...this.#open]
      .reverse()
      .map((byte) => (byte === OPEN_LIST ? "]" : "}"))
      .join("");
  }

  #closed(byte: number, at: number): void {
    const opened = this.#open.pop();
    if ((opened === OPEN_OBJECT) !== (byte === CLOSE_OBJECT)) return this.#break(at + 1);
    const depth = this.#open.length;
    const ends = this.#listDepth === null ? depth === 0 : depth === this.#listDepth && this.#from !== -1;
    if (ends) {
      this.#hold(at + 1);
      const text = this.#text();
      if (this.#tooLong) this.#pieces.broken(text);
      else this.#pieces.value(text, this.#envelope);
      this.#forget();
    }
    if (depth === 0) this.#reset();
    else if (this.#listDepth !== null && depth < this.#listDepth) this.#listDepth = 0;
  }

  /** Gives up the open object and continues after the end of the line. */
  #break(at: number): void {
    this.#hold(at);
    this.#pieces.broken(this.#text());
    this.#open = [];
    this.#inString = false;
    this.#escaped = false;
    this.#skipping = true;
    this.#reset();
  }

  /** The text is copied, because the reader uses the chunk again. */
  #hold(end: number): void {
    if (this.#from === -1) return;
    const bytes = this.#chunk.subarray(this.#from, end);
    this.#from = end;
    if (this.#tooLong || bytes.length === 0) return;
    this.#heldBytes += bytes.length;
    if (this.#heldBytes <= this.#limit) this.#held.push(Buffer.from(bytes));
    else {
      this.#tooLong = true;
      this.#held = [Buffer.from((this.#held[0] ?? bytes).subarray(0, 200))];
    }
  }

  #text(): string {
    return (this.#held.length === 1 ? this.#held[0] : Buffer.concat(this.#held))?.toString("utf8") ?? "";
  }

  #forget(): void {
    this.#held = [];
    this.#heldBytes = 0;
    this.#tooLong = false;
    this.#from = -1;
  }

  #reset(): void {
    this.#forget();
    this.#listDepth = null;
    this.#envelope = null;
    this.#firstKey = null;
  }
}
