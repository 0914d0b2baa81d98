/**
 * Splits the bytes of a kept-alive HTTP/1.1 connection into responses. Every response must have a Content-Length; all responses of the engine
 * have one.
 */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; values with a character for each byte (latin1). */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export class ResponseParser {
  private readonly onResponse: (response: HttpResponse) => void;
  private chunks: Buffer[] = [];
  private size = 0;
  private head: { status: number; headers: Map<string, string>; length: number } | null = null;

  constructor(onResponse: (response: HttpResponse) => void) {
    this.onResponse = onResponse;
  }

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
    while (this.step());
  }

  private step(): boolean {
    if (this.head === null) {
      const buffer = this.joined();
      const end = buffer.indexOf("\r\n\r\n");
      if (end === -1) return false;
      this.head = parseHead(buffer.toString("latin1", 0, end));
      this.keep(buffer.subarray(end + 4));
    }
    if (this.size < this.head.length) return false;
    const buffer = this.joined();
    const { status, headers, length } = this.head;
    this.head = null;
    this.keep(buffer.subarray(length));
    this.onResponse({ status, headers, body: buffer.toString("utf8", 0, length) });
    return this.size > 0;
  }

  private joined(): Buffer {
    if (this.chunks.length !== 1) this.chunks = [Buffer.concat(this.chunks)];
    return this.chunks[0] ?? Buffer.alloc(0);
  }

  private keep(rest: Buffer): void {
    this.chunks = [rest];
    this.size = rest.length;
  }
}

function parseHead(text: string): { status: number; headers: Map<string, string>; length: number } {
  const [statusLine = "", ...lines] = text.split("\r\n");
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return {
    status: Number(statusLine.split(" ")[1] ?? 0),
    headers,
    length: Number(headers.get("content-length") ?? 0),
  };
}
