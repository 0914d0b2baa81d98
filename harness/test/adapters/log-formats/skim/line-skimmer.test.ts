/** Tests which lines the skimmer skips. The parser must recognise each skipped line as an application line, or as a line that no judgement needs. */
import { expect } from "chai";
import fc from "fast-check";
import { decodeMessage } from "../../../../src/logs/stream-event.ts";
import { ALL_MARKS } from "../../../../src/logs/needed-line.ts";
import { play, randomStory } from "../../../analysis/analyze/random-story.ts";
import { readLog } from "../read-both-ways.ts";
import { propertyCases } from "../../../support/test-all.ts";
import { LINE_FORMS } from "../../../catalogue/runtimes/failure-lines.ts";

const STREAM = `2026/11/25/[$LATEST]${"0f".repeat(16)}`;
const line = (message: string): string =>
  JSON.stringify({
    logStreamName: STREAM,
    timestamp: 1_795_478_400_000,
    message,
    ingestionTime: 1_795_478_400_400,
    eventId: "39",
  });
/** More than one line end, because the skimmer never skips the last few bytes of a piece. */
const ENDS = "\n\n\n\n";
const isSkipped = (text: string): boolean => readLog(Buffer.from(`${text}${ENDS}`), true).passed === 1;

describe("the line skimmer", () => {
  const skipped = [
    '{"timestamp":"2026-11-25T01:02:03.456Z","level":"INFO","requestId":"1","message":"all \\"well\\""}',
    "2026-11-25T01:02:03.456Z\t11111111-1111-4111-8111-111111111111\tINFO\tall well",
    "[INFO]\t2026-11-25T01:02:03.456Z\t11111111-1111-4111-8111-111111111111\tall well",
    '{"level":30,"msg":"as pino writes"}',
    "näive",
    "Saved",
    '{"level":"warn","msg":"ended on two lines"}\n',
    '{"time":"2026-11-25T01:02:03.456Z","type":"platform.extension","record":{"name":"agent","state":"Ready"}}',
    "EXTENSION\tName: agent\tState: Ready\tEvents: [INVOKE, SHUTDOWN]",
  ];
  for (const message of skipped) {
    it(`skips ${message}`, () => {
      const { said, passed } = readLog(Buffer.from(`${line(message)}${ENDS}`), true);
      expect(said).to.deep.equal([{ sign: STREAM, timestamp: 1_795_478_400_000, eventId: "39" }]);
      expect(passed).to.equal(1);
    });
  }

  const read = [
    "START RequestId: 11111111-1111-4111-8111-111111111111 Version: $LATEST",
    "2026-11-25T01:02:03.456Z 11111111-1111-4111-8111-111111111111 Task timed out after 3.00 seconds",
    "RequestId: 11111111-1111-4111-8111-111111111111 Error: Runtime exited with error: signal: killed",
    "INIT_START Runtime Version: nodejs:22.v50",
    "[ERROR] ValueError: no",
    '{"level":"ERROR","message":"an error of the application"}',
    '{"level":50,"msg":"as pino writes"}',
    '{"level": 5,"msg":"as nobody knows"}',
    '{"level":"INFO","message":"cut o',
    "    at handler (index.js:1:1)",
    "all\nwell",
    "all \u001b[1mwell\u001b[0m",
    "EXIT",
    "2026-11-25T01:02:03.456Z\t1\tERROR\tInvoke Error\t{}",
    '{"time":"2026-11-25T01:02:03.456Z","type":"platform.start","record":{}}',
    '{"timestamp":"t","level":"INFO","message":{"longrun":1,"event":"boot"}}',
    '{"timestamp":"t","level":"INFO","level":"ERROR","errorType":"E"}',
    '2026 INFO {"longrun":1,"event":"boot"}',
    '{"timestamp":"t","level":"INFO","message":{"\\u006congrun":1,"event":"boot"}}',
    '{"time":"2026-11-25T01:02:03.456Z","type":"platform.new","record":{}}',
  ];
  for (const message of read)
    it(`does not skip ${message}`, () => expect(isSkipped(line(message))).to.equal(false));

  for (const { family, title, kind, events } of LINE_FORMS.filter((form) => form.kind !== "application"))
    it(`does not skip a line about a failure: ${family}, ${title} (${kind})`, () => {
      for (const message of events("11111111-1111-4111-8111-111111111111"))
        if (decodeMessage(message).kind !== "application")
          expect(isSkipped(line(message)), message).to.equal(false);
    });

  // The copies, in this order: the message unchanged; all its lines joined to one, as in a copy from the console; joined also where a line end is
  // escaped; without a request ID; with changed Java frames; indented.
  const copies: readonly ((message: string) => string)[] = [
    (message) => message,
    (message) => message.replace(/\s+/g, " "),
    (message) => message.replace(/(?:\\[nt]|\s)+/g, " "),
    (message) => message.replace(/"(?:AWSRequestId|requestId)":"[^"]*",?/, ""),
    (message) => message.replace("\tat ", "    at ").replace(/\.java:/g, ".kt:"),
    (message) => message.replace(/^/, " "),
  ];
  it("does not skip a copied line about a failure if the parser still recognises the failure", () => {
    for (const { events } of LINE_FORMS)
      for (const event of events("11111111-1111-4111-8111-111111111111"))
        for (const copy of copies) {
          const message = copy(event);
          if (decodeMessage(message).kind !== "application")
            for (const text of [
              line(message),
              `2026-11-25T01:02:03.456Z ${message}\n2026-11-25T01:02:04.456Z END RequestId: 1`,
            ])
              expect(isSkipped(text), text).to.equal(false);
        }
  });

  it("of lines made of parts of failure lines, skips only those that the parser recognises as application or platform lines", () => {
    const PART = /(\s+|[":,{}<>()[\]]|\\n|\\t)/;
    const lines = LINE_FORMS.flatMap(({ events }) => events("11111111-1111-4111-8111-111111111111"));
    const marks = Object.values(ALL_MARKS).flat();
    const part = fc.constantFrom(...new Set(lines.flatMap((one) => one.split(PART))), ...marks, "\\");
    const change = fc.record({ at: fc.nat(40), removed: fc.nat(2), part });
    const text = fc
      .tuple(fc.constantFrom(...lines), fc.array(change, { maxLength: 3 }))
      .map(([one, changes]) => {
        const parts = one.split(PART);
        for (const { at, removed, part: put } of changes) parts.splice(at % (parts.length + 1), removed, put);
        return parts.join("");
      });
    fc.assert(
      fc.property(text, (message) => {
        if (isSkipped(line(message)))
          expect(decodeMessage(message).kind).to.be.oneOf(["application", "platform"]);
      }),
      { ...propertyCases(4_000), seed: 20261126 },
    );
  });

  const whole = line("2026-11-25T01:02:03.456Z\t1\tINFO\tall well");
  const broken: readonly (readonly [string, string])[] = [
    ["that is cut off", whole.slice(0, -3)],
    ["that is cut off and joined with the next one", whole.slice(0, 120) + whole],
    ["with a raw control character", whole.replace("all", "a\u0001l")],
    ["with a quote that is not escaped", whole.replace("all", 'a"l')],
    ["with an escape that JSON does not have", whole.replace("all", "a\\\\l").replace("\\\\l", "\\x41")],
    ["with a time that begins with 0", whole.replace(":1795", ":0795")],
    ["with a time of ingestion that begins with 0", whole.replace(/:1(?=\d+,"eventId")/, ":0")],
    ["with a time of 14 digits", whole.replace(":1795", ":11795")],
    ["with letters written as escapes", whole.replace("all", "\\u0061ll")],
    ["with other members", whole.replace('"logStreamName"', '"stream"')],
  ];
  for (const [what, text] of broken)
    it(`does not skip a line ${what}`, () => expect(isSkipped(text)).to.equal(false));

  it("skips only lines that the parser recognises as application lines, for any text", () => {
    const alphabet = fc.constantFrom(
      "longrun",
      "{",
      "}",
      '"',
      "\\",
      "ERROR",
      "\t",
      "platform.",
      "START",
      " RequestId: 11111111",
      "a",
      "é",
      "\n",
      "[ERROR] E",
      "[",
    );
    const text = fc.oneof(
      fc.array(alphabet, { maxLength: 12 }).map((parts) => parts.join("")),
      fc.json(),
    );
    fc.assert(
      fc.property(text, (message) => {
        if (isSkipped(line(message))) expect(decodeMessage(message).kind).to.equal("application");
      }),
      { ...propertyCases(3_000), seed: 20261125 },
    );
  });

  it("skips only application lines in the function's log of any story (a test's script of a run)", () => {
    fc.assert(
      fc.property(randomStory, (story) => {
        for (const { message } of play(story).functions[0]?.records ?? [])
          if (isSkipped(line(message))) expect(decodeMessage(message).kind).to.equal("application");
      }),
      { ...propertyCases(100), seed: 20261125 },
    );
  });
});
