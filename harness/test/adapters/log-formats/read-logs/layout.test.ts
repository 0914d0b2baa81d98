/**
 * Changes what people do to a log without meaning to: a tool writes something before each line, a copy has captions of the page, a terminal
 * breaks lines. The reading has the same invocations and environments, or says what it did not read, or refuses. It never has other numbers
 * silently, and no outcome becomes its opposite.
 */
import { expect } from "chai";
import fc from "fast-check";
import { LongrunError } from "../../../../src/base/errors.ts";
import type { LogRecord } from "../../../../src/record/log-record.ts";
import { play, randomStory } from "../../../analysis/analyze/random-story.ts";
import { propertyRuns } from "../../../support/test-all.ts";
import { judgeFiles } from "../judge-files.ts";
import { ALL_RENDERINGS } from "../render/all-renderings.ts";
import { iso, type Files, type Rendering } from "../render/render.ts";

interface Read {
  /** How many lines were not read. */
  readonly unread: number;
  readonly environments: readonly (readonly [id: string, invocations: number])[];
  readonly outcomes: ReadonlyMap<string, string>;
}

/** Null if the logs are refused. */
async function readOf(files: Files): Promise<Read | null> {
  try {
    return await judgeFiles(files, null, 1 << 16, ({ functions, unreadable }) => ({
      unread:
        unreadable.reduce((sum, { lines }) => sum + lines, 0) +
        functions.reduce(
          (sum, { findings }) =>
            sum +
            findings.filter(({ check, status }) => check === "lines-readable" && status !== "clear").length,
          0,
        ),
      environments: functions.flatMap(({ environments }) =>
        environments.map(({ id, invocations }) => [id, invocations] as const),
      ),
      outcomes: new Map(
        functions.flatMap(({ invocationList }) =>
          [...invocationList].map(({ requestId, outcome }) => [requestId ?? "", outcome] as const),
        ),
      ),
    }));
  } catch (error) {
    expect(error).to.be.instanceOf(LongrunError).with.property("code", "usage");
    return null;
  }
}

const DECIDED = new Set(["succeeded", "function-error"]);

/** Expects the same, or less with a number of unread lines, and in no case the opposite. */
function expectHonest(wanted: Read, got: Read | null, shown: string): void {
  if (got === null) return;
  for (const [requestId, outcome] of got.outcomes) {
    const before = wanted.outcomes.get(requestId);
    if (got.unread === 0) expect(before, `${requestId}\n${shown}`).to.not.equal(undefined);
    if (before !== undefined && DECIDED.has(before) && DECIDED.has(outcome))
      expect([requestId, outcome], shown).to.deep.equal([requestId, before]);
  }
  if (got.unread > 0) return;
  expect(got.environments, shown).to.deep.equal(wanted.environments);
  expect([...got.outcomes.keys()].sort(), shown).to.deep.equal([...wanted.outcomes.keys()].sort());
}

const textOf = (files: Files): Readonly<Record<string, string>> | null => {
  const texts: Record<string, string> = {};
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    if (bytes[0] === 0x1f || bytes[0] === 0xff || bytes[0] === 0xfe) return null;
    texts[name] = bytes.toString("utf8");
  }
  return texts;
};
const changed = (files: Readonly<Record<string, string>>, change: (text: string) => string): Files =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name, change(text)]));
const eachLine = (text: string, change: (line: string, index: number) => string): string => {
  const end = text.endsWith("\n") ? "\n" : "";
  const lines = (end === "" ? text : text.slice(0, -1)).split("\n");
  return lines.map(change).join("\n") + end;
};

