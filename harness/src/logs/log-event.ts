/** One log event as read from an export of any form. A member is null if the export does not contain it. */
export interface LogEvent {
  readonly logGroup: string | null;
  readonly logStreamName: string | null;
  readonly timestamp: number;
  readonly message: string;
  readonly ingestionTime: number | null;
  readonly eventId: string | null;
}

/** An application line whose text was skipped. Its timestamp still shows that the environment was alive at that time. */
export type SkippedLine = Pick<LogEvent, "logStreamName" | "timestamp" | "eventId">;
