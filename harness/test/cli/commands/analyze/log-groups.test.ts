/** Tests `longrun analyze` with exports that contain several functions, other logs or nothing that it understands, and with peer logs. */
import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { longrun } from "../../memory-machine.ts";

const HEX = "0123456789abcdef0123456789abcdef";
const START_MS = Date.parse("2026-11-25T10:00:00.000Z");
const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

interface Event {
  readonly logStreamName: string;
  readonly timestamp: number;
  readonly message: string;
  readonly ingestionTime: number;
  readonly eventId: string;
}

let events = 0;
const event = (logStreamName: string, ms: number, message: string): Event => ({
  logStreamName,
  timestamp: START_MS + ms,
  message,
  ingestionTime: START_MS + ms + 100,
  eventId: String((events += 1)).padStart(56, "0"),
});

/** The lines of one environment with one invocation. */
function environment(stream: string, request: number, version = "nodejs:22.v50"): readonly Event[] {
  return [
    event(stream, 0, `INIT_START Runtime Version: ${version}\tRuntime Version ARN: arn:x`),
    event(stream, 100, `START RequestId: ${id(request)} Version: $LATEST`),
    event(stream, 105, `END RequestId: ${id(request)}`),
    event(
      stream,
      105,
      `REPORT RequestId: ${id(request)}\tDuration: 5.00 ms\tBilled Duration: 6 ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB\t`,
    ),
  ];
}

interface Judged {
  readonly functions: readonly {
    readonly name: string;
    readonly environments: readonly { readonly version: string | null }[];
    readonly findings: readonly { readonly code: string; readonly parameters: unknown }[];
  }[];
  readonly unreadable: readonly { readonly source: string; readonly lines: number }[];
}

