/**
 * One event of a CloudWatch log stream, kept verbatim as FilterLogEvents gave it. There is one JSON object on each line of
 * `logs/<label>.jsonl`. The members have CloudWatch's names, so exported logs have the same form.
 */
export interface LogRecord {
  readonly logGroup: string;
  readonly logStreamName: string;
  /** Epoch milliseconds, set by the writer of the line. */
  readonly timestamp: number;
  readonly message: string;
  /** Epoch milliseconds at which CloudWatch received it. Null if an export does not contain this time. */
  readonly ingestionTime: number | null;
  /** CloudWatch's id, by which duplicates are found. Null if an export does not contain it. */
  readonly eventId: string | null;
}
