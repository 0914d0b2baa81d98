/**
 * Tests that a message with a mark is never skipped, for the marks of the product and for any other marks. A
 * mark is a text at a certain place of a line that a judgement may need (logs/line-marks.ts).
 */
import { expect } from "chai";
import fc from "fast-check";
import { chunkView } from "../../../../src/adapters/log-formats/skim/chunk-view.ts";
import { QUOTED, RAW } from "../../../../src/adapters/log-formats/skim/message-form.ts";
import { MessageEnd } from "../../../../src/adapters/log-formats/skim/message-end.ts";
import { decodeMessage } from "../../../../src/logs/stream-event.ts";
import { ALL_MARKS, mayBeNeeded } from "../../../../src/logs/needed-line.ts";
import { ANYWHERE_MIN, joinMarks, markFinder, type LineMarks } from "../../../../src/logs/line-marks.ts";
import { propertyCases } from "../../../support/test-all.ts";
import { LINE_FORMS } from "../../../catalogue/runtimes/failure-lines.ts";
import { START, STREAMS } from "../log-lines.ts";
import { readLog } from "../read-both-ways.ts";

const ID = "11111111-1111-4111-8111-111111111111";
const AT = "2026-11-25T01:02:03.456Z";
/** The skimmer never skips the last few bytes of a piece of a log. With these line ends after it, a message ends before those bytes. */
const ENDS = "\n\n\n\n";

/** Whether a skimmer that looks for these marks skips the message, for each form in which the message can be written. */
function skippedWith(marks: LineMarks, message: string): readonly boolean[] {
  const quoted = chunkView(Buffer.from(JSON.stringify(message) + ENDS));
  const raw = chunkView(Buffer.from(message + ENDS));
  return [
    new MessageEnd(QUOTED, marks).of(quoted, 1) !== -1,
    // Without quotes, the second line of a message is read as the next line of the log, so only messages of one line are tried.
    ...(message.includes("\n") || message === "" ? [] : [new MessageEnd(RAW, marks).of(raw, 0) !== -1]),
  ];
}

/** For each place, messages with a mark at that place. */
const AT_PLACE: Readonly<Record<keyof LineMarks, (mark: string) => readonly string[]>> = {
  atStart: (mark) => [mark, `${mark} and more`],
  afterQuote: (mark) => [
    `{"timestamp":"${AT}","level":"INFO","message":"${mark}"}`,
    `{"timestamp":"${mark}"}`,
    `{"a":"b","${mark}":1}`,
    `all well {"${mark}":1}`,
    JSON.stringify({ message: `{"${mark}":1}` }),
  ],
  anywhere: (mark) => [mark, `a${mark}b`, `{"message":"a${mark}b"}`, mark.toUpperCase(), `ab ${mark}`],
};
const PLACES = Object.keys(AT_PLACE) as readonly (keyof LineMarks)[];

const line = (message: string, index: number): string =>
  JSON.stringify({
    logStreamName: STREAMS[0],
    timestamp: START + index,
    message,
    ingestionTime: START + 400,
    eventId: `39${String(index)}`,
  });
const timed = (message: string, index: number): string =>
  `${new Date(START + index).toISOString()} ${message}`;
const UNNEEDED = [
  `{"timestamp":"${AT}","level":"INFO","requestId":"${ID}","message":"all \\"well\\""}`,
  `${AT}\t${ID}\tINFO\tall well`,
];

/**
 * Expects the same result with and without skipping, for a log with this message alone or among unneeded lines. If the log is JSON lines,
 * the unneeded lines must all be skipped.
 */
function expectRead(message: string): void {
  for (const form of [line, timed])
    for (const messages of [[message], [...UNNEEDED, message, ...UNNEEDED]]) {
      const bytes = Buffer.from(messages.map((one, index) => `${form(one, index)}\n`).join("") + ENDS);
      const { said, passed } = readLog(bytes, true);
      expect(said, message).to.deep.equal(readLog(bytes, false).said);
      expect(passed, message).to.be.at.most(messages.length - 1);
      if (form === line) expect(passed, message).to.equal(messages.length - 1);
    }
}

describe("a message with a mark", () => {
  for (const place of PLACES)
    for (const mark of ALL_MARKS[place])
      it(`is not skipped (the mark: ${JSON.stringify(mark)}, ${place})`, () => {
        for (const message of AT_PLACE[place](mark)) {
          expect(mayBeNeeded(message), message).to.equal(true);
          expect(skippedWith(ALL_MARKS, message), message).to.not.include(true);
          expectRead(message);
        }
      });

  for (const { family, title, events } of LINE_FORMS)
    it(`is read among lines that are skipped, unless it is an application line: ${family}, ${title}`, () => {
      for (const message of events(ID))
        if (decodeMessage(message).kind !== "application") expectRead(message);
    });

  it("is not skipped if there is a new mark at any place", () => {
    for (const place of PLACES)
      for (const mark of ["handler lost", "timestamp", "level", "message", "@@@@"]) {
        const marks = joinMarks([ALL_MARKS, { [place]: [mark] }]);
        for (const message of AT_PLACE[place](mark)) {
          expect(markFinder(marks)(message), message).to.equal(true);
          expect(skippedWith(marks, message), message).to.not.include(true);
        }
      }
    expect(skippedWith(ALL_MARKS, "handler lost")).to.deep.equal([true, true]);
  });

  it("is not skipped, whatever the marks and the message are", () => {
    const word = fc.constantFrom(
      ...["a", "ab", "b", "timestamp", "level", "message", "INFO", "requestId", "@x", "1", "-"],
      ...["\t", " ", ":", ",", "[", "{", "}", "é"],
    );
    const mark = fc
      .array(word, { minLength: 1, maxLength: 3 })
      .map((words) => words.join("").replace(/[^\t -~]/g, "e"));
    const some = fc.array(mark, { maxLength: 2 });
    const marks = fc
      .record(
        Object.fromEntries(PLACES.map((place) => [place, some])) as Record<keyof LineMarks, typeof some>,
      )
      .map((those) => ({
        ...those,
        anywhere: those.anywhere.map((text) => text.padEnd(ANYWHERE_MIN, text).toLowerCase()),
      }));
    const piece = fc.oneof(
      word,
      fc.constantFrom(
        '"',
        "\\",
        "\n",
        "\r",
        "\\n",
        "\\r",
        "\\t",
        "\\u",
        ID,
        '{"timestamp":"',
        ',"message":"',
      ),
    );
    const input = marks.chain((those) => {
      const texts = Object.values(those).flat();
      const part = texts.length === 0 ? piece : fc.oneof(piece, fc.constantFrom(...texts));
      return fc.tuple(
        fc.constant(those),
        fc
          .array(part, { maxLength: 8 })
          .chain((parts) => fc.constantFrom(parts.join(""), JSON.stringify({ message: parts.join("") }))),
      );
    });
    let [skipped, found] = [0, 0];
    fc.assert(
      fc.property(input, ([those, message]) => {
        const has = markFinder(those)(message);
        const skips = skippedWith(those, message).includes(true);
        if (has) found += 1;
        if (skips) skipped += 1;
        expect(has && skips).to.equal(false);
      }),
      { ...propertyCases(5_000), seed: 20261127 },
    );
    expect(Math.min(skipped, found)).to.be.greaterThan(100);
  });
});
