/**
 * Tests that a line about a failure stays one or leaves the outcome unknown, whatever happened to it on its way: prefixes and suffixes,
 * colours, lost TABs, wraps, splits into several events. And that the skimmer skips none of these lines.
 */
import { expect } from "chai";
import fc from "fast-check";
import { chunkView } from "../../src/adapters/log-formats/skim/chunk-view.ts";
import { QUOTED, RAW } from "../../src/adapters/log-formats/skim/message-form.ts";
import { MessageEnd } from "../../src/adapters/log-formats/skim/message-end.ts";
import { decodeMessage } from "../../src/logs/stream-event.ts";
import { isErrorShaped } from "../../src/logs/error-shape.ts";
import { levelOf } from "../../src/logs/line-level.ts";
import { readAs } from "../../src/logs/parse-error-line.ts";
import { LINE_FORMS, type LineForm } from "../catalogue/runtimes/failure-lines.ts";
import { propertyCases } from "../support/test-all.ts";

const ID = "8f3b2c1d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";
const FAILURES = LINE_FORMS.filter(({ kind }) => kind !== "application");
const ENDS = "\n\n\n\n";

/** Whether the event prevents that the invocation counts as a success. */
function speaks(event: string, family: string): boolean {
  const said = decodeMessage(event);
  if (said.kind === "error") return readAs(said.error, family) !== null || said.error.altered;
  // A line that cannot be read counts as an unknown one.
  return said.kind === "unknown" || (said.kind === "platform" && said.platform.event !== "other");
}

function isSkipped(event: string): boolean {
  const quoted = chunkView(Buffer.from(JSON.stringify(event) + ENDS));
  if (new MessageEnd(QUOTED).of(quoted, 1) !== -1) return true;
  return (
    !event.includes("\n") &&
    event !== "" &&
    new MessageEnd(RAW).of(chunkView(Buffer.from(event + ENDS)), 0) !== -1
  );
}

type Change = (event: string) => readonly string[];

const text = fc.oneof(
  fc.constantFrom(
    ...[
      "> ",
      "| ",
      "app-1  | ",
      "[dd.trace_id=1 dd.span_id=2] ",
      "2026-11-25T01:02:03.456789Z stdout F ",
      "\t",
      "  ",
      "INFO ",
      "[INFO] ",
    ],
    ...[
      "{",
      "}",
      '"',
      "\\",
      ": ",
      "no ",
      "0 ",
      "without ",
      "warn: ",
      "level=info",
      "(retried)",
      "=null",
      '"error":null,',
    ],
  ),
  fc.string({ maxLength: 12 }),
);
/** A prefix that proves a level below error would be another logger's line. */
const prefix = text.filter((one) =>
  ["x", "ERROR x"].every((rest) => levelOf(one + rest, null) !== "below-error"),
);
const perLine =
  (change: (line: string) => string): Change =>
  (event) => [event.replace(/[^\r\n]+/g, (line) => change(line))];
const COLOURS = [
  ["\u001b[31m", "\u001b[0m"],
  ["\u001b[01;31m\u001b[K", "\u001b[m\u001b[K"],
  ["\u001b[38;5;196m", "\u001b[39m"],
  // The escape character was lost.
  ["[01;31m[K", "[m[K"],
] as const;

/** At most one change of each kind. */
const changes: fc.Arbitrary<readonly Change[]> = fc
  .tuple(
    ...[
      prefix.map((one) => perLine((line) => one + line)),
      text.map((one) => perLine((line) => line + one)),
      fc
        .tuple(fc.constantFrom(...COLOURS), fc.nat(200), fc.nat(40))
        .map(([[on, off], from, length]): Change => (event) => {
          const at = from % (event.length + 1);
          return [event.slice(0, at) + on + event.slice(at, at + length) + off + event.slice(at + length)];
        }),
      fc.constantFrom("", " ", "    ").map((gap): Change => (event) => [event.replaceAll("\t", gap)]),
    ].map((one) => fc.option(one, { nil: null })),
  )
  .map((some) => some.filter((one) => one !== null));
/** One event is wrapped, or becomes several events at its line ends or at a space. */
const split: fc.Arbitrary<Change> = fc.oneof(
  fc
    .integer({ min: 1, max: 200 })
    .map((width): Change => (event) => [event.replace(new RegExp(`[^\\r\\n]{${width}}`, "g"), "$&\n")]),
  fc.constant<Change>((event) => [event]),
  fc.constant<Change>((event) => event.split(/[\r\n]+/)),
  fc.nat(40).map((nth): Change => (event) => {
    const words = event.split(/(?<=\s)/);
    const at = nth % words.length;
    return [words.slice(0, at).join(""), words.slice(at).join("")];
  }),
);
const form: fc.Arbitrary<LineForm> = fc.constantFrom(...FAILURES);

