/** Logs of five environments, with eight invocations each, as tools and terminals change them: read with the same numbers, or refused. */
import { expect } from "chai";
import { LongrunError } from "../../../../src/base/errors.ts";
import { judgeFiles } from "../../../adapters/log-formats/judge-files.ts";
import { iso } from "../../../adapters/log-formats/render/render.ts";

const START = Date.parse("2026-11-25T10:00:00.123Z");
const streamOf = (environment: number): string =>
  `2026/11/25/[$LATEST]${String(environment).repeat(6)}${"0f".repeat(13)}`;
interface Line {
  readonly time: number;
  readonly environment: number;
  readonly message: string;
}
function linesOf(environments: number): readonly Line[] {
  return Array.from({ length: environments }, (_, environment): readonly Line[] => {
    const from = START + environment * 60_000;
    const line = (offset: number, message: string): Line => ({ time: from + offset, environment, message });
    const version = "nodejs:22.v50\tRuntime Version ARN: arn:aws:lambda:eu-central-1::runtime:0f";
    const invocations = Array.from({ length: 8 }, (__, index) => {
      const id = `0000000${environment}-0000-4000-8000-00000000000${index}`;
      const timedOut = environment === 1 && index === 2;
      const status = timedOut ? "Status: timeout" : "";
      return [
        line(index * 5_000 + 200, `START RequestId: ${id} Version: $LATEST`),
        line(
          index * 5_000 + 210,
          `${iso(from + index * 5_000 + 210)}\t${id}\tINFO\tsaved the order of the day`,
        ),
        line(index * 5_000 + 220, `END RequestId: ${id}`),
        line(
          index * 5_000 + 221,
          `REPORT RequestId: ${id}\tDuration: 20.15 ms\tBilled Duration: 21 ms\tMemory Size: 128 MB\tMax Memory Used: 60 MB\t${status}`,
        ),
      ];
    });
    return [line(0, `INIT_START Runtime Version: ${version}`), ...invocations.flat()];
  }).flat();
}
const text = (lines: readonly Line[], write: (line: Line, index: number) => string): string =>
  lines.map((line, index) => `${write(line, index)}\n`).join("");
const tail = ({ time, environment, message }: Line): string =>
  `${iso(time)} ${streamOf(environment)} ${message}`;
const wrapped = (content: string, width: number): string =>
  content.replace(/[^\n]+/g, (line) => line.match(new RegExp(`.{1,${width}}`, "g"))?.join("\n") ?? "");

type Numbers = readonly [environments: number, invocations: number, timedOut: number, unread: number];
async function numbersOf(content: string): Promise<Numbers | string> {
  try {
    return await judgeFiles({ "a.txt": content }, null, 1 << 16, ({ functions, unreadable }): Numbers => {
      const [one] = functions;
      const all = [...(one?.invocationList ?? [])];
      return [
        one?.environments.length ?? 0,
        all.length,
        all.filter(({ outcome }) => outcome === "function-error").length,
        unreadable.reduce((sum, { lines }) => sum + lines, 0),
      ];
    });
  } catch (error) {
    if (!(error instanceof LongrunError)) throw error;
    return error.message;
  }
}

const FIVE = linesOf(5);
const ALL: Numbers = [5, 40, 1, 0];

