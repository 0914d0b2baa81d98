/** The first bytes of both sides, and the last piece of a side that sends more. They may contain passwords: never write them to disk. */
import { beginningAsText } from "../../catalogue/protocols/beginning-as-text.ts";
import {
  protocolNamed,
  recognise,
  tlsBeginsAt,
  type ProtocolName,
} from "../../catalogue/protocols/all-protocols.ts";
import { joined } from "../../catalogue/protocols/byte-reader.ts";
import { isTlsThroughout } from "../../catalogue/protocols/tls.ts";
import { TlsTalkReader } from "../../catalogue/protocols/tls-talk-reader.ts";
import type { EpochMs } from "../../base/time.ts";
import {
  FIRST_BYTES_MAX,
  type Protocol,
  type Reading,
  type Said,
  type SeenConnection,
} from "../../catalogue/protocols/protocol.ts";

/** If a connection uses TLS, TLS begins within this many bytes from the client. */
const TLS_BEGINS_WITHIN = 256;

/** A longer last piece is not kept, because it cannot be a protocol's message about the end of the connection. */
const LAST_BYTES_MAX = 1024;

export interface BytesRead {
  readonly protocol: string;
  readonly reading: Reading;
  /** The first bytes, if they do not fit the protocol that the user named; else null. */
  readonly contradiction: string | null;
  /** When the function's last bytes came; its goodbye, if it sent one, is in these bytes. Null if the function sent no bytes. */
  readonly spokeAt: EpochMs | null;
  /** Whether the client has begun TLS. */
  readonly encrypted: boolean;
}

export interface LinkClock {
  readonly now: () => EpochMs;
  /** Milliseconds on a clock that only goes forward. */
  readonly monotonic: () => number;
}

export class FirstBytes {
  readonly #said: Said[] = [];
  readonly #room = { function: FIRST_BYTES_MAX, peer: FIRST_BYTES_MAX };
  readonly #last: { function?: Uint8Array; peer?: Uint8Array } = {};
  readonly #named: ProtocolName | null;
  readonly #clock: LinkClock;
  #spokeAt: EpochMs | null = null;
  /** Counts the records of an encrypted connection, also those after the first bytes. Their content is not kept. */
  #tls: TlsTalkReader | null = null;

  /** `named` is the protocol that the user named. If it is null, the protocol is recognised. */
  constructor(named: ProtocolName | null, clock: LinkClock) {
    this.#named = named;
    this.#clock = clock;
  }

  keep(from: Said["from"], chunk: Uint8Array): void {
    if (from === "function") this.#spokeAt = this.#clock.now();
    this.#tls?.take(from, chunk, this.#clock.monotonic());
    const room = this.#room[from];
    if (chunk.length > room)
      this.#last[from] = chunk.length > LAST_BYTES_MAX ? new Uint8Array(0) : Uint8Array.from(chunk);
    if (room === 0) return;
    // Copies the bytes, because without a copy they would keep a complete network buffer in memory.
    const bytes = Uint8Array.from(chunk.subarray(0, room));
    this.#room[from] = room - bytes.length;
    this.#said.push({ from, bytes });
    if (this.#tls === null && from === "function") this.#findTls(chunk.subarray(bytes.length), bytes.length);
  }

  /** To be called when a side ends the connection. Only the first call counts. Bytes that are sent afterwards are still kept. */
  end(): void {
    this.#tls?.end(this.#clock.monotonic());
  }

  /** True if, until the end of the connection, no further byte of the peer can change the reading. */
  get peerIsRead(): boolean {
    return this.#room.peer === 0 && this.#tls === null;
  }

  /** `taken` is how many bytes of the latest chunk fitted into the first bytes; `rest` has the other bytes of the chunk. */
  #findTls(rest: Uint8Array, taken: number): void {
    const client = joined(this.#said, "function");
    if (client.length - taken > TLS_BEGINS_WITHIN) return;
    const at = tlsBeginsAt(client);
    if (at === null) return;
    this.#tls = new TlsTalkReader();
    for (const piece of [client.subarray(at), rest])
      this.#tls.take("function", piece, this.#clock.monotonic());
  }

  /**
   * Returns null if too few bytes have come to recognise a protocol. If the user named the protocol, this is only the case if no byte has
   * come and the client speaks first: then nothing shows that the client waited for an answer.
   */
  read(seen: Omit<SeenConnection, "said" | "last" | "talk">): BytesRead | null {
    const recognised = recognise(this.#said);
    const protocol: Protocol | null = this.#named === null ? recognised : protocolNamed(this.#named);
    if (protocol === null || (this.#said.length === 0 && protocol.serverSpeaksFirst !== true)) return null;
    // TLS from the first byte on hides the protocol, so it does not contradict the named one.
    const hidden = isTlsThroughout(this.#said) && recognised?.name === "raw";
    const contradicted =
      this.#named !== null &&
      this.#named !== "raw" &&
      recognised !== null &&
      recognised.name !== this.#named &&
      !hidden;
    const talk = this.#tls?.talkUntil(this.#clock.monotonic()) ?? null;
    const whole = { ...seen, said: this.#said, last: this.#last, talk };
    return {
      protocol: protocol.name,
      reading: protocol.read(contradicted ? { ...whole, said: [], last: {} } : whole),
      spokeAt: this.#spokeAt,
      encrypted: this.#tls !== null,
      contradiction: contradicted ? beginningAsText(this.#said) : null,
    };
  }
}
