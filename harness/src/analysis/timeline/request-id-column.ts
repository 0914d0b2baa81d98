/** A growing list of request ids. Ids in Lambda's usual form take sixteen bytes each. */
const PIECE = 1 << 13;
const BYTES = 16;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const PARTS = [8, 12, 16, 20];

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
    const piece = this.#pieces[Math.floor(index / PIECE)];
    const from = BYTES * (index % PIECE);
    let text = "";
    for (let at = 0; at < BYTES; at += 1) {
      if (PARTS.includes(2 * at)) text += "-";
      text += HEX[piece?.[from + at] ?? 0] ?? "";
    }
    return text;
  }
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
