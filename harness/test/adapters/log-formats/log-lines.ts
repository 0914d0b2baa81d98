/** Makes log lines in several formats, correct and damaged, for tests that read the same lines in two ways and compare the results. */
import fc from "fast-check";

const ID = "11111111-1111-4111-8111-111111111111";
export const STREAMS = ["3f", "a1", "0c"].map((hex) => `2026/11/25/[$LATEST]${hex.repeat(16)}`);
export const START = Date.parse("2026-11-25T01:02:03.000Z");

/** Messages that applications, runtimes and the platform write. */
const written: readonly string[] = [
  `{"timestamp":"2026-11-25T01:02:03.456Z","level":"INFO","requestId":"${ID}","message":"all \\"well\\""}`,
  `{"timestamp":"2026-11-25T01:02:03.456Z","level":"INFO","requestId":"${ID}","message":{"longrun":1,"event":"connect","outcome":"accepted"}}`,
  `{"timestamp":"2026-11-25T01:02:03.456Z","level":"INFO","requestId":"${ID}","message":"{\\"longrun\\":1,\\"event\\":\\"boot\\"}"}`,
  '{"timestamp":"2026-11-25T01:02:03.456Z","level":"ERROR","message":"m","errorType":"E"}',
  '{"timestamp":"2026-11-25T01:02:03.456Z","level":"ERROR","message":"m"}',
  '{"level":30,"time":1795568523456,"msg":"as pino writes"}',
  `2026-11-25T01:02:03.456Z\t${ID}\tINFO\tall well`,
  `2026-11-25T01:02:03.456Z\t${ID}\tERROR\tInvoke Error\t{"errorType":"E"}`,
  `2026-11-25T01:02:03.456Z\t${ID}\tERROR\tInvoke Error\t`,
  `2026-11-25T01:02:03.456Z ${ID} Task timed out after 3.00 seconds`,
  `[INFO]\t2026-11-25T01:02:03.456Z\t${ID}\tall well`,
  "[ERROR] ValueError: no",
  `START RequestId: ${ID} Version: $LATEST`,
  `END RequestId: ${ID}`,
  `REPORT RequestId: ${ID}\tDuration: 3.01 ms\tBilled Duration: 4 ms\t`,
  `RequestId: ${ID} Error: Runtime exited with error: signal: killed`,
  "INIT_START Runtime Version: nodejs:22.v50",
  "INIT_REPORT Init Duration: 10.00 ms\tPhase: init\tStatus: timeout",
  "RESTORE_START Runtime Version: java:21.v38\tRuntime Version ARN: arn:x",
  "RESTORE_REPORT Restore Duration: 1236.04 ms\tStatus: timeout",
  "IMAGE\tLaunch error: fork/exec /entry.sh: exec format error\tEntry Points: [/entry.sh]",
  "Unable to import module 'app': No module named 'x'",
  `2018-11-25T01:02:03.456Z\t${ID}\tUnable to import module 'index': Error`,
  `2018-11-25T01:02:03.456Z\t${ID}\t{"errorMessage":"busy","errorType":"E","stackTrace":[]}`,
  'busy: PeerBusy\nTraceback (most recent call last):\n  File "/var/task/app.py", line 3\nPeerBusy: busy\n',
  `2026-11-25T01:02:03.456Z\t${ID}\tfail\tExample.PeerBusy: busy\n   at Example.Handle()`,
  "Unknown application error occurred\nRuntime.ExitError\n",
  "[ERROR] [1795600240271] LAMBDA_RUNTIME Failed to post handler success response. Http response code: 413.\n",
  "RESTORE_REPORT Restore Dur",
  "EXTENSION\tName: agent\tState: Ready\tEvents: [INVOKE, SHUTDOWN]",
  "XRAY TraceId: 1-2-3\tSegmentId: 4",
  "LOGSTASH is down",
  'EXTENSIONS {"longrun":1,"event":"boot"}',
  '{"\\u006congrun":1,"event":"boot"}',
  '{"timestamp":"t","level":"INFO","message":{"\\u006congrun":1,"event":"boot"}}',
  "Saved the order",
  "    at handler (index.js:1:1)",
  "näïve – 日本語 🚀 \u00a0\u2028",
  "C:\\users\\new",
  "2026/11/25/[$LATEST] no stream",
  "",
  ...["extension", "telemetrySubscription", "restoreStart", "restoreReport"].map(
    (type) => `{"time":"2026-11-25T01:02:03.456Z","type":"platform.${type}","record":{"name":"agent"}}`,
  ),
  ...[
    "initStart",
    "initRuntimeDone",
    "initReport",
    "start",
    "runtimeDone",
    "report",
    "logsDropped",
    "logsSubscription",
    "invokeStart",
    "invokeSummary",
    "later",
  ].map(
    (type) =>
      `{"time":"2026-11-25T01:02:03.456Z","type":"platform.${type}","record":{"requestId":"${ID}","status":"success"}}`,
  ),
  '{"time":"t","type":"platform.extension","record":{"broken',
  '{"time":"t","type":"platform.extension","record":null}',
  '{"record":{},"time":"2026-11-25T01:02:03.456Z","type":"platform.extension"}',
];

