/**
 * Reads the type and length of the records of an encrypted connection, and the version that the unencrypted ServerHello chooses. Never
 * reads encrypted content. Counts the server's replies, because a refusal is always among the first few replies.
 */
import { includesBytes } from "./byte-reader.ts";
import type { Said } from "./protocol.ts";
import type { TlsReply, TlsTalk } from "./tls-talk.ts";

const CHANGE_CIPHER_SPEC = 20;
const ALERT = 21;
const HANDSHAKE = 22;
const APPLICATION_DATA = 23;
const HEADER_LENGTH = 5;
/** TLS 1.3 encrypts its alerts as application data. Such a record has this length: an alert of two bytes, a type, and the tag. */
const ALERT_13_LENGTH = 19;
/** What TLS 1.3 adds to a message: a type and the tag. */
const OVERHEAD_13 = 17;
/** The lengths of the record that ends a client's handshake in TLS 1.3, for the two hashes that are in use. */
const FINISHED_13_LENGTHS: ReadonlySet<number> = new Set([53, 69]);
/** The lengths of the same record in TLS 1.2, for ciphers that add a fixed number of bytes. Its message has 16 bytes. */
const FINISHED_12_LENGTHS: ReadonlySet<number> = new Set([32, 40]);
const FINISHED_12_MESSAGE = 16;
/** The extension by which a ServerHello chooses TLS 1.3. */
const CHOOSES_13 = [0x00, 0x2b, 0x00, 0x02, 0x03, 0x04];
/** How many bytes of the server are searched for its choice of the version. They hold no secret. */
const SERVER_HELLO_MAX = 512;
/**
 * No session ticket of TLS 1.3 is shorter, in bytes without the overhead. The first message of a Postgres server in a login has at most 43
 * bytes, so it is never taken for a ticket.
 */
const TICKET_MIN = 48;
/** No login needs as many replies, so later ones are ignored. */
const REPLIES_KEPT = 8;

export class TlsTalkReader {
  readonly #readers = { function: new RecordReader(), peer: new RecordReader() };
  readonly #encrypts = { function: false, peer: false };
  readonly #replies: TlsReply[] = [];
  #serverHello = new Uint8Array(0);
  #version: "1.2" | "1.3" | null = null;
  #overhead: number | null = null;
  #finished = false;
  #replyOpen = false;
  #clientSpoke = false;
  /** The records that the client sent after the server's latest message: how many, and the length and the time of the last one. */
  #asked = { records: 0, bytes: 0, at: 0 };
  /** Length of a session ticket of TLS 1.3. Null before the first ticket. `none` after a message that cannot be a ticket. */
  #ticket: number | "none" | null = null;
  #latest: number | null = null;
  #ended: number | null = null;
  /** Whether `ended` is in doubt: the server's record that was taken for its end of the connection may have been another short message. */
  #endedInDoubt = false;
  #time = 0;

