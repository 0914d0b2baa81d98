/**
 * Decides the outcome of a connection that is encrypted by TLS (docs/servers.md#under-tls). The server's answer cannot be read. But after every
 * known kind of refusal the server closes the connection. So a connection that the server did not close first was accepted.
 */
import type { AttemptOutcome } from "../domain/connection-outcome.ts";
import { bigEndian, framesOf, type FrameLength } from "./byte-reader.ts";
import { readTcp, REFUSAL_LASTS_MS_MAX, type SeenConnection } from "./protocol.ts";

const CHANGE_CIPHER_SPEC = 20;
const HANDSHAKE = 22;
const APPLICATION_DATA = 23;
const RECORD_HEADER = 5;
/** A record of TLS 1.3 that holds only an encrypted alert. The encrypted `Finished` is longer. */
const ALERT_LENGTH_MAX = RECORD_HEADER + 24;

const recordLength: FrameLength = (bytes, at) => {
  const type = bytes[at] ?? 0;
  if (type < CHANGE_CIPHER_SPEC || type > 24) return "broken";
  if (bytes[at + 1] !== undefined && bytes[at + 1] !== 3) return "broken";
  const length = bigEndian(bytes, at + 3, 2);
  return length === null ? null : RECORD_HEADER + length;
};

/** Whether a client's bytes begin a TLS connection. Returns null if there are too few bytes to decide. */
export function beginsTls(bytes: Uint8Array): boolean | null {
  if (bytes.length === 0) return null;
  if (bytes[0] !== HANDSHAKE || (bytes[1] !== undefined && bytes[1] !== 3)) return false;
  // 1: a ClientHello.
  return bytes[RECORD_HEADER] === undefined ? null : bytes[RECORD_HEADER] === 1;
}

/** Returns the outcome of the attempt. The bytes of both sides are those from the beginning of the encryption. */
export function readEncrypted(
  seen: SeenConnection,
  sides: { readonly client: Uint8Array; readonly server: Uint8Array },
): AttemptOutcome | null {
  const { attempt } = readTcp(seen);
  if (attempt !== null) return attempt;
  return encryptedOutcome(seen, shakenHands(sides));
}

/** Returns the outcome of an encrypted connection. `shaken`: both sides completed the handshake. */
export function encryptedOutcome({ end, lastedMs }: SeenConnection, shaken: boolean): AttemptOutcome | null {
  if (end?.by === "peer" || end?.by === null) return "unreadable";
  if (shaken && (end !== null || lastedMs > REFUSAL_LASTS_MS_MAX)) return "accepted";
  return end === null ? null : "unreadable";
}

/** Whether each side sent a message that TLS 1.2 or 1.3 allows only after a complete handshake. */
function shakenHands({
  client,
  server,
}: {
  readonly client: Uint8Array;
  readonly server: Uint8Array;
}): boolean {
  const ours = framesOf(client, recordLength).frames;
  const theirs = framesOf(server, recordLength).frames;
  const encrypts = (records: readonly Uint8Array[]): boolean =>
    records.some(([type]) => type === CHANGE_CIPHER_SPEC);
  const finished = (records: readonly Uint8Array[]): boolean =>
    records.some((record) => record[0] === APPLICATION_DATA && record.length > ALERT_LENGTH_MAX);
  const tls12 = encrypts(ours) && encrypts(theirs) && !theirs.some(([type]) => type === APPLICATION_DATA);
  return tls12 || (finished(ours) && finished(theirs));
}
