import { expect } from "chai";
import { EnvironmentLog } from "../../../src/engine/environment-log/environment-log.ts";
import type { Logging } from "../../../src/engine/function-snapshot.ts";
import { MemoryLogSink } from "../support/memory-log-sink.ts";
import { systemClock } from "../support/system-clock.ts";

const ERROR = `${JSON.stringify({ level: "ERROR", timestamp: "2026-11-26T07:30:00Z" })}\n`;

/** Logs a plain line, an error, a line of an extension and a notice of the engine. Returns what the log shows, its tail, and what subscribers get. */
function written(logging: Partial<Logging>): {
  readonly shown: readonly string[];
  readonly tail: string;
  readonly forSubscribers: readonly string[];
} {
  const sink = new MemoryLogSink();
  const forSubscribers: string[] = [];
  const log = new EnvironmentLog({
    sink,
    clock: systemClock,
    logging: {
      format: "JSON",
      applicationLogLevel: "WARN",
      systemLogLevel: "INFO",
      logGroup: "g",
      ...logging,
    },
    logStream: "s",
    bytesPerPhaseMax: 1_000,
    telemetry: { platform: () => undefined, line: (_, text) => forSubscribers.push(text) },
  });
  log.fromProcess("plain\n");
  log.fromProcess(ERROR);
  log.fromProcess("extension\n", "extension");
  log.notice("engine\n");
  return { shown: sink.messages(), tail: log.tailBytesOfInvocation().toString(), forSubscribers };
}

describe("the log of an environment", () => {
  const all = ["plain\n", ERROR, "extension\n", "engine\n"];

  it("leaves out the function's lines below the application level, except for subscribers", () => {
    const left = all.slice(1);
    expect(written({})).to.deep.equal({ shown: left, tail: left.join(""), forSubscribers: all });
  });

  it("leaves nothing out at INFO", () =>
    expect(written({ applicationLogLevel: "INFO" }).shown).to.deep.equal(all));

  it("leaves nothing out in text format, which has no levels", () =>
    expect(written({ format: "Text" }).shown).to.deep.equal(all));
});
