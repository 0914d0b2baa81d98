/**
 * Reads the two requests of a warm invocation from their bytes: `next`, and a response. It knows only the headers that AWS's clients and our
 * own send with them. For anything else it gives up, because Node's HTTP server then reads the request.
 */
export interface SmallRequest {
  /** The id of the invocation that is answered; null for `next`. */
  readonly answers: string | null;
  readonly contentType: string;
  /** The client asks for its next event in the same request. */
  readonly asksForNext: boolean;
  readonly chunked: boolean;
  readonly body: Buffer;
}

/** `incomplete`: the head is complete, but a part of the body is missing. */
export type SmallRequestResult = SmallRequest | "incomplete" | "unknown";

const TARGET =
  /^(?:GET \/2018-06-01\/runtime\/invocation\/next|POST \/2018-06-01\/runtime\/invocation\/([0-9A-Za-z-]{1,64})\/response) HTTP\/1\.1$/;
/** No control characters, and no spaces around the value except one before it. */
const HEADER_LINE = /^([a-z-]+): ?((?! )[\x20-\x7e\x80-\xff]*(?<! ))$/i;
const HEAD_BYTES_MAX = 1_024;
const REQUEST_BYTES_MAX = 65_536;
const LINE_END = "\r\n";
const NOTHING = Buffer.alloc(0);

export function readSmallRequest(bytes: Buffer): SmallRequestResult {
  const text = bytes.toString("latin1", 0, HEAD_BYTES_MAX);
  const headEnd = text.indexOf(LINE_END + LINE_END);
  if (headEnd === -1 || bytes.length > REQUEST_BYTES_MAX) return "unknown";
  const lineEnd = text.indexOf(LINE_END);
  const target = TARGET.exec(text.slice(0, lineEnd));
  const head = target === null ? null : headersOf(text.slice(lineEnd + LINE_END.length, headEnd));
  if (target === null || head === null) return "unknown";
  const { contentType, asksForNext, length, chunked } = head;
  const answers = target[1] ?? null;
  const type = contentType === null || contentType === "" ? "application/json" : contentType;
  const from = headEnd + 2 * LINE_END.length;
  if (answers === null && (length !== null || chunked || from !== bytes.length)) return "unknown";
  const body =
    answers === null ? NOTHING : chunked ? readChunks(bytes, from) : readLength(bytes, from, length);
  return typeof body === "string" ? body : { answers, contentType: type, asksForNext, chunked, body };
}

interface KnownHeaders {
  contentType: string | null;
  asksForNext: boolean;
  length: number | null;
  chunked: boolean;
}

/** A client sends the same few headers again and again. */
const known = new Map<string, KnownHeaders | null>();
const KNOWN_MAX = 64;

/** Returns null if a header is not known here. */
function headersOf(text: string): KnownHeaders | null {
  let headers = known.get(text);
  if (headers === undefined) {
    headers = readHeaders(text.split(LINE_END));
    if (known.size >= KNOWN_MAX) known.clear();
    known.set(text, headers);
  }
  return headers;
}

function readHeaders(lines: readonly string[]): KnownHeaders | null {
  const headers: KnownHeaders = {
    contentType: null,
    asksForNext: false,
    length: null,
    chunked: false,
  };
  for (const line of lines) {
    const [, name = "", value = ""] = HEADER_LINE.exec(line) ?? [];
    switch (name.toLowerCase()) {
      case "host":
      case "user-agent":
      case "accept":
      case "accept-encoding":
      case "trailer":
        break;
      case "content-type":
        if (headers.contentType !== null) return null;
        headers.contentType = value;
        break;
      case "longrun-then-next":
        if (headers.asksForNext) return null;
        headers.asksForNext = value !== "";
        break;
      case "content-length":
        if (headers.length !== null || headers.chunked || !/^\d{1,5}$/.test(value)) return null;
        headers.length = Number(value);
        break;
      case "transfer-encoding":
        if (headers.length !== null || headers.chunked || value.toLowerCase() !== "chunked") return null;
        headers.chunked = true;
        break;
      default:
        return null;
    }
  }
  return headers;
}

function readLength(bytes: Buffer, from: number, length: number | null): Buffer | "incomplete" | "unknown" {
  if (length === null || bytes.length > from + length) return "unknown";
  return bytes.length === from + length ? bytes.subarray(from) : "incomplete";
}

/** A body in chunks must end without trailers, which would report an error. */
function readChunks(bytes: Buffer, from: number): Buffer | "incomplete" | "unknown" {
  const chunks: Buffer[] = [];
  for (let at = from; ;) {
    const lineEnd = bytes.indexOf(LINE_END, at);
    if (lineEnd === -1) return "incomplete";
    const size = bytes.toString("latin1", at, lineEnd);
    if (!/^[0-9a-f]{1,5}$/i.test(size)) return "unknown";
    const start = lineEnd + LINE_END.length;
    const end = start + Number.parseInt(size, 16);
    at = end + LINE_END.length;
    if (bytes.length < at) return "incomplete";
    if (bytes.toString("latin1", end, at) !== LINE_END) return "unknown";
    if (end === start) return bytes.length === at ? Buffer.concat(chunks) : "unknown";
    chunks.push(bytes.subarray(start, end));
  }
}
