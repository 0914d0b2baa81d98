/** How much of one thing is held in memory, whatever the input; what is larger is counted as unreadable. */
export const LOG_LIMITS = {
  /** One event. CloudWatch takes 1 MiB; written as JSON inside JSON it grows to at most six times that. */
  eventBytes: 8 << 20,
  /** So much without a single event is no log; nobody waits for the end of it. */
  bytesWithoutEvent: 16 << 20,
  /** What a subscription's payload may unpack to; CloudWatch sends at most 1 MiB, packed. */
  envelopeBytes: 64 << 20,
  /** In so many lines a line is looked for by which the form is known. */
  linesToFindForm: 1_000,
  /** Rows of a query with the same time, which are put in order; CloudWatch gives at most so many at once. */
  rowsHeld: 10_000,
  /** How much of a line is shown. */
  exampleCharacters: 120,
} as const;
