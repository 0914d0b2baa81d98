/** The invocations that are not yet complete in the logs. An invocation is complete when its platform report has been read. */
import type { LogRecord } from "../record/log-record.ts";
import { decodeMessage } from "../logs/stream-event.ts";

/** Null for a line that is not a report on an invocation, and for a report that is cut off. */
export function reportedRequestId({ message }: Pick<LogRecord, "message">): string | null {
  const said = decodeMessage(message);
  return said.kind === "platform" && said.platform.event === "report" ? said.platform.requestId : null;
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
