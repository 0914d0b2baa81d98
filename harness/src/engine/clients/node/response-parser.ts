/** Splits the bytes of a kept-alive HTTP/1.1 connection into responses. Every response must have a Content-Length. */
export interface HttpResponse {
  readonly status: number;
  /** Status line and headers with a character for each byte (latin1); `headerOf` reads a header. */
  readonly head: string;
  readonly body: string;
}

const END_OF_HEAD = "\r\n\r\n";
const CONTENT_LENGTH = /\r\nContent-Length:([^\r]*)/i;

export class ResponseParser {
  readonly #onResponse: (response: HttpResponse) => void;
  #chunks: Buffer[] = [];
  #size = 0;
  /** The whole length in bytes, head included, of the response that is arriving. 0 while its head is not complete. */
  #needed = 0;

  constructor(onResponse: (response: HttpResponse) => void) {
    this.#onResponse = onResponse;
  }

  push(chunk: Buffer): void {
    let bytes = chunk;
    if (this.#size > 0) {
      this.#keep(chunk);
      if (this.#size < this.#needed) return;
      bytes = Buffer.concat(this.#chunks);
      this.#chunks = [];
      this.#size = 0;
    }
    let start = 0;
    while (start < bytes.length) {
      const end = this.#take(bytes, start);
      if (end === null) return this.#keep(bytes.subarray(start));
      start = end;
    }
  }

  /** Passes on the response that begins at `start`, and returns its end. Returns null if the response is not complete. */
  #take(bytes: Buffer, start: number): number | null {
    const endOfHead = bytes.indexOf(END_OF_HEAD, start);
    this.#needed = 0;
    if (endOfHead === -1) return null;
    const head = bytes.toString("latin1", start, endOfHead);
    const body = endOfHead + END_OF_HEAD.length;
    const end = body + Number(headerOf(head, CONTENT_LENGTH) ?? 0);
    if (end > bytes.length) {
      this.#needed = end - start;
      return null;
    }
    this.#onResponse({ status: Number(head.slice(9, 12)), head, body: bytes.toString("utf8", body, end) });
    return end;
  }

  #keep(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
  }
}

/** Returns the value of a header, with a character for each byte, or null. `named` is such as `/\r\nName:([^\r]*)/i`. */
export function headerOf(head: string, named: RegExp): string | null {
  return named.exec(head)?.[1]?.trim() ?? null;
}
