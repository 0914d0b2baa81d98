/**
 * Inputs that cannot be judged, in each log format. The message describes the problem of this input and says how to get a good input. Without
 * these checks, such an input could be judged as "one environment, nothing found".
 */
import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { longrun } from "../../cli/memory-machine.ts";
import { EVENTS, EXAMPLE, GROUP, STREAMS } from "../../adapters/log-formats/example.ts";

const ID = "8286a188-ba32-4475-8077-530cd35c09a9";
/** The lines of one invocation in text format. */
const TEXT = [
  `INIT_START Runtime Version: nodejs:22.v50\tRuntime Version ARN: arn:aws:lambda:eu-central-1::runtime:0f`,
  `START RequestId: ${ID} Version: $LATEST`,
  `2026-11-25T01:02:04.456Z\t${ID}\tINFO\tall well`,
  `END RequestId: ${ID}`,
  `REPORT RequestId: ${ID}\tDuration: 3.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t`,
];
/** The same invocation, but the function's own line (`all well`) is replaced by lifecycle lines, which contain their own time. */
const WITH_OWN_TIMES = TEXT.flatMap((message, index) =>
  index === 2
    ? ["boot", "invoke", "connect", "connect", "connect"].map(
        (event) =>
          `{"longrun":1,"event":"${event}","time":"2026-11-25T01:02:04.456Z","bootId":"b","phase":"invoke","requestId":"${ID}","outcome":"accepted"}`,
      )
    : [message],
);
const STREAM = STREAMS[0] ?? "";
const iso = (index: number): string => new Date(Date.parse("2026-11-25T01:02:03.456Z") + index).toISOString();
const spaced = (index: number): string => iso(index).replace("T", " ").replace("Z", "");
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const rows = (row: (message: string, index: number) => string, all: readonly string[] = TEXT): string =>
  all.map((message, index) => `${row(message, index)}\n`).join("");

const GOOD =
  /aws logs filter-log-events --log-group-name GROUP --start-time MILLISECONDS --output json > events\.json/;

