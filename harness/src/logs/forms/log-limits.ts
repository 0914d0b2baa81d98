/** The limits of what is held in memory, whatever the input is. A larger event or payload counts as unreadable. */
export const LOG_LIMITS = {
  /** The bytes of one event. CloudWatch accepts 1 MiB. As JSON inside JSON, an event has at most six times as many bytes. */
  eventBytes: 8 << 20,
  /** If an input has this many bytes and no event, it is no log, and reading stops. */
  bytesWithoutEvent: 16 << 20,
  /** The bytes of a subscription's payload after decompression. CloudWatch sends at most 1 MiB of compressed data. */
  envelopeBytes: 64 << 20,
  /** The form must be recognised within this many lines from the beginning. */
  linesToFindForm: 1_000,
  /** The layout of a text (layout/) must show within this many characters. */
  charactersToFindLayout: 128 << 10,
  /** How many rows of a query's result are sorted at once, if they have the same time. CloudWatch returns at most this many rows at once. */
  rowsHeld: 10_000,
  exampleCharacters: 120,
} as const;
