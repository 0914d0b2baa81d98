/** What can be seen of a connection that TLS encrypts, without its content. */

/** What a server sent between two pieces that its client sent. */
export interface TlsReply {
  readonly records: number;
  /** The length of its longest and its shortest record in bytes. The overhead of the encryption is taken off where it is known. */
  readonly longest: number;
  readonly shortest: number;
}

export interface TlsTalk {
  /** Whether both sides completed the handshake. */
  readonly shaken: boolean;
  /** The replies of the server to what the client sent after the handshake, at most the first eight. Alerts and tickets are none. */
  readonly replies: readonly TlsReply[];
  /** Whether the lengths are exact, because the overhead of the encryption is known. */
  readonly exact: boolean;
  /** The length in bytes of the longest record that the client sent after the latest reply. */
  readonly saidAfterReply: number;
  /** How long the server kept the connection open in ms after its latest message, until the client sent more, or until either side ended it. */
  readonly quietMs: number;
}
