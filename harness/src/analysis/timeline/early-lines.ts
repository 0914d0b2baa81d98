/** Keeps what lines said about an invocation before its START was read. */
import type { EpochMs } from "../../base/time.ts";
import type { FailureReading } from "../../logs/parse-error-line.ts";
import type { ConnectionError } from "../../words/connection-error.ts";
import type { ObservedBoot, ObservedInvocation } from "./environment.ts";

interface Early {
  boot: ObservedBoot | null;
  invokedAt: EpochMs | null;
  error: FailureReading | null;
  doubtful: boolean;
  connectionError: ConnectionError | null;
}

export class EarlyLines {
  readonly #byRequest = new Map<string, Early>();

  of(requestId: string): Early {
    const known = this.#byRequest.get(requestId);
    if (known !== undefined) return known;
    const made: Early = { boot: null, invokedAt: null, error: null, doubtful: false, connectionError: null };
    this.#byRequest.set(requestId, made);
    return made;
  }

  noteError(requestId: string, reading: FailureReading): void {
    const early = this.of(requestId);
    early.connectionError ??= reading.connectionError;
    if (reading.kind === "ambiguous") early.doubtful = true;
    else early.error = reading;
  }

  take(requestId: string): Early | undefined {
    const early = this.#byRequest.get(requestId);
    this.#byRequest.delete(requestId);
    return early;
  }

  all(): readonly (readonly [requestId: string, early: Early])[] {
    return [...this.#byRequest];
  }
}

export function noteFailure(
  invocation: ObservedInvocation,
  { kind, errorType, family, connectionError }: FailureReading,
): void {
  invocation.connectionError ??= connectionError;
  if (kind === "ambiguous") invocation.doubt ??= "ambiguous-line";
  else invocation.handlerError = { errorType, family };
}
