/** What can be seen of a connection that TLS encrypts, without its content. */

/** What a server sent between two pieces that its client sent. */
export interface TlsReply {
  readonly records: number;
  /** The length of its longest and its shortest record in bytes. The overhead of the encryption is subtracted if it is known. */
  readonly longest: number;
  readonly shortest: number;
}

interface TlsAsked {
  /** The length of the record in bytes, as in `TlsReply`. */
  readonly bytes: number;
  /** How long the connection stayed open after this record, in ms, until either side ended the connection. */
  readonly waitedMs: number;
}

export interface TlsTalk {
  /** Whether both sides completed the handshake. */
  readonly shaken: boolean;
  /**
   * The server's replies to what the client sent after the handshake, at most the first eight. Alerts, and records that can be a ticket, do not count
   * as replies.
   */
  readonly replies: readonly TlsReply[];
  /** Whether the lengths are exact, because the overhead of the encryption is known. */
  readonly exact: boolean;
  /** Whether the client sent something after the server's latest message. */
  readonly unanswered: boolean;
  /** The record that the client sent after the server's latest message. Null if it sent none or several, or before its handshake was complete. */
  readonly lastAsked: TlsAsked | null;
  /**
   * How long the connection stayed open after the server's latest message, in ms, until either side ended it. 0 if the server sent no
   * message.
   */
  readonly openMs: number;
}
