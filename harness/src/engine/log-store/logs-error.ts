/** An error of the CloudWatch Logs API (JSON 1.1): the type is sent in `__type`. */
export type LogsErrorType =
  | "ResourceNotFoundException"
  | "ResourceAlreadyExistsException"
  | "InvalidParameterException"
  | "LimitExceededException"
  | "SerializationException"
  | "UnknownOperationException"
  | "ValidationException";

export class LogsError extends Error {
  override readonly name = "LogsError";
  readonly type: LogsErrorType;
  readonly status = 400;

  constructor(type: LogsErrorType, message: string) {
    super(message);
    this.type = type;
  }
}

export const invalidLogsParameter = (message: string): LogsError =>
  new LogsError("InvalidParameterException", message);
export const groupNotFound = (): LogsError =>
  new LogsError("ResourceNotFoundException", "The specified log group does not exist.");
export const streamNotFound = (): LogsError =>
  new LogsError("ResourceNotFoundException", "The specified log stream does not exist.");
export const invalidPattern = (): LogsError => invalidLogsParameter("Invalid filter pattern");
