/**
 * Keeps the invocations that the driver knows and that are not yet complete in the logs. An invocation is complete when its platform report
 * has been read, whatever its outcome is.
 */
import type { LogRecord } from "../domain/log-record.ts";

const TEXT_REPORT = /^REPORT RequestId: (\S+)/;

/** Returns the request id whose report this record is, or null. */
export function reportedRequestId(record: LogRecord): string | null {
  const text = TEXT_REPORT.exec(record.message);
  if (text !== null) return text[1] ?? null;
  // Other lines are not parsed, to save time.
  if (!record.message.includes('"platform.report"')) return null;
  try {
    const line = JSON.parse(record.message) as {
      readonly type?: unknown;
      readonly record?: { readonly requestId?: unknown };
    };
    const requestId = line.type === "platform.report" ? line.record?.requestId : null;
    return typeof requestId === "string" ? requestId : null;
  } catch {
    return null;
  }
}

export class RequestSettlement {
  /** Request ids whose reports were read before the driver had the answer. */
  readonly #reported = new Set<string>();
  readonly #waiting = new Set<string>();

  expect(requestId: string): void {
    if (!this.#reported.delete(requestId)) this.#waiting.add(requestId);
  }

  see(record: LogRecord): void {
    const requestId = reportedRequestId(record);
    if (requestId !== null && !this.#waiting.delete(requestId)) this.#reported.add(requestId);
  }

  /** Stops waiting for the remaining invocations, because their reports cannot arrive any more. */
  forget(): void {
    this.#waiting.clear();
  }

  get missing(): readonly string[] {
    return [...this.#waiting];
  }
}
