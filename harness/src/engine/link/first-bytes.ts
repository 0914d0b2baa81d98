/**
 * Keeps the first bytes of both sides of a relayed connection, in bounded memory, and reads them with the catalogue of protocols. The bytes
 * are kept only as long as the connection exists and are never written to disk, because they may contain passwords.
 */
import { recognise } from "../../protocols/all-protocols.ts";
import { FIRST_BYTES_MAX, type Reading, type Said, type SeenConnection } from "../../protocols/protocol.ts";

export class FirstBytes {
  private readonly said: Said[] = [];
  private readonly room = { function: FIRST_BYTES_MAX, peer: FIRST_BYTES_MAX };

  keep(from: Said["from"], chunk: Uint8Array): void {
    const room = this.room[from];
    if (room === 0) return;
    // Copies the bytes, because the chunk would keep a complete network buffer in memory.
    const bytes = Uint8Array.from(chunk.subarray(0, room));
    this.room[from] = room - bytes.length;
    this.said.push({ from, bytes });
  }

  /** Returns null if the bytes show no known protocol. */
  read(seen: Omit<SeenConnection, "said">): { readonly protocol: string; readonly reading: Reading } | null {
    const protocol = recognise(this.said);
    return protocol === null
      ? null
      : { protocol: protocol.name, reading: protocol.read({ ...seen, said: this.said }) };
  }
}