describe("a log of five environments", () => {
  const READ: Readonly<Record<string, string>> = {
    "as aws logs tail writes it": text(FIVE, tail),
    "behind the time of docker logs -t": text(
      FIVE,
      (line, index) => `${iso(START + index).replace("Z", "456789Z")} ${tail(line)}`,
    ),
    "behind a name of docker compose": text(FIVE, (line) => `lambda-1  | ${tail(line)}`),
    "behind the labels of Loki": text(FIVE, (line) => `{app="worker", job="a b"} ${tail(line)}`),
    "behind a label of Loki that names the stream": text(
      FIVE,
      ({ time, environment, message }) => `${iso(time)} {log_stream="${streamOf(environment)}"} ${message}`,
    ),
    "with UTC after each time": text(
      FIVE,
      ({ time, environment, message }) =>
        `${iso(time).replace("T", " ").replace("Z", "")} UTC ${streamOf(environment)} ${message}`,
    ),
    ...Object.fromEntries(
      [
        "Message",
        "Timestamp | Message",
        "Timestamp\tMessage",
        "No older events at this moment. Retry",
        "Back to top",
      ].map((caption) => [
        `below the caption ${JSON.stringify(caption)}`,
        `${caption}\n\n${text(FIVE, tail)}`,
      ]),
    ),
    ...Object.fromEntries(
      [60, 80, 86, 90, 100, 120, 132, 160].map((width) => [
        `broken at ${width} characters`,
        wrapped(text(FIVE, tail), width),
      ]),
    ),
  };
  for (const [title, content] of Object.entries(READ))
    it(`has 5 environments and 40 invocations, one of which timed out: ${title}`, async () =>
      expect(await numbersOf(content)).to.deep.equal(ALL));

  it("was cut off inside the stream name of its last line, which is counted", async () => {
    const [last] = FIVE.slice(-1);
    if (last === undefined) throw new Error("there are lines");
    const shown = tail(last);
    const name = shown.indexOf("2026/11/25/");
    for (const cut of [name + 11, name + 12, name + 18, name + 20, name + 51]) {
      const content = `${text(FIVE.slice(0, -1), tail)}${shown.slice(0, cut)}`;
      const [environments, invocations, , unread] = (await numbersOf(content)) as Numbers;
      expect([environments, invocations, unread], shown.slice(name, cut)).to.deep.equal([5, 40, 1]);
    }
  });

  it("has a caption that nobody knows, which is counted", async () =>
    expect(await numbersOf(`Logs of worker\n${text(FIVE, tail)}`)).to.deep.equal([5, 40, 1, 1]));

  const REFUSED: Readonly<Record<string, readonly [content: string, says: RegExp]>> = {
    "the six digits of chalice logs": [
      text(
        FIVE,
        ({ time, environment, message }) => `${iso(time)} ${String(environment).repeat(6)} ${message}`,
      ),
      /found lines without log streams, with a text before each message that differs from line to line/,
    ],
    "jets logs, which name no stream": [
      text(FIVE, ({ time, message }) => `${iso(time).slice(0, 19).replace("T", " ")} UTC ${message}`),
      /found lines of several execution environments without these names/,
    ],
    "a text before some of the lines": [
      text(
        FIVE,
        ({ time, environment, message }) =>
          `${iso(time)} ${streamOf(environment)} ${message.startsWith("2026") ? "" : "> "}${message}`,
      ),
      /found lines that lack the text before the other messages/,
    ],
    "a text before the platform's lines, and no time": [
      text(FIVE, ({ message }) => `lambda-1  | ${message}`),
      /found 'lambda-1 {2}\| INIT_START/,
    ],
  };
  for (const [title, [content, says]] of Object.entries(REFUSED))
    it(`is refused: ${title}`, async () => expect(await numbersOf(content)).to.match(says));

  it("is read with the numbers of one environment if chalice shows only one", async () => {
    const one = linesOf(1);
    expect(
      await numbersOf(
        text(
          one,
          ({ time, message }) => `${iso(time).replace("T", " ").replace("Z", "000")} 0f1a2b ${message}`,
        ),
      ),
    ).to.deep.equal([1, 8, 0, 0]);
  });

  it("keeps its own lines if a function prints the platform's lines of another function", async () => {
    const quoting = FIVE.map((line) =>
      line.message.startsWith("2026")
        ? { ...line, message: `${line.message} END RequestId: 99999999-0000-4000-8000-000000000001` }
        : line,
    );
    expect(await numbersOf(text(quoting, tail))).to.deep.equal(ALL);
  });
});
