/**
 * One event of a CloudWatch log stream, kept verbatim as FilterLogEvents gave it. One JSON object a line in
 * `logs/<label>.jsonl`. Member names are CloudWatch's, so that exported logs read the same.
 */
export interface LogRecord {
  readonly logGroup: string;
  readonly logStreamName: string;
  /** Epoch milliseconds, set by the writer of the line. */
  readonly timestamp: number;
  readonly message: string;
  /** Epoch milliseconds at which CloudWatch received it; null if an export does not say. */
  readonly ingestionTime: number | null;
  /** CloudWatch's id, by which duplicates are found; null if an export does not say. */
  readonly eventId: string | null;
}
