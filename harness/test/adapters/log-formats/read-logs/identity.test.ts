/** A function is account, Region and name. Each source that names an account or a Region tells functions of one name apart. */
import { expect } from "chai";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { longrun } from "../../../cli/memory-machine.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { EVENTS, type Files } from "../example.ts";

const GROUP = "/aws/lambda/worker";
const [ONE, TWO] = ["111111111111", "222222222222"] as const;
const EU = "eu-central-1";
const ID = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
const streamOf = (number: number): string => `2026/11/25/[$LATEST]${String(number).padStart(32, "0")}`;
const TIME = Date.parse("2026-11-25T10:00:00.123Z");
const iso = (time: number): string => new Date(time).toISOString();
const text = (number: number, region = EU): readonly string[] => [
  `INIT_START Runtime Version: nodejs:22.v50\tRuntime Version ARN: arn:aws:lambda:${region}::runtime:0f`,
  `START RequestId: ${ID(number)} Version: $LATEST`,
  `END RequestId: ${ID(number)}`,
  `REPORT RequestId: ${ID(number)}\tDuration: 3.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t`,
];
const timed = (number: number, region?: string): string =>
  text(number, region)
    .map((message, index) => `${iso(TIME + index)} ${message}\n`)
    .join("");
const jsonLines = (values: readonly object[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join("");
const events = (
  number: number,
  { stream = streamOf(number), region = EU } = {},
): readonly { logStreamName: string; timestamp: number; message: string; eventId: string }[] =>
  text(number, region).map((message, index) => ({
    logStreamName: stream,
    timestamp: TIME + index,
    message,
    eventId: `${number}${index}`,
  }));
const subscription = (number: number, owner: string): object => ({
  messageType: "DATA_MESSAGE",
  owner,
  logGroup: GROUP,
  logStream: streamOf(number),
  subscriptionFilters: ["all"],
  logEvents: events(number).map(({ eventId: id, timestamp, message }) => ({ id, timestamp, message })),
});
const insights = (number: number, log: string): readonly object[] =>
  events(number).map(({ timestamp, message, logStreamName }) => ({
    "@timestamp": iso(timestamp).replace("T", " ").replace("Z", ""),
    "@message": message,
    "@logStream": logStreamName,
    "@log": log,
  }));
const datadog = (number: number, aws: object, host: string): readonly object[] =>
  events(number).map(({ timestamp, message, logStreamName }) => ({
    id: `${number}`,
    type: "log",
    attributes: {
      timestamp: iso(timestamp),
      host,
      message,
      attributes: { aws: { awslogs: { logGroup: GROUP, logStream: logStreamName, ...aws } } },
    },
  }));
const loki = (number: number, labels: object): object => ({
  stream: { ...labels, log_group: GROUP, log_stream: streamOf(number) },
  values: events(number).map(({ timestamp, message }) => [`${timestamp}000000`, message]),
});
const exported = (number: number, folder: string, region?: string): Files => ({
  [`${folder}/${streamOf(number).replaceAll("/", "-")}/000000.gz`]: gzipSync(timed(number, region)),
});
const arn = (account: string, region: string): string =>
  `arn:aws:logs:${region}:${account}:log-group:${GROUP}`;

describe("analyze: the functions of an input", () => {
  const folder = temporaryFolder();
  async function analyze(files: Files, ...flags: readonly string[]) {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder.path(), name)), { recursive: true });
      writeFileSync(join(folder.path(), name), content);
    }
    const paths = [...new Set(Object.keys(files).map((name) => name.split("/")[0] ?? ""))];
    return longrun(["analyze", ...paths, "--json", ...flags], { workingFolder: folder.path() });
  }
  async function functionsOf(files: Files, ...flags: readonly string[]): Promise<unknown> {
    const { out, err } = await analyze(files, ...flags);
    expect(err).to.equal("");
    const { functions } = JSON.parse(out) as {
      functions: { name: string; environments: { id: string }[] }[];
    };
    return functions.map(({ name, environments }) => [
      name,
      ...environments.map(({ id }) => Number(/(\d)\D*$/.exec(id)?.[1])),
    ]);
  }

  const TOLD_APART: Readonly<Record<string, Files>> = {
    "the owner of subscription messages": {
      firehose: [subscription(1, ONE), subscription(2, TWO)].map((one) => JSON.stringify(one)).join(""),
    },
    "the owner of packed subscription messages": {
      "event.json": jsonLines(
        [subscription(1, ONE), subscription(2, TWO)].map((one) => ({
          awslogs: { data: gzipSync(JSON.stringify(one)).toString("base64") },
        })),
      ),
    },
    "the account in @log of Logs Insights": {
      "rows.json": JSON.stringify([...insights(1, `${ONE}:${GROUP}`), ...insights(2, `${TWO}:${GROUP}`)]),
    },
    "ARNs of log groups": {
      "a.jsonl": jsonLines(
        [ONE, TWO].flatMap((account, index) =>
          events(index + 1).map((event) => ({ logGroup: `${arn(account, EU)}:*`, ...event })),
        ),
      ),
    },
    "the owner that Datadog keeps": {
      "datadog.json": JSON.stringify({
        data: [...datadog(1, { owner: ONE }, "h"), ...datadog(2, { owner: TWO }, "h")],
      }),
    },
    "the owner among the labels of Loki": {
      "loki.json": JSON.stringify({
        status: "success",
        data: {
          resultType: "streams",
          result: [loki(1, { __aws_cloudwatch_owner: ONE }), loki(2, { __aws_cloudwatch_owner: TWO })],
        },
      }),
    },
    "folders of a delivery to S3, which have the accounts' names": {
      "bucket/111111111111/a.jsonl": jsonLines(events(1).map((event) => ({ logGroup: GROUP, ...event }))),
      "bucket/222222222222/a.jsonl": jsonLines(events(2).map((event) => ({ logGroup: GROUP, ...event }))),
    },
  };
  for (const [title, files] of Object.entries(TOLD_APART))
    it(`of two accounts are told apart by ${title}`, async () => {
      expect(await functionsOf(files)).to.deep.equal([
        [`worker (${ONE})`, 1],
        [`worker (${TWO})`, 2],
      ]);
    });

  it("of several accounts and Regions in one central log group are told apart by the names of the streams", async () => {
    const homes = [
      [ONE, EU],
      [TWO, EU],
      [TWO, "us-east-1"],
    ] as const;
    const central = homes.flatMap(([account, region], index) =>
      events(index + 1, {
        stream: `2026/11/25/worker[$LATEST]${"0".repeat(31)}${index + 1}-${account}-${region}`,
        region,
      }).map((event) => ({ logGroup: "/central", ...event })),
    );
    const { out } = await analyze({ "a.jsonl": jsonLines(central) });
    const { functions } = JSON.parse(out) as { functions: { name: string; environments: unknown[] }[] };
    expect(functions.map(({ name, environments }) => [name, environments.length])).to.deep.equal([
      [`worker (${ONE}, ${EU})`, 1],
      [`worker (${TWO}, ${EU})`, 1],
      [`worker (${TWO}, us-east-1)`, 1],
    ]);
  });

  it("of two Regions are told apart, and --function chooses one of them or both", async () => {
    const files = {
      "a.jsonl": jsonLines(
        [EU, "us-east-1"].flatMap((region, index) =>
          events(index + 1, { region }).map((event) => ({ logGroup: GROUP, ...event })),
        ),
      ),
    };
    const both = [
      [`worker (${EU})`, 1],
      ["worker (us-east-1)", 2],
    ];
    expect(await functionsOf(files)).to.deep.equal(both);
    expect(await functionsOf(files, "--function", "worker")).to.deep.equal(both);
    expect(await functionsOf(files, "--function", "worker (us-east-1)")).to.deep.equal(both.slice(1));
    const { err } = await analyze(files, "--function", "other");
    expect(err).to.contain(
      `--function other: expected a function that the logs name: worker (${EU}), worker (us-east-1).`,
    );
  });

  it("are refused if a stream does not show to which of two Regions it belongs", async () => {
    const silent = events(3)
      .slice(1)
      .map((event) => ({ logGroup: GROUP, ...event }));
    const { code, err } = await analyze({
      "a.jsonl": jsonLines([
        ...events(1).map((event) => ({ logGroup: GROUP, ...event })),
        ...events(2, { region: "us-east-1" }).map((event) => ({ logGroup: GROUP, ...event })),
        ...silent,
      ]),
    });
    expect(code).to.equal(64);
    expect(err.replace(/\s+/g, " ")).to.contain(
      `expected logs of worker from one Region, found ${EU}, us-east-1, and 1 of 3 log streams that do not show their Region, such as ${streamOf(3)}.`,
    );
  });

  it("are one if one file names the account and another file has the same stream without it", async () => {
    expect(
      await functionsOf({
        firehose: JSON.stringify(subscription(1, ONE)),
        "a.jsonl": jsonLines(events(1).map((event) => ({ logGroup: GROUP, ...event }))),
        "b.jsonl": jsonLines(events(1)),
      }),
    ).to.deep.equal([["worker", 1]]);
  });

  const NAMELESS: Readonly<Record<string, readonly [Files, RegExp]>> = {
    "two files": [
      { "1.txt": timed(1), "2.txt": timed(2) },
      /^1\.txt: expected logs that name their function, found 2 files or exports without a name; another one is 2\.txt\./,
    ],
    "two files of one stream each": [
      {
        [`${streamOf(1).replaceAll("/", "-")}.txt`]: timed(1),
        [`${streamOf(2).replaceAll("/", "-")}.txt`]: timed(2),
      },
      /found 2 files or exports without a name/,
    ],
    "two export tasks": [
      { ...exported(1, "exportedlogs/7a2e"), ...exported(2, "exportedlogs/91bc") },
      /^exportedlogs\/7a2e: expected logs that name their function, found 2 files or exports without a name; another one is exportedlogs\/91bc\./,
    ],
  };
  for (const [title, [files, message]] of Object.entries(NAMELESS)) {
    it(`are refused if nothing names them and ${title} gave their streams`, async () => {
      const { code, err } = await analyze(files);
      expect(code).to.equal(64);
      expect(err.replace(/\s+/g, " ")).to.match(message).and.to.contain("give its name with --function");
    });

    it(`are one with --function if nothing names them and ${title} gave their streams`, async () => {
      expect(await functionsOf(files, "--function", "worker")).to.deep.equal([["worker", 1, 2]]);
    });
  }

  it("are one if nothing names them and one export task gave their streams", async () => {
    expect(await functionsOf({ ...exported(1, "logs/7a2e"), ...exported(2, "logs/7a2e") })).to.deep.equal([
      ["unknown", 1, 2],
    ]);
  });

  it("without names are told apart by the accounts in the folders of two export tasks", async () => {
    expect(
      await functionsOf({ ...exported(1, `s3/${ONE}/7a2e`), ...exported(2, `s3/${TWO}/91bc`) }),
    ).to.deep.equal([
      [`unknown (${ONE})`, 1],
      [`unknown (${TWO})`, 2],
    ]);
  });

  it("never get the streams of another file that names no function", async () => {
    expect(
      await functionsOf({
        "a.jsonl": jsonLines(events(1).map((event) => ({ logGroup: GROUP, ...event }))),
        ...exported(2, "logs/7a2e"),
      }),
    ).to.deep.equal([
      ["unknown", 2],
      ["worker", 1],
    ]);
  });

  it("of one name in two accounts do not share their environments: nobody is blamed for the other's failure", async () => {
    const both = [ONE, TWO].flatMap((account) =>
      EVENTS.map(({ logStreamName, ...event }, index) => ({
        ...event,
        eventId: `${account}${index}`,
        logGroup: `${account}:/aws/lambda/gateway-client`,
        logStreamName: account === ONE ? logStreamName : logStreamName.replace(/\w{4}$/, "ffff"),
      })),
    );
    const numbers = async (values: readonly object[]): Promise<unknown> => {
      const { out } = await analyze({ "a.jsonl": jsonLines(values) });
      const { functions } = JSON.parse(out) as {
        functions: { invocations: unknown; harm: { total: number } }[];
      };
      return functions.map(({ invocations, harm }) => [invocations, harm.total]);
    };
    const [one] = (await numbers(both.slice(0, EVENTS.length))) as [unknown];
    expect(await numbers(both)).to.deep.equal([one, one]);
  });
});
