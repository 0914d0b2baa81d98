/** The answer of a client in a session, in one form for all clients. */
export interface Seen {
  /** Null if the client does not show it. */
  readonly status: number | null;
  readonly error: string | null;
  readonly message: string | null;
  /** Dates are epoch seconds, bytes are text. */
  readonly output: unknown;
  /** The raw bytes of the answer. Null if the client does not show them. */
  readonly raw: { readonly type: string | undefined; readonly text: string } | null;
}

export interface Client {
  call(operation: string, input: Readonly<Record<string, unknown>>): Promise<Seen>;
  close(): Promise<void>;
}
