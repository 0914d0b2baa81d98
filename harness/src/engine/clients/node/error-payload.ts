/** Errors in the form of the Runtime API (docs/aws/invoke-api.md#function-errors), and the errors of the runtime client itself. */
import { types } from "node:util";
import { majorVersion } from "./runtime-generation.ts";

export interface ErrorPayload {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** An error of the runtime client; its name is the `errorType` that the caller sees. */
export class RuntimeError extends Error {
  /** The class name in AWS's client, which a JSON log line shows. */
  get className(): string {
    const own = this.name.replace(/^Runtime\./, "");
    const suffixed =
      majorVersion >= 24 && /^(HandlerNotFound|MalformedHandlerName|CallbackHandlerDeprecated)$/.test(own);
    return suffixed ? `${own}Error` : own;
  }

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

export class UnhandledPromiseRejection extends RuntimeError {
  readonly reason: unknown;
  readonly promise: unknown;

  constructor(reason: unknown, promise: unknown) {
    super("Runtime.UnhandledPromiseRejection", asText(reason));
    this.reason = reason;
    this.promise = promise;
  }
}

export function isErrorLike(value: unknown): value is Error {
  if (types.isNativeError(value)) return true;
  const candidate = value as Partial<Error> | null;
  return (
    typeof candidate === "object" &&
    candidate !== null &&
    typeof candidate.name === "string" &&
    typeof candidate.message === "string" &&
    typeof candidate.stack === "string"
  );
}

export function asText(value: unknown): string {
  try {
    return String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

export function errorPayload(error: unknown): ErrorPayload {
  if (!isErrorLike(error)) return { errorType: typeof error, errorMessage: asText(error), trace: [] };
  // Error.prepareStackTrace may have replaced the stack with a value of any type.
  const stack: unknown = error.stack;
  return {
    errorType: asText(error.name),
    errorMessage: asText(error.message),
    trace: typeof stack === "string" ? stack.split("\n") : [],
  };
}
