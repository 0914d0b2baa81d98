/** The invocations that are not yet complete in the logs. An invocation is complete when its platform report has been read. */
import type { LogRecord } from "../domain/log-record.ts";

const TEXT_REPORT = /^REPORT RequestId: (\S+)/;

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
  /** Ids of requests whose reports were read before the driver had the answer. */
  readonly #reported = new Set<string>();
  readonly #waiting = new Set<string>();

  expect(requestId: string): void {
    if (!this.#reported.delete(requestId)) this.#waiting.add(requestId);
  }

  see(record: LogRecord): void {
    const requestId = reportedRequestId(record);
    if (requestId !== null && !this.#waiting.delete(requestId)) this.#reported.add(requestId);
  }

  /** Called when the reports of the remaining invocations cannot arrive any more. */
  forget(): void {
    this.#waiting.clear();
  }

  get missing(): readonly string[] {
    return [...this.#waiting];
  }
}
