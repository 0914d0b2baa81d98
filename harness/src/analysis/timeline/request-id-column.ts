/** A growing list of request ids. Ids in Lambda's usual form take sixteen bytes each. */
const PIECE = 1 << 13;
const BYTES = 16;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX = "0123456789abcdef";
/** The character codes of the id that `at` returns. If `at` joined short texts instead, each id would take much more memory. */
const TEXT = Array.from("00000000-0000-0000-0000-000000000000", (character) => character.charCodeAt(0));

export class RequestIdColumn {
  readonly #pieces: Uint8Array[] = [];
  readonly #others = new Map<number, string>();
  #length = 0;

  add(requestId: string): void {
    const index = this.#length;
    const inPiece = index % PIECE;
    if (inPiece === 0) this.#pieces.push(new Uint8Array(BYTES * PIECE));
    this.#length += 1;
    if (!UUID.test(requestId)) {
      this.#others.set(index, requestId);
      return;
    }
    const hex = requestId.replaceAll("-", "");
    const piece = this.#pieces.at(-1) as Uint8Array;
    for (let at = 0; at < BYTES; at += 1)
      piece[BYTES * inPiece + at] = Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16);
  }

  at(index: number): string {
    const other = this.#others.get(index);
    if (other !== undefined) return other;
    const piece = this.#pieces[Math.floor(index / PIECE)] as Uint8Array;
    const from = BYTES * (index % PIECE);
    let [byte, half] = [0, 0];
    for (let place = 0; place < TEXT.length; place += 1) {
      if (place === 8 || place === 13 || place === 18 || place === 23) continue;
      const value = piece[from + byte] as number;
      TEXT[place] = HEX.charCodeAt(half === 0 ? value >>> 4 : value & 15);
      byte += half;
      half = 1 - half;
    }
    return String.fromCharCode(...TEXT);
  }
}
