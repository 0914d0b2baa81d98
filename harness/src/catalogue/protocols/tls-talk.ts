/** What can be seen of a connection that TLS encrypts, without its content. */

export interface TlsReply {
  readonly records: number;
  /** Length in bytes, without the overhead of the encryption if that is known. */
  readonly longest: number;
  readonly shortest: number;
}

interface TlsAsked {
  readonly bytes: number;
  readonly waitedMs: number;
}

export interface TlsTalk {
  readonly shaken: boolean;
  /** The server's first eight replies after the handshake. Alerts and possible tickets do not count. */
  readonly replies: readonly TlsReply[];
  /** True if the overhead of the encryption is known, so that the lengths are exact. */
  readonly exact: boolean;
  readonly unanswered: boolean;
  /**
   * The only record that the client sent after the server's latest message. Null if it sent no record or several records after that
   * message, and always null before the client's handshake has ended.
   */
  readonly lastAsked: TlsAsked | null;
  /** How long the connection stayed open after the server's latest message. 0 if there was none. */
  readonly openMs: number;
}
