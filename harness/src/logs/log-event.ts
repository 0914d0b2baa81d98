/** One log event as an export gives it, whatever the form; null: the export does not say. */
export interface LogEvent {
  readonly logGroup: string | null;
  readonly logStreamName: string | null;
  readonly timestamp: number;
  readonly message: string;
  readonly ingestionTime: number | null;
  readonly eventId: string | null;
}

/** A line of an application that was passed over without being read: it shows that its environment lived then. */
export type SkippedLine = Pick<LogEvent, "logStreamName" | "timestamp" | "eventId">;
