/**
 * Recognises, by their beginning, platform records that no judgement reads. Keeps the texts of a few such records, because the same texts
 * occur again.
 */
import { UNNEEDED_RECORDS } from "../../../logs/parse-platform-record.ts";
import { plainEnd, type ChunkView } from "./chunk-view.ts";
import type { MessageForm } from "./message-form.ts";
import type { MarkSearch } from "./mark-search.ts";
import { Pattern } from "./pattern.ts";
import { quotedEnd, rawEnd } from "./string-end.ts";

const KNOWN_MAX = 4;
const KNOWN_BYTES_MAX = 1_024;
/** After this many records in a row whose texts are not among the kept ones, the kept texts are discarded. */
const UNKNOWN_MAX = 16;

export class UnneededRecords {
  readonly #quoted: boolean;
  readonly #noMarks: MarkSearch;
  readonly #time: Pattern;
  readonly #type: Pattern;
  readonly #names: readonly Pattern[];
  /** The kept texts: each is what followed the time in a record, up to the end of the message. */
  #known: Pattern[] = [];
  #unknown = 0;

  /** `noMarks` searches with an empty list of marks. */
  constructor(form: MessageForm, noMarks: MarkSearch) {
    this.#quoted = form.quoted;
    this.#noMarks = noMarks;
    this.#time = form.pattern('{"time":"');
    this.#type = form.pattern('","type":"platform.');
    this.#names = UNNEEDED_RECORDS.map((name) => form.pattern(`${name}","record":{`));
  }

  /** Returns where the message ends, or -1 if the message is not an unneeded record, or is incomplete. */
  endAt(view: ChunkView, from: number): number {
    if (!this.#time.standsAt(view, from)) return -1;
    const typeAt = plainEnd(view, from + this.#time.length);
    for (const known of this.#known) {
      if (!known.standsAt(view, typeAt)) continue;
      this.#unknown = 0;
      return typeAt + known.length - 1;
    }
    if (!this.#type.standsAt(view, typeAt)) return -1;
    const nameAt = typeAt + this.#type.length;
    const name = this.#names.find((one) => one.standsAt(view, nameAt));
    if (name === undefined) return -1;
    const recordAt = nameAt + name.length;
    const end = this.#quoted
      ? quotedEnd(view, recordAt, this.#noMarks)
      : rawEnd(view, recordAt, this.#noMarks);
    if (end !== -1) this.#learn(view, typeAt, end);
    return end;
  }

  /** The text includes the byte that ends the message: the closing quote or the newline. */
  #learn(view: ChunkView, from: number, end: number): void {
    if (end - from > KNOWN_BYTES_MAX) return;
    if (this.#known.length >= KNOWN_MAX) {
      this.#unknown += 1;
      if (this.#unknown < UNKNOWN_MAX) return;
      this.#known = [];
      this.#unknown = 0;
    }
    this.#known.push(new Pattern(view.chunk.subarray(from, end + 1)));
  }
}