/** Pieces of text that hide a marker (a text by which a log line is recognised), or that make a marker when they are joined. */
const splinters = fc.constantFrom(
  ...[
    "longrun",
    '"longrun"',
    '"longrun":1',
    "platform.",
    '"platform.report',
    '"errorType"',
    "\\u006congrun",
    "\\",
  ],
  ...[
    '"',
    "{",
    "}",
    "\t",
    "\n",
    " ",
    "\r",
    "/",
    ",",
    ',"message":"',
    '{"timestamp":"',
    '"level":"ERROR"',
    "ERROR",
  ],
  ...[
    ID,
    "Task timed out after 3 seconds",
    "START",
    " RequestId: ",
    "[ERROR] E",
    "a",
    "é",
    "\u0001",
    "\u0000",
    "]",
    "#",
  ],
);

export const message = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...written) },
  { weight: 3, arbitrary: fc.array(splinters, { maxLength: 10 }).map((parts) => parts.join("")) },
  { weight: 1, arbitrary: fc.json() },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...written), fc.nat(80), splinters).map(
      // Put an unusual piece into the middle of a usual text.
      ([text, at, splinter]) => text.slice(0, at) + splinter + text.slice(at),
    ),
  },
);

interface Event {
  readonly stream: string;
  readonly time: number;
  readonly id: number;
  readonly message: string;
}
const anyEvent: fc.Arbitrary<Event> = fc.record({
  stream: fc.constantFrom(...STREAMS),
  time: fc.nat(40).map((offset) => START + offset),
  id: fc.nat(1_000),
  message,
});

const json = ({ stream, time, id, message: text }: Event): object => ({
  logStreamName: stream,
  timestamp: time,
  message: text,
  ingestionTime: time + 400,
  eventId: `39${String(id).padStart(54, "0")}`,
});
const iso = (time: number): string => new Date(time).toISOString();

/** The ways to write one event as a line. */
const FORMS: readonly ((event: Event) => string)[] = [
  (event) => JSON.stringify(json(event)),
  // Python's JSON has a space after each colon and comma.
  (event) =>
    JSON.stringify(json(event), null, 1)
      .replace(/\n */g, " ")
      .replace(/^\{ | \}$/g, (end) => end.trim()),
  (event) => `${iso(event.time)} ${event.message}`,
  (event) => `${iso(event.time)} ${event.stream} ${event.message}`,
  (event) => `${iso(event.time).slice(0, -1)}\t${event.message}`,
  (event) => JSON.stringify({ ...json(event), logStreamName: undefined }),
  (event) => event.message,
];

/** Makes the lines of a log. More than half of the lines have the same format, and the other lines have any format. */
export const lines = fc
  .tuple(
    fc.constantFrom(0, 0, 1, 2, 2, 3),
    fc.array(fc.tuple(anyEvent, fc.constantFrom(null, null, null, null, null, null, ...FORMS)), {
      minLength: 1,
      maxLength: 14,
    }),
  )
  .map(([usual, events]) =>
    events.map(([event, form]) => (form ?? (FORMS[usual] as (typeof FORMS)[number]))(event)),
  );

/** Damages a log: changes, removes or inserts bytes, and joins lines. */
const harm = fc.oneof(
  fc.record({ kind: fc.constant("flip" as const), at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) }),
  fc.record({ kind: fc.constant("cut" as const), at: fc.nat(), length: fc.nat(300) }),
  fc.record({
    kind: fc.constant("insert" as const),
    at: fc.nat(),
    text: fc.constantFrom(
      "\n",
      "\r\n",
      "\r",
      '"',
      "\\",
      "\\u0041",
      "\\x",
      "{",
      "}",
      "\u0000",
      " ",
      "\t",
      '{"',
      "]",
    ),
  }),
  fc.record({ kind: fc.constant("join" as const), nth: fc.nat(20) }),
  fc.constant({ kind: "crlf" as const }),
);

/** Makes the bytes of a whole log file. In most cases the log is then damaged. */
export const log: fc.Arbitrary<Buffer> = fc
  .tuple(lines, fc.array(harm, { maxLength: 3 }), fc.boolean())
  .map(([all, harms, ends]) => {
    let bytes: Buffer = Buffer.from(all.join("\n") + (ends ? "\n" : ""));
    for (const one of harms) bytes = harmed(bytes, one);
    return bytes;
  });

type Harm = typeof harm extends fc.Arbitrary<infer T> ? T : never;

function harmed(bytes: Buffer, one: Harm): Buffer {
  const at = "at" in one ? one.at % (bytes.length + 1) : 0;
  switch (one.kind) {
    case "flip": {
      const changed = Buffer.from(bytes);
      if (at < changed.length) changed[at] = one.byte;
      return changed;
    }
    case "cut":
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + one.length)]);
    case "insert":
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(one.text), bytes.subarray(at)]);
    case "join": {
      let nth = 0;
      return Buffer.from(
        bytes.toString("latin1").replace(/\n/g, (end) => (nth++ === one.nth ? "" : end)),
        "latin1",
      );
    }
    case "crlf":
      return Buffer.from(bytes.toString("latin1").replace(/\n/g, "\r\n"), "latin1");
  }
}
