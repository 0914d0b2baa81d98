/**
 * One event of a CloudWatch log stream, kept verbatim as FilterLogEvents gave it. One JSON object a line in
 * `logs/<label>.jsonl`. Member names are CloudWatch's, so that exported logs read the same.
 */
export interface LogRecord {
  readonly logGroup: string;
  readonly logStreamName: string;
  /** Epoch milliseconds, set by whoever wrote the line. */
  readonly timestamp: number;
  readonly message: string;
  /** Epoch milliseconds at which CloudWatch took it; null where an export does not say. */
  readonly ingestionTime: number | null;
  /** CloudWatch's id, by which doubled records are told apart; null where an export does not say. */
  readonly eventId: string | null;
}
