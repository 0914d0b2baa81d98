/** The log of a function that knows nothing of longrun, as a test tells it. */
import type { LogRecord } from "../../src/record/log-record.ts";

const AT = Date.parse("2026-11-20T20:19:20.000Z");

/** Environments by letter, times in seconds. */
export class PlainLog {
  readonly records: LogRecord[] = [];
  #count = 0;

  init(environment: string, second: number): this {
    return this.#add(
      environment,
      second,
      "INIT_START Runtime Version: nodejs:22.v50\tRuntime Version ARN: arn:x",
    );
  }

  /** An invocation with the message of the error that its handler throws; null: it succeeds. */
  invoke(environment: string, second: number, error: string | null): this {
    this.#count += 1;
    const id = `00000000-0000-4000-8000-${String(this.#count).padStart(12, "0")}`;
    this.#add(environment, second, `START RequestId: ${id} Version: $LATEST`);
    if (error !== null) {
      const thrown = JSON.stringify({ errorType: "Error", errorMessage: error, stack: [`Error: ${error}`] });
      this.#add(environment, second, `${new Date(AT).toISOString()}\t${id}\tERROR\tInvoke Error \t${thrown}`);
    }
    this.#add(environment, second + 0.1, `END RequestId: ${id}`);
    const report = `REPORT RequestId: ${id}\tDuration: 100.00 ms\tBilled Duration: 101 ms\tMemory Size: 128 MB\tMax Memory Used: 64 MB\t`;
    return this.#add(environment, second + 0.1, report);
  }

  #add(environment: string, second: number, message: string): this {
    const timestamp = AT + second * 1_000;
    const eventId = String(this.records.length).padStart(56, "0");
    this.records.push({
      ...{
        logGroup: "/aws/lambda/fn",
        logStreamName: `2026/11/20/[$LATEST]${environment.repeat(32)}`,
        timestamp,
        message,
        eventId,
      },
      ingestionTime: timestamp,
    });
    return this;
  }
}