describe("longrun analyze, with a log group", () => {
  const folder = temporaryFolder();
  const file = (name: string, lines: readonly unknown[]): string => {
    const path = join(folder.path(), name);
    writeFileSync(
      path,
      lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"),
    );
    return path;
  };
  const judged = async (
    ...given: readonly string[]
  ): Promise<{ readonly result: Judged; readonly err: string }> => {
    const { out, err } = await longrun(["analyze", ...given, "--json"]);
    return { result: JSON.parse(out) as Judged, err };
  };
  const names = ({ functions }: Judged): readonly unknown[] =>
    functions.map(({ name, environments }) => [name, environments.length]);

  it("judges each of several functions separately, with both formats of stream names", async () => {
    const path = file("custom.jsonl", [
      ...environment(`2026/11/25/orders[$LATEST]${HEX}`, 1),
      ...environment(`2026/11/25/orders[7][${HEX}]`, 2),
      ...environment(`2026/11/25/stock[$LATEST][${HEX}]`, 3, "python:3.12.v105"),
    ]);
    const { result } = await judged(path);
    expect(names(result)).to.deep.equal([
      ["orders", 2],
      ["stock", 1],
    ]);
    expect(result.functions[0]?.environments.map(({ version }) => version).sort()).to.deep.equal([
      "$LATEST",
      "7",
    ]);
  });

  it("separates functions of different runtimes if no stream names its function", async () => {
    const path = file("nameless.jsonl", [
      ...environment(`2026/11/25/[$LATEST]${HEX}`, 1, "nodejs:22.v50"),
      ...environment(`2026/11/25/[$LATEST]${HEX.replace("0", "1")}`, 2, "nodejs:20.v9"),
      ...environment(`2026/11/25/[$LATEST]${HEX.replace("0", "2")}`, 3, "python:3.12.v105"),
    ]);
    const { result } = await judged(path);
    expect(names(result)).to.deep.equal([
      ["unknown (Node)", 2],
      ["unknown (Python)", 1],
    ]);
    const all = await judged(path, "--function", "mine");
    expect(names(all.result)).to.deep.equal([["mine", 3]]);
  });

  it("ignores streams that are not a function's, and says so", async () => {
    const path = file("mixed.jsonl", [
      ...environment(`2026/11/25/[$LATEST]${HEX}`, 1),
      event("ecs/proxy/0f3a", 50, "listening on 8080"),
    ]);
    const { result, err } = await judged(path);
    expect(names(result)).to.deep.equal([["unknown", 1]]);
    expect(err).to.contain(
      "1 of 2 log streams do not belong to a Lambda function and are skipped; the first is ecs/proxy/0f3a.",
    );
  });

  for (const [title, lines, expected] of [
    [
      "logs that are mostly not from functions",
      [event("ecs/proxy/0f3a", 0, "listening"), event("ecs/proxy/1b22", 9, "listening")],
      /2 of 2 log streams of something else.*The first is ecs\/proxy\/0f3a\./s,
    ],
    [
      "logs of a function from which a filter removed the lines of the platform",
      [event(`2026/11/25/[$LATEST]${HEX}`, 0, "2026-11-25T10:00:00.000Z\tundefined\tINFO\tconnected")],
      /lines that the function itself wrote, but none of the platform.*filter pattern/s,
    ],
  ] as const)
    it(`refuses ${title}, and does not report their streams as environments without invocations`, async () => {
      const { code, out, err } = await longrun(["analyze", file("other.jsonl", lines), "--json"]);
      expect({ code, out }).to.deep.equal({ code: 64, out: "" });
      expect(err).to.match(expected);
    });

  it("reads a stream with a second INIT_START as one environment, even without the stream's name", async () => {
    const [init, start] = environment("", 1);
    const timed = (text: string, ms: number): string => `${new Date(START_MS + ms).toISOString()} ${text}`;
    const path = file("one-stream.log", [
      timed(init?.message ?? "", 0),
      timed(start?.message ?? "", 100),
      timed(`${new Date(START_MS + 3_100).toISOString()} ${id(1)} Task timed out after 3.00 seconds`, 3_100),
      timed(`END RequestId: ${id(1)}`, 3_100),
      timed(init?.message ?? "", 3_200),
      "",
    ]);
    const { result } = await judged(path);
    expect(names(result)).to.deep.equal([["unknown", 1]]);
  });

  it("counts the unreadable lines of a peer's log, including its first line", async () => {
    const logs = file("events.jsonl", environment(`2026/11/25/[$LATEST]${HEX}`, 1));
    const peer = file("gateway.jsonl", [
      '25T10:00:00.000Z","event":"accepted","connection":1,"remote":"10.0.0.1:1","hello":null}',
      { time: "2026-11-25T10:00:00.000Z", event: "ready" },
      {
        time: "2026-11-25T10:00:00.102Z",
        event: "accepted",
        connection: 2,
        remote: "10.0.0.1:2",
        hello: null,
      },
      '{"time":"2026-11-25T10:00:00.104Z","event":"clos',
    ]);
    const { result } = await judged(logs, "--peer-log", peer);
    expect(result.unreadable.map(({ source, lines }) => [source, lines])).to.deep.equal([[peer, 2]]);
    expect(result.functions[0]?.findings.filter(({ code }) => code === "source-unreadable")).to.have.lengthOf(
      1,
    );
  });

  it("ignores the peer log of a function that --function did not choose", async () => {
    const logs = file("two.jsonl", [
      ...environment(`2026/11/25/orders[$LATEST]${HEX}`, 1),
      ...environment(`2026/11/25/stock[$LATEST]${HEX}`, 2),
    ]);
    const peer = file("stock.jsonl", [{ time: "2026-11-25T10:00:00.000Z", event: "ready" }]);
    const { result, err } = await judged(logs, "--function", "orders", "--peer-log", `stock=${peer}`);
    expect(names(result)).to.deep.equal([["orders", 1]]);
    expect(err).to.contain(`--peer-log stock=${peer}`);
  });
});