describe("analyze, given input that is incomplete, altered or not about the function,", () => {
  const folder = temporaryFolder();
  const analyze = (...given: readonly string[]) =>
    longrun(["analyze", ...given], { workingFolder: folder.path() });
  function put(content: string | Uint8Array, name = "given"): string {
    writeFileSync(join(folder.path(), name), content);
    return name;
  }

  const REFUSED: readonly (readonly [title: string, content: string, found: string, hint: RegExp])[] = [
    [
      "Logs Insights without @logStream, as CSV",
      `@timestamp,@message\n${rows((message, index) => `${spaced(index)},${quoted(message)}`)}`,
      "found rows of Logs Insights that do not name their @logStream",
      /Query: fields @timestamp, @message, @logStream, @log \| sort @timestamp asc/,
    ],
    [
      "Logs Insights without @logStream, as CSV without its header",
      rows((message, index) => `${spaced(index)},${quoted(message)}`),
      "found rows of Logs Insights that do not name their @logStream",
      GOOD,
    ],
    [
      "Logs Insights without @logStream, as JSON",
      JSON.stringify({
        results: TEXT.map((message, index) => [
          { field: "@timestamp", value: spaced(index) },
          { field: "@message", value: message },
          { field: "@ptr", value: "Cm" },
        ]),
      }),
      "found rows of Logs Insights that do not name their @logStream",
      GOOD,
    ],
    [
      "rows of a query that returns a count",
      JSON.stringify({
        results: [
          [
            { field: "@logStream", value: STREAM },
            { field: "count(*)", value: "3" },
          ],
        ],
      }),
      "found rows of Logs Insights without @timestamp and @message",
      GOOD,
    ],
    [
      "awslogs without times",
      rows((message) => `${GROUP} ${STREAM} ${message.trimEnd()}`),
      "found lines of awslogs without their times",
      /awslogs get GROUP --timestamp/,
    ],
    [
      "awslogs without streams",
      rows((message, index) => `${GROUP} ${iso(index)} ${message.trimEnd()}`),
      "found lines of awslogs without their log streams",
      /without --no-stream/,
    ],
    [
      "aws logs tail --format short",
      rows((message) => `2026-11-25T01:02:03 ${message.trimEnd()}`),
      "found lines of aws logs tail --format short, which name no log stream",
      /Without --format short each line names its stream/,
    ],
    [
      "a table of the AWS CLI",
      `${"-".repeat(40)}\n|          FilterLogEvents             |\n+${"-".repeat(38)}+\n||               events               ||\n${rows((message) => `||  message  |  ${message}  ||`)}`,
      "found a table of the AWS CLI (--output table)",
      GOOD,
    ],
    [
      "YAML of the AWS CLI",
      `events:\n${rows((message, index) => `- eventId: '3${index}'\n  logStreamName: ${STREAM}\n  message: ${quoted(message)}\n  timestamp: 1795568523456`)}`,
      "found YAML of the AWS CLI (--output yaml)",
      GOOD,
    ],
    [
      "a copy of the console in which the times have no date",
      rows((message, index) => `01:02:0${index}\n${message}\n`),
      "found times without a date, as the old console showed them",
      GOOD,
    ],
    [
      "a copy of the console in which the times have no date, with one line for each row",
      rows((message, index) => `01:02:0${index}\t${message}`),
      "found times without a date, as the old console showed them",
      GOOD,
    ],
    [
      "Grafana's text",
      `Common labels: {"app":"device"}\n\n\n${rows((message, index) => `${1_795_568_523_456 + index}\t${iso(index)}\t${message}`)}`,
      "found lines of Loki without a label that names their log stream",
      /KEEP_STREAM=true/,
    ],
    [
      "Grafana's CSV",
      `"Date","Time","Line","tsNs","id"\n${rows((message, index) => [iso(index), spaced(index), message, `${1_795_568_523_456 + index}000000`, "1"].map(quoted).join(","))}`,
      "found lines of Loki without a label that names their log stream",
      GOOD,
    ],
    [
      "the answer of Loki without a stream among its labels",
      JSON.stringify({
        status: "success",
        data: {
          resultType: "streams",
          result: [
            {
              stream: { __aws_cloudwatch_log_group: GROUP },
              values: TEXT.map((message, index) => [`${1_795_568_523_456 + index}000000`, message]),
            },
          ],
        },
      }),
      "found lines of Loki without a label that names their log stream",
      GOOD,
    ],
    [
      "Datadog's CSV with its default columns",
      `Date,Host,Service,Message\n${rows((message, index) => [iso(index), "arn", "device", message].map(quoted).join(","))}`,
      "found logs of Datadog that do not name their log stream",
      /Add the column @aws\.awslogs\.logStream/,
    ],
    [
      "Datadog's logs without their messages",
      JSON.stringify({
        data: TEXT.map((_, index) => ({
          id: `${index}`,
          type: "log",
          attributes: { timestamp: iso(index), attributes: { type: "platform.start" } },
        })),
      }),
      "found logs of Datadog without the text of their events",
      GOOD,
    ],
    [
      "lines of awslogs without their times, although the function's own lines contain times",
      rows((message) => `${GROUP} ${STREAM} ${message}`, WITH_OWN_TIMES),
      "found lines of awslogs without their times.",
      /awslogs get GROUP --timestamp prints them/,
    ],
    [
      "lines of the platform without times, although the function's own lines contain times",
      rows((message) => message, WITH_OWN_TIMES),
      "found lines of the Lambda platform without their times.",
      GOOD,
    ],
    [
      "another program's lines with times",
      rows((_, index) => `${iso(index)} INFO started worker ${index}`),
      "found lines with times, but none of the Lambda platform",
      /aws logs filter-log-events/,
    ],
    [
      "another program's JSON with times and levels",
      rows((_, index) => JSON.stringify({ timestamp: iso(index), level: "info", message: "started" })),
      "found lines with times, but none of the Lambda platform",
      /aws logs filter-log-events/,
    ],
    [
      "events of S3",
      JSON.stringify({ Records: [{ eventSource: "aws:s3", s3: { object: { key: "a" } } }] }),
      'found \'{"Records"',
      /docs\/analyze\.md/,
    ],
    [
      "a Lambda event whose data is not gzip",
      JSON.stringify({ awslogs: { data: "H4sIAAAAAAAA" } }),
      'found \'{"awslogs"',
      /docs\/analyze\.md/,
    ],
    [
      "a file that is mostly something other than logs",
      [
        JSON.stringify({ logGroup: GROUP, ...EVENTS[0] }),
        ...Array.from({ length: 9 }, (_, index) => `garbage ${index} ${"x".repeat(90)}`),
      ].join("\n"),
      "but most of it, 9 lines or objects, cannot be understood; the first is 'garbage 0",
      /docs\/analyze\.md/,
    ],
  ];
  for (const [title, content, found, hint] of REFUSED) {
    it(`refuses ${title}`, async () => {
      const { code, out, err } = await analyze(put(content));
      expect({ code, out }).to.deep.equal({ code: 64, out: "" });
      expect(err).to.contain(`given: expected logs of a Lambda function, ${found}`);
      expect(err.replace(/\s+/g, " ")).to.match(hint);
    });
  }

  it("accepts rows without a stream if the file is named after the stream", async () => {
    const name = `${STREAM.replaceAll("/", "-")}.csv`;
    const csv = `@timestamp,@message\n${rows((message, index) => `${spaced(index)},${quoted(message)}`)}`;
    const { out } = await analyze(put(csv, name), "--json");
    expect(environmentsIn(out)).to.deep.equal([[STREAM, 1]]);
  });

  it("reads a copy of the console that begins with the table's header", async () => {
    const copied = `Timestamp\tMessage\n${rows((message, index) => `${iso(index)}\t${message.trimEnd()}`)}`;
    const { out } = await analyze(put(copied), "--json");
    expect(outcomesIn(out)).to.deep.equal(["succeeded"]);
  });

  it("counts as unreadable the lines that a terminal recorded around the output of a command", async () => {
    const { out } = await analyze(
      put(
        `Script started on 2026-11-25\n$ sam logs -n device\n${rows((message, index) => `${STREAM} ${iso(index)} ${message.trimEnd()}`)}`,
      ),
      "--json",
    );
    expect(environmentsIn(out)).to.deep.equal([[STREAM, 1]]);
    const { unreadable } = JSON.parse(out) as { readonly unreadable: readonly { readonly lines: number }[] };
    expect(unreadable.map(({ lines }) => lines)).to.deep.equal([2]);
  });

  it("recognises a failure of Java in a console row that was copied without expanding it, so that it is one line", async () => {
    const error =
      "no order: java.lang.IllegalStateException\njava.lang.IllegalStateException: no order\n\tat app.Handler.handle(Handler.java:7)\n\tat app.Main.main(Main.java:3)\n";
    const failed = [...TEXT.slice(0, 2), error, ...TEXT.slice(3)].map((text) =>
      text
        .replace(/\s+/g, " ")
        .replace(/nodejs:\S+/, "java:21.v38")
        .trim(),
    );
    const { out } = await analyze(
      put(rows((message, index) => `${iso(index)}\t${message}`, failed)),
      "--json",
    );
    expect(outcomesIn(out)).to.deep.equal(["function-error"]);
  });

  it("reads REPORT if copying replaced its tabs with spaces", async () => {
    const failed = TEXT.map((message) =>
      message.replace(/\t$/, "\tStatus: error\tError Type: Runtime.ExitError").replace(/\t/g, " "),
    );
    const { out } = await analyze(
      put(rows((message, index) => `${iso(index)}\n${message}`, failed)),
      "--json",
    );
    expect(outcomesIn(out)).to.deep.equal(["function-error"]);
  });

  for (const broken of ['{"time":"2026-11-25T01:0', "gateway 4.2 started", "[2026-11-25] started"]) {
    it(`reads a peer log whose first line is '${broken}', and counts that line as unreadable`, async () => {
      const name = put(`${broken}\n${peerLog()}`, "gateway.jsonl");
      const { code, out } = await analyze(join(EXAMPLE, "events.json"), "--peer-log", name, "--json");
      const { unreadable } = JSON.parse(out) as { readonly unreadable: readonly object[] };
      expect(code).to.equal(1);
      expect(unreadable).to.deep.equal([{ source: "gateway.jsonl", lines: 1, example: broken }]);
    });
  }

  it("ignores the peer log of a function that --function did not choose, and says so", async () => {
    const two = [
      ...EVENTS.map((event) => JSON.stringify({ logGroup: GROUP, ...event })),
      ...EVENTS.map((event) =>
        JSON.stringify({ logGroup: "/aws/lambda/other", ...event }).replaceAll("gateway-client", "other"),
      ),
    ].join("\n");
    const gateway = join(EXAMPLE, "gateway.jsonl");
    const { code, err } = await analyze(
      ...[put(two), "--function", "gateway-client"],
      ...["--peer-log", `gateway-client=${gateway}`, "--peer-log", "other=nowhere.jsonl"],
    );
    expect({ code, err }).to.deep.equal({
      code: 1,
      err: "--peer-log other=nowhere.jsonl is not read, because --function asks only for gateway-client.\n",
    });
  });
});

function peerLog(): string {
  return readFileSync(join(EXAMPLE, "gateway.jsonl"), "utf8");
}

function outcomesIn(json: string): unknown {
  const { functions } = JSON.parse(json) as {
    readonly functions: readonly { readonly invocationList: readonly { readonly outcome: string }[] }[];
  };
  return functions.flatMap(({ invocationList }) => invocationList.map(({ outcome }) => outcome));
}

function environmentsIn(json: string): unknown {
  const { functions } = JSON.parse(json) as {
    readonly functions: readonly {
      readonly environments: readonly { readonly id: string; readonly invocations: number }[];
    }[];
  };
  return functions.flatMap(({ environments }) =>
    environments.map(({ id, invocations }) => [id, invocations]),
  );
}
