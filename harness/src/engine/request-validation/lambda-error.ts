/** An error of the Lambda API. Its code decides the HTTP status and the key of the message (docs/aws/invoke-api.md#api-errors). */
const ERRORS = {
  ResourceNotFoundException: { status: 404, key: "Message" },
  ServiceException: { status: 500, key: "Message" },
  CodeSigningConfigNotFoundException: { status: 404, key: "Message" },
  InvalidParameterValueException: { status: 400, key: "message" },
  InvalidRequestContentException: { status: 400, key: "message" },
  ResourceConflictException: { status: 409, key: "message" },
  PreconditionFailedException: { status: 412, key: "message" },
  TooManyRequestsException: { status: 429, key: "message" },
  PolicyLengthExceededException: { status: 400, key: "message" },
  ProvisionedConcurrencyConfigNotFoundException: { status: 404, key: "message" },
  // These errors are not in the API model: AWS's front end sends them before the service sees the request.
  ValidationException: { status: 400, key: "message" },
  AccessDeniedException: { status: 403, key: "Message" },
  UnknownOperationException: { status: 404, key: "message" },
  MissingAuthenticationTokenException: { status: 403, key: "message" },
  IncompleteSignatureException: { status: 403, key: "message" },
  InvalidSignatureException: { status: 403, key: "message" },
  // Recorded for CreateFunction, and seen on Invoke in 2018. Whether Invoke's key is `Message` or `message` is unknown: both are sent.
  RequestEntityTooLargeException: { status: 413, key: "both" },
} as const;

export type LambdaErrorCode = keyof typeof ERRORS;

/** Errors that AWS writes without a `Type` member. */
const WITHOUT_TYPE: ReadonlySet<LambdaErrorCode> = new Set<LambdaErrorCode>([
  "ValidationException",
  "AccessDeniedException",
  "UnknownOperationException",
  "MissingAuthenticationTokenException",
  "IncompleteSignatureException",
  "InvalidSignatureException",
]);

export class LambdaError extends Error {
  override readonly name = "LambdaError";
  readonly code: LambdaErrorCode;
  /** Members of the body before type and message, as in the recorded throttle (docs/aws/concurrency.md#throttle). */
  readonly detail: Readonly<Record<string, string>>;

  readonly typed: boolean;

  constructor(
    code: LambdaErrorCode,
    message: string,
    detail: Readonly<Record<string, string>> = {},
    { typed = !WITHOUT_TYPE.has(code) }: { readonly typed?: boolean } = {},
  ) {
    super(message);
    this.code = code;
    this.detail = detail;
    this.typed = typed;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get body(): string {
    const { status, key } = ERRORS[this.code];
    const type = this.typed ? { Type: status >= 500 ? "Service" : "User" } : {};
    const message =
      key === "both" ? { message: this.message, Message: this.message } : { [key]: this.message };
    return JSON.stringify({ ...this.detail, ...type, ...message });
  }
}

/** The errors that operations give most often. */
export const invalidParameter = (message: string): LambdaError =>
  new LambdaError("InvalidParameterValueException", message);
export const invalidContent = (message: string): LambdaError =>
  new LambdaError("InvalidRequestContentException", message);
export const resourceNotFound = (message: string): LambdaError =>
  new LambdaError("ResourceNotFoundException", message);
export const resourceConflict = (message: string): LambdaError =>
  new LambdaError("ResourceConflictException", message);
export const accessDenied = (message: string): LambdaError =>
  new LambdaError("AccessDeniedException", message);
