/** The answer that a client received in a session, in one form for all clients. */
export interface Seen {
  /** The HTTP status. Null if the client does not show the status. */
  readonly status: number | null;
  readonly error: string | null;
  readonly message: string | null;
  /** The members of the answer. Dates are written as epoch seconds and bytes as text. */
  readonly output: unknown;
  /** The raw bytes of the answer. Null if the client does not show them. */
  readonly raw: {
    readonly type: string | undefined;
    readonly headers: Readonly<Record<string, string>>;
    readonly text: string;
  } | null;
}

export type Service = "lambda" | "logs";

export interface Client {
  call(service: Service, operation: string, input: Readonly<Record<string, unknown>>): Promise<Seen>;
  close(): Promise<void>;
}
