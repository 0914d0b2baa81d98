/**
 * How long a server takes for what it must do, in milliseconds. The only file of the theory with such numbers. `usual` is what to expect;
 * `neverBeyond` is what the histories use: up to it, both readings fit. A guess may only be widened by a measurement. A probe of this very
 * server may narrow its rows.
 */
export interface Lag {
  readonly usual: number;
  readonly neverBeyond: number;
  readonly source: string;
}

export const LAG_TABLE = {
  /** From the moment at which a client is ready (it asked, or spoke) until the server looks at it. */
  looks: { usual: 1, neverBeyond: 1_000, source: "assumed; a probe narrows it" },
  /** From a free place until the first client of the queue has it. */
  takes: { usual: 1, neverBeyond: 250, source: "docs/checks.md, a server's queue" },
  /** From the decision against a client, or the end that the server decided, until the server's FIN or RST is seen. */
  closes: {
    usual: 1,
    neverBeyond: 2_000,
    source: "docs/checks.md, a connection that the server ended within 2 s",
  },
  /** From a place until the greeting, or from a refusal until its words. */
  speaks: { usual: 1, neverBeyond: 1_000, source: "assumed; a probe narrows it" },
  /** From the moment at which the server was told that a client has gone until its place is free. */
  frees: {
    usual: 50,
    neverBeyond: 1_000,
    source: "docs/checks.md, server-close-awaited; a probe narrows it",
  },
  /** The shortest time that a client keeps a place before the server ends it for a reason of its own. A shorter life means no place. */
  serves: { usual: 2_000, neverBeyond: 2_000, source: "docs/checks.md, without lifecycle lines" },
} as const satisfies Record<string, Lag>;

/** The limits with which the histories are made. */
export type Lags = Readonly<Record<keyof typeof LAG_TABLE, number>>;

export const usedLags = (): Lags => ({
  looks: LAG_TABLE.looks.neverBeyond,
  takes: LAG_TABLE.takes.neverBeyond,
  closes: LAG_TABLE.closes.neverBeyond,
  speaks: LAG_TABLE.speaks.neverBeyond,
  frees: LAG_TABLE.frees.neverBeyond,
  serves: LAG_TABLE.serves.neverBeyond,
});