const PREFIXES: readonly ((index: number) => string)[] = [
  () => "lambda-1  | ",
  () => "[pod/worker-7f/app] ",
  () => '{app="worker", job="x"} ',
  () => "> ",
  () => "0f1a2b ",
  (index) => `${index % 2 === 0 ? "0f1a2b" : "9c8d7e"} `,
  (index) => `${iso(1_795_600_000_000 + index).replace("Z", "123456Z")} `,
  (index) => `Nov 25 10:00:${String(index % 60).padStart(2, "0")} host app[123]: `,
  (index) => `${index + 1}: `,
  () => "\u001b[33mapp |\u001b[0m ",
];
/** What a tool writes between the time and the message. */
const INNER = [" UTC", " 0f1a2b", " |", ' {stream="x"}', " [worker]", "\tINFO:"];
const TIME = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)?)/;
const CAPTIONS = [
  "Message",
  "Timestamp | Message",
  "Timestamp\tMessage",
  "No older events at this moment. Retry",
  "Back to top",
  "Logs of worker",
];

const recordsOf = (story: Parameters<typeof play>[0], text: boolean): readonly LogRecord[] => {
  const format = text ? ("text" as const) : story.options.format;
  const options = {
    ...story.options,
    name: "device",
    target: "logs" as const,
    ...(format === undefined ? {} : { format }),
  };
  return play({ ...story, options }).functions[0]?.records ?? [];
};

type Change = readonly [name: string, (files: Readonly<Record<string, string>>) => Files];
const change: fc.Arbitrary<Change> = fc.oneof(
  fc
    .constantFrom(...PREFIXES)
    .map((prefix): Change => [
      `each line after ${JSON.stringify(prefix(0))}`,
      (files) => changed(files, (text) => eachLine(text, (line, index) => prefix(index) + line)),
    ]),
  fc
    .constantFrom(...PREFIXES)
    .map((prefix): Change => [
      `each platform line after ${JSON.stringify(prefix(0))}`,
      (files) =>
        changed(files, (text) =>
          eachLine(text, (line, index) =>
            line.replace(/(?<![\w"])(?:INIT_START|START|END|REPORT) (?=R)/, (word) => prefix(index) + word),
          ),
        ),
    ]),
  fc
    .constantFrom(...INNER)
    .map((inner): Change => [
      `each time before ${JSON.stringify(inner)}`,
      (files) => changed(files, (text) => eachLine(text, (line) => line.replace(TIME, `$1${inner}`))),
    ]),
  fc
    .tuple(fc.constantFrom(...CAPTIONS), fc.constantFrom(...CAPTIONS))
    .map(([above, below]): Change => [
      `captions ${above} and ${below}`,
      (files) => changed(files, (text) => `${above}\n\n${text}${text.endsWith("\n") ? "" : "\n"}${below}\n`),
    ]),
  fc
    .oneof(fc.integer({ min: 8, max: 260 }), fc.constantFrom(80, 100, 120, 132))
    .map((width): Change => [
      `lines broken at ${width} characters`,
      (files) =>
        changed(files, (text) =>
          eachLine(text, (line) => line.match(new RegExp(`.{1,${width}}`, "gs"))?.join("\n") ?? ""),
        ),
    ]),
);

describe("a log whose lines were changed on their way", () => {
  it("has the same invocations and environments, or lines that were not read, or is refused", async () => {
    await fc.assert(
      fc.asyncProperty(
        randomStory,
        fc.boolean(),
        fc.nat({ max: 1 << 20 }),
        fc.constantFrom<Rendering>(...ALL_RENDERINGS),
        change,
        async (story, text, variant, form, [name, make]) => {
          const records = recordsOf(story, text);
          fc.pre(records.length > 0 && !records.some((record) => form.loses?.(record) === true));
          const files = textOf(form.render(records, variant));
          fc.pre(files !== null);
          const wanted = await readOf(files);
          fc.pre(wanted !== null);
          // A time before each line of a copy whose own times are alone in their lines looks like a log with the first times.
          fc.pre(!(form.name.startsWith("streams copied") && name.startsWith('each line after "20')));
          expectHonest(wanted, await readOf(make(files)), `${form.name}: ${name}`);
        },
      ),
      { numRuns: propertyRuns(500), seed: 20261202 },
    );
  });
});
