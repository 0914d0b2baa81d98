/** What every client of a session answers with, whoever speaks to the engine. */
export interface Seen {
  /** Null where the client does not show it. */
  readonly status: number | null;
  readonly error: string | null;
  readonly message: string | null;
  /** Dates are epoch seconds, bytes are text. */
  readonly output: unknown;
  /** The answer as it was on the wire; null where the client does not show it. */
  readonly raw: { readonly type: string | undefined; readonly text: string } | null;
}

export interface Client {
  call(operation: string, input: Readonly<Record<string, unknown>>): Promise<Seen>;
  close(): Promise<void>;
}
