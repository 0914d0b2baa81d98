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
  /** The lengths are exact, because the overhead of the encryption is known. */
  readonly exact: boolean;
  readonly unanswered: boolean;
  /**
   * The only record that the client sent after the server's latest message. Null until the client's handshake has ended, and then if the
   * client sent no record or several records.
   */
  readonly lastAsked: TlsAsked | null;
  /** How long the connection stayed open after the server's latest message. 0 if there was none. */
  readonly openMs: number;
}
