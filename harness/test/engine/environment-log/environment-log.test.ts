import { setImmediate } from "node:timers/promises";
import { expect } from "chai";
import { EnvironmentLog } from "../../../src/engine/environment-log/environment-log.ts";
import { LogTurns } from "../../../src/engine/environment-log/log-turns.ts";
import type { Logging } from "../../../src/engine/function-snapshot.ts";
import { epochMs } from "../../../src/base/time.ts";
import { MemoryLogSink } from "../support/memory-log-sink.ts";
import { systemClock } from "../support/system-clock.ts";

const ERROR = `${JSON.stringify({ level: "ERROR", timestamp: "2026-11-26T07:30:00Z" })}\n`;

interface Opened {
  readonly log: EnvironmentLog;
  readonly sink: MemoryLogSink;
  readonly forSubscribers: readonly string[];
}

function opened(logging: Partial<Logging>): Opened {
  const sink = new MemoryLogSink();
  const forSubscribers: string[] = [];
  const log = new EnvironmentLog({
    sink,
    turns: new LogTurns(),
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
    telemetry: {
      platform: ({ type }) => forSubscribers.push(type),
      line: (_, text) => forSubscribers.push(text),
    },
  });
  return { log, sink, forSubscribers };
}

/** Logs a plain line, an error, a line of an extension and a notice of the engine. Returns what the log shows, its tail, and what subscribers get. */
function written(logging: Partial<Logging>): {
  readonly shown: readonly string[];
  readonly tail: string;
  readonly forSubscribers: readonly string[];
} {
  const { log, sink, forSubscribers } = opened(logging);
  log.fromProcess(["plain\n"].values());
  log.fromProcess([ERROR].values());
  log.fromProcess(["extension\n"].values(), { role: "extension" });
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

  it("says at the end of the phase what was dropped: lines beyond the limit, and output that could not wait", () => {
    const { log, sink } = opened({ format: "Text" });
    log.fromProcess(["a".repeat(1_000), "b\n", "é\n"].values());
    log.drop(Buffer.from("c\nd\nhalf"));
    log.endPhase();
    log.fromProcess(["next phase\n"].values());
    log.endPhase();
    expect(sink.messages().slice(1)).to.deep.equal([
      "LOGS_DROPPED\tDropped Records: 4\tDropped Bytes: 13\tReason: Some logs have been dropped: more than 1000 bytes in one phase, or more than could be stored\n",
      "next phase\n",
    ]);
  });

  describe("an event that may be written soon", () => {
    const start = { type: "start", requestId: "r", version: "1" } as const;
    const AT = epochMs(Date.parse("2026-11-28T08:00:00Z"));
    const withStart = (): Opened => {
      const all = opened({ format: "Text" });
      all.log.platformSoon(start, AT);
      return all;
    };
    const START = "START RequestId: r Version: 1\n";

    it("is written a few turns of the event loop later, with its own time", async () => {
      const { sink, forSubscribers } = withStart();
      expect(sink.events).to.deep.equal([]);
      await sink.seen("START");
      expect(sink.events.map(({ timestamp, message }) => [timestamp, message])).to.deep.equal([[AT, START]]);
      expect(forSubscribers).to.deep.equal(["start"]);
    });

    const next: readonly (readonly [string, (log: EnvironmentLog) => unknown])[] = [
      ["a line of the function", (log) => log.fromProcess(["line\n"].values())],
      ["a line of an extension", (log) => log.fromProcess(["line\n"].values(), { role: "extension" })],
      ["a notice", (log) => log.notice("line\n")],
    ];
    for (const [title, write] of next)
      it(`is written before ${title}, and once`, async () => {
        const { log, sink, forSubscribers } = withStart();
        write(log);
        await someTurns();
        expect([sink.messages(), forSubscribers]).to.deep.equal([
          [START, "line\n"],
          ["start", "line\n"],
        ]);
      });

    it("is written before another platform event, before the tail is read, and before another such event", async () => {
      const { log, sink } = withStart();
      expect(log.tailBytesOfInvocation().toString()).to.equal(START);
      log.platformSoon({ ...start, requestId: "s" }, AT);
      log.platformSoon({ ...start, requestId: "t" }, AT);
      log.platform({ ...start, requestId: "u" });
      await someTurns();
      expect(sink.messages()).to.deep.equal(
        ["r", "s", "t", "u"].map((id) => START.replace(" r ", ` ${id} `)),
      );
    });

    it("belongs to the tail that was begun before it", () => {
      const { log } = withStart();
      log.startTail();
      log.platformSoon({ ...start, requestId: "s" }, AT);
      expect(log.tailBytesOfInvocation().toString()).to.equal(START.replace(" r ", " s "));
    });
  });
});

async function someTurns(): Promise<void> {
  await setImmediate();
  await setImmediate();
  await setImmediate();
}
