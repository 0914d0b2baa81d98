/** How much is held in memory at most, whatever the input is. Anything larger counts as unreadable. */
export const LOG_LIMITS = {
  /** One event. CloudWatch accepts 1 MiB; as JSON inside JSON it grows to at most six times that. */
  eventBytes: 8 << 20,
  /** An input with this many bytes and no event is no log, so reading stops. */
  bytesWithoutEvent: 16 << 20,
  /** The unpacked payload of a subscription. CloudWatch sends at most 1 MiB of packed data. */
  envelopeBytes: 64 << 20,
  /** The form is recognised from one of this many lines at the beginning. */
  linesToFindForm: 1_000,
  /** Rows of a query with the same time, which are sorted. CloudWatch returns at most this many at once. */
  rowsHeld: 10_000,
  /** How much of a line is shown in a message. */
  exampleCharacters: 120,
} as const;
