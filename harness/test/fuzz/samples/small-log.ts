/** A short log of one function with every kind of line, as records of CloudWatch. */
import type { LogRecord } from "../../../src/record/log-record.ts";
import { PLATFORM_TEXTS } from "./platform-texts.ts";

const START = Date.parse("2026-11-25T01:02:03.000Z");
const STREAMS = ["3f", "a1"].map((hex) => `2026/11/25/[$LATEST]${hex.repeat(16)}`);

export const SMALL_LOG: readonly LogRecord[] = STREAMS.flatMap((logStreamName, stream) =>
  PLATFORM_TEXTS.map((message, index) => ({
    logGroup: "/aws/lambda/device",
    logStreamName,
    timestamp: START + stream * 700 + index * 10,
    message,
    ingestionTime: START + 5_000,
    eventId: String(39_000_000_000_000_000_000_000n + BigInt(stream * 100 + index)).padStart(56, "0"),
  })),
);