  /** `time` is in ms on a clock that only goes forward. */
  take(from: Said["from"], chunk: Uint8Array, time: number): void {
    this.#time = time;
    if (from === "peer" && this.#version === null) this.#keepServerHello(chunk);
    for (const { type, length } of this.#readers[from].headersIn(chunk)) this.#note(from, type, length);
  }

  end(time: number): void {
    this.#ended ??= time;
    this.#endedInDoubt = false;
  }

  talkUntil(time: number): TlsTalk | null {
    const readers = this.#readers;
    const replies = this.#replies;
    const overhead = this.#overhead;
    const latest = this.#latest;
    const ended = this.#ended;
    const asked = this.#asked;
    if (readers.function.broken || readers.peer.broken) return null;
    return {
      shaken: this.#finished && this.#encrypts.peer,
      replies: [...replies],
      exact: overhead !== null,
      unanswered: this.#clientSpoke,
      lastAsked: asked.records === 1 ? { bytes: asked.bytes, waitedMs: (ended ?? time) - asked.at } : null,
      openMs: latest === null ? 0 : (ended ?? time) - latest,
    };
  }

  #keepServerHello(chunk: Uint8Array): void {
    const room = SERVER_HELLO_MAX - this.#serverHello.length;
    this.#serverHello = Uint8Array.from([...this.#serverHello, ...chunk.subarray(0, room)]);
  }

  #note(from: Said["from"], type: number, length: number): void {
    if (type === CHANGE_CIPHER_SPEC || type === APPLICATION_DATA) {
      this.#encrypts[from] = true;
      this.#chooseVersion();
    }
    if (type === HANDSHAKE && this.#version === "1.2" && this.#encrypts[from])
      this.#noteFinished12(from, length);
    if (type === ALERT) this.end(this.#time);
    if (type !== APPLICATION_DATA) return;
    if (from === "function") this.#noteClient(length);
    else this.#noteServer(length);
  }

  #chooseVersion(): void {
    if (this.#version !== null || this.#serverHello.length === 0) return;
    this.#version = includesBytes(this.#serverHello, CHOOSES_13) ? "1.3" : "1.2";
    if (this.#version === "1.3") this.#overhead = OVERHEAD_13;
    this.#serverHello = new Uint8Array(0);
  }

  #noteFinished12(from: Said["from"], length: number): void {
    if (from === "function") this.#finished = true;
    if (FINISHED_12_LENGTHS.has(length)) this.#overhead = length - FINISHED_12_MESSAGE;
  }

  #noteClient(length: number): void {
    if (!this.#finished) {
      // A certificate may come before the end of the handshake. If both are in one record, the end is not found, and nothing is counted.
      this.#finished = this.#version === "1.3" && FINISHED_13_LENGTHS.has(length);
      return;
    }
    if (this.#canBeAlert(length)) {
      this.end(this.#time);
      return;
    }
    this.#clientSpoke = true;
    this.#asked = { records: this.#asked.records + 1, bytes: this.#withoutOverhead(length), at: this.#time };
    this.#replyOpen = false;
  }

  #noteServer(length: number): void {
    if (!this.#finished) return;
    if (this.#canBeAlert(length)) {
      this.#endedInDoubt ||= this.#ended === null;
      this.#ended ??= this.#time;
      return;
    }
    const bytes = this.#withoutOverhead(length);
    if (this.#canBeTicket(bytes)) return;
    this.#noteMessage();
    if (this.#clientSpoke) this.#beginReply(bytes);
    else if (this.#replyOpen) this.#extendReply(bytes);
  }

  /**
   * Notes a message of the server. If a short earlier message was taken for the server's end of the connection, this message shows that it was
   * not the end. If the client has ended the connection, this message does not show that the server keeps the connection open.
   */
  #noteMessage(): void {
    if (this.#endedInDoubt) this.#ended = null;
    this.#endedInDoubt = false;
    this.#asked = { records: 0, bytes: 0, at: 0 };
    if (this.#ended === null) this.#latest = this.#time;
  }

  #beginReply(bytes: number): void {
    this.#clientSpoke = false;
    this.#replyOpen = this.#replies.length < REPLIES_KEPT;
    if (this.#replyOpen) this.#replies.push({ records: 1, longest: bytes, shortest: bytes });
  }

  #extendReply(bytes: number): void {
    const reply = this.#replies.pop();
    if (reply === undefined) return;
    this.#replies.push({
      records: reply.records + 1,
      longest: Math.max(reply.longest, bytes),
      shortest: Math.min(reply.shortest, bytes),
    });
  }

  #canBeAlert(length: number): boolean {
    return this.#version === "1.3" && length <= ALERT_13_LENGTH;
  }

  /**
   * TLS 1.3 encrypts tickets as application data. They come first and all have the same length. A server sends them by itself, even to a client in a
   * queue.
   */
  #canBeTicket(bytes: number): boolean {
    if (this.#version !== "1.3" || this.#ticket === "none") return false;
    const can = bytes >= TICKET_MIN && (this.#ticket ?? bytes) === bytes;
    this.#ticket = can ? bytes : "none";
    return can;
  }

  #withoutOverhead(length: number): number {
    return Math.max(0, length - (this.#overhead ?? 0));
  }
}

class RecordReader {
  broken = false;
  #header: number[] = [];
  /** Bytes of the record's content that are still to come. */
  #left = 0;

  *headersIn(chunk: Uint8Array): Generator<{ readonly type: number; readonly length: number }> {
    let at = 0;
    while (at < chunk.length && !this.broken) {
      const skipped = Math.min(this.#left, chunk.length - at);
      this.#left -= skipped;
      at += skipped;
      if (at >= chunk.length) return;
      this.#header.push(chunk[at] ?? 0);
      at += 1;
      if (this.#header.length < HEADER_LENGTH) continue;
      const [type = 0, major = 0, , high = 0, low = 0] = this.#header;
      this.#header = [];
      this.#left = high * 256 + low;
      this.broken = type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA + 1 || major !== 3;
      if (!this.broken) yield { type, length: this.#left };
    }
  }
}