describe("a line about a failure", () => {
  it("stays one or leaves the outcome unknown, whatever changes it, and is never skipped", () => {
    fc.assert(
      fc.property(form, changes, split, ({ family, events }, some, cut) => {
        const changed = some.reduce((all, one) => all.flatMap(one), events(ID)).flatMap(cut);
        expect(
          changed.some((event) => speaks(event, family)),
          JSON.stringify(changed),
        ).to.equal(true);
        for (const event of changed)
          if (isSkipped(event))
            expect(decodeMessage(event).kind, JSON.stringify(event)).to.be.oneOf(["application", "platform"]);
      }),
      { ...propertyCases(6_000), seed: 20261202 },
    );
  });

  for (const { family, title, events } of FAILURES)
    it(`leaves the outcome unknown when it is wrapped at any width: ${family}, ${title}`, () => {
      for (let width = 1; width <= 200; width += 1) {
        const wrapped = events(ID).map((event) =>
          event.replace(new RegExp(`[^\\r\\n]{${width}}`, "g"), "$&\n"),
        );
        expect(
          wrapped.some((event) => speaks(event, family)),
          `${width}: ${JSON.stringify(wrapped)}`,
        ).to.equal(true);
      }
    });
});

/** Frames whose level proves that a line is not about a failure. */
const BELOW: readonly ((message: string) => string)[] = [
  (message) => `2026-11-25T01:02:03.456Z\t${ID}\tINFO\t${message}`,
  (message) => `2026-11-25T01:02:03.456Z${ID}WARN${message}`,
  (message) => `2026-11-25T01:02:03.456Z\t${ID}\twarn\t${message}`,
  (message) => `[WARNING]\t2026-11-25T01:02:03.456Z\t${ID}\t${message}`,
  (message) =>
    JSON.stringify({ timestamp: "2026-11-25T01:02:03.456Z", level: "WARN", requestId: ID, message }),
  (message) => JSON.stringify({ level: 40, time: 1_795_568_523_456, msg: message, err: { stack: message } }),
  (message) => JSON.stringify({ severity: "WARNING", message, exception: message }),
  (message) => `time=2026-11-25T01:02:03.456Z level=WARN msg=${JSON.stringify(message)}`,
  (message) => `2026-11-25 01:02:03 ${ID} WARN  App:23 - ${message}`,
  (message) => `2026-11-25 01:02:03.456 | WARNING  | app:handler:12 - ${message}`,
  (message) => `W, [2026-11-25T01:02:03.456789 #8]  WARN -- : ${message}`,
  (message) => `[01:02:03 WRN] ${message}`,
];

describe("an error that the function handled", () => {
  it("changes nothing if its line is of a level below error, whatever words it holds", () => {
    const words = fc.oneof(
      fc.constantFrom(
        "Error: busy\n    at handler (index.js:1:1)",
        "panic: no",
        "killed by signal 9",
        "it was FATAL",
        "no [ERROR] x: y",
      ),
      fc.string({ maxLength: 30 }).map((one) => `retry after Error: ${one}`),
    );
    fc.assert(
      fc.property(fc.constantFrom(...BELOW), words, (frame, message) => {
        expect(decodeMessage(frame(message)), frame(message)).to.deep.equal({ kind: "application" });
      }),
      { ...propertyCases(1_000), seed: 20261202 },
    );
  });
});

describe("a text that could speak of a failure", () => {
  const rows: readonly (readonly [string, boolean])[] = [
    ["Saved the order", false],
    ["all criteria hold", false],
    ['{"msg":"done","error":null,"errors":[],"failed":0}', false],
    ["msg=done err=<nil> failed=0", false],
    ['{"errorMessage":"","errorType":""}', true],
    ["msg=done err=busy", true],
    ["E1125 10:00:25.300000       8 app.py:3] no place left", true],
    ["app-1 | F0102 10:00:25.300000       8 app.cc:3] no place left", true],
    ["I1125 10:00:25.300000       8 app.py:3] saved", false],
    ["SCHWERWIEGEND: kein Platz frei", true],
    ["GRAVE: no queda sitio", true],
    ["ALLVARLIG: ingen plats", true],
    ["the engraver engraves", false],
    ["E\u001b[31mRRO\u001b[0mR", true],
    ["Segmentation fault (core dumped)", true],
    ["signal: terminated", true],
    ["Extension.Crash", true],
    ["exit status 2", true],
    ["goroutine 1 [running]:", true],
    ["\tat com.example.App.handle(App.java:7)", true],
    ["   at Example.Function.Handle()", true],
    ["/var/task/app.rb:3:in `handler'", true],
    ['  File "/var/task/app.py", line 3, in handler', true],
  ];
  for (const [message, shaped] of rows)
    it(`${JSON.stringify(message)}: ${shaped ? "yes" : "no"}`, () =>
      expect(isErrorShaped(message)).to.equal(shaped));

  it("is read at the levels of glog, which have no word", () => {
    expect(isSkipped("E1125 10:00:25.300000       8 app.py:3] no place left")).to.equal(false);
    expect(isSkipped("I1125 10:00:25.300000       8 app.py:3] saved")).to.equal(true);
  });
});
