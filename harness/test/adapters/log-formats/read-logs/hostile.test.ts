import { expect } from "chai";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { durationMs } from "../../../../src/base/time.ts";
import { SpilledTexts } from "../../../../src/adapters/storage/spilled-texts.ts";
import { readLogs } from "../../../../src/adapters/log-formats/read-logs.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { itInTestAll } from "../../../support/test-all.ts";
import { longrun } from "../../../cli/memory-machine.ts";
import { EVENTS, EXAMPLE, GROUP } from "../example.ts";

const MIB = 1 << 20;
const LINES = EVENTS.map((event) => `${JSON.stringify({ logGroup: GROUP, ...event })}\n`);
const MANIFEST = {
  schemaVersion: 1,
  tool: { name: "lambda-longrun", version: "0" },
  functions: [],
  profile: {},
};

describe("analyze: inputs that are not a log, or not only a log", () => {
  const folder = temporaryFolder();
  const analyze = (...given: readonly string[]) =>
    longrun(["analyze", ...given], { workingFolder: folder.path() });
  function put(name: string, content: string | Uint8Array): string {
    const path = join(folder.path(), name);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, content);
    return name;
  }

  const REFUSED: readonly {
    readonly title: string;
    readonly make: () => readonly string[];
    readonly says: RegExp;
  }[] = [
    {
      title: "no input",
      make: () => [],
      says: /PATH\n +expected a run directory, log files, - for standard input, or --log-group NAME/,
    },
    {
      title: "a file that does not exist",
      make: () => ["nowhere.json"],
      says: /nowhere\.json\n +expected a run directory or a file with logs, but no file or folder has this name/,
    },
    {
      title: "binary garbage",
      make: () => [put("garbage", garbage(MIB))],
      says: /^garbage: expected logs of a Lambda function, found '\(binary data\)'\.\n/,
    },
    {
      title: "NUL bytes",
      make: () => [put("zeros", new Uint8Array(MIB))],
      says: /^zeros: expected logs of a Lambda function, found/,
    },
    {
      title: "a damaged gzip file",
      make: () => [put("a.gz", Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), garbage(500)]))],
      says: /^a\.gz: expected logs of a Lambda function, found '\(the gzip file is (?:damaged|cut off)\)'/,
    },
    {
      title: "another tool's JSON lines",
      make: () => [
        put(
          "k6.json",
          '{"type":"Point","metric":"http_reqs","data":{"time":"2026-11-25T01:02:03Z","value":1}}\n',
        ),
      ],
      says: /^k6\.json: expected logs of a Lambda function, found '{"type":"Point"/,
    },
    {
      title: "another program's log",
      make: () => [put("app.log", '{"time":"2026-11-25T01:02:03Z","message":"started"}\n')],
      says: /^app\.log: expected logs of a Lambda function, found/,
    },
    {
      title: "an access log",
      make: () => [put("access.log", '10.0.0.1 - - [25/Nov/2026:01:02:03 +0000] "GET / HTTP/1.1" 200 5\n')],
      says: /^access\.log: expected logs of a Lambda function, found '10\.0\.0\.1/,
    },
    {
      title: "the peer's log among the function's logs",
      make: () => [join(EXAMPLE, "gateway.jsonl")],
      says: /expected logs of a Lambda function[^]*It looks like the peer's log: give it with --peer-log\./,
    },
    {
      title: "a function's log instead of the peer's log",
      make: () => [join(EXAMPLE, "events.json"), "--peer-log", join(EXAMPLE, "events.json")],
      says: /expected the peer's log, found/,
    },
    {
      title: "a peer's log that does not exist",
      make: () => [join(EXAMPLE, "events.json"), "--peer-log", "nowhere"],
      says: /^nowhere: expected the peer's log, but there is no such file/,
    },
    {
      title: "a folder of symbolic links that point in a circle or to nothing",
      make: () => {
        mkdirSync(join(folder.path(), "links"));
        for (const [name, to] of Object.entries({ a: ".", b: ".", c: "nowhere" }))
          symlinkSync(to, join(folder.path(), "links", name));
        return ["links"];
      },
      says: /links: expected a run directory or a folder with log files, found neither/,
    },
    {
      title: "a folder without a file",
      make: () => (mkdirSync(join(folder.path(), "empty")), ["empty"]),
      says: /empty: expected a run directory or a folder with log files, found neither/,
    },
    {
      title: "a folder of runs",
      make: () => (put("runs/1/manifest.json", "{}"), put("runs/1/journal.jsonl", ""), ["runs"]),
      says: /runs: expected one run directory or log files, found a folder of runs\.\n\nName one of them: longrun analyze .*runs\/1/,
    },
    {
      title: "two runs",
      make: () => (put("1/manifest.json", "{}"), put("2/manifest.json", "{}"), ["1", "2"]),
      says: /1 2\n +expected one run directory and nothing else, or log files only; 1 and 2 are runs/,
    },
    {
      title: "a run and a file",
      make: () => (put("1/manifest.json", "{}"), put("a.json", ""), ["1", "a.json"]),
      says: /1 a\.json\n +expected one run directory and nothing else, or log files only; 1 is a run/,
    },
    {
      title: "a run and a server's log that does not exist",
      make: () => (put("1/manifest.json", "{}"), ["1", "--peer-log", "postgres.log"]),
      says: /--peer-log postgres\.log cannot be read \(ENOENT\)/,
    },
    {
      title: "a run with --since",
      make: () => (put("1/manifest.json", "{}"), ["1", "--since", "1h"]),
      says: /--since\n +works only with logs/,
    },
    {
      title: "a folder with another program's manifest",
      make: () => (put("app/manifest.json", '{"name":"app"}'), ["app"]),
      says: /app: expected a run directory, but its manifest\.json was not written by lambda-longrun/,
    },
    {
      title: "a run of a later version of longrun",
      make: () => (put("1/manifest.json", JSON.stringify({ ...MANIFEST, schemaVersion: 2 })), ["1"]),
      says: /expected a run of schema version 1, found 2; a newer longrun made it/,
    },
    {
      title: "files and a log group",
      make: () => [join(EXAMPLE, "events.json"), "--log-group", GROUP],
      says: /events\.json\n +expected files or --log-group, not both/,
    },
    {
      title: "files with --cache, which is only for log groups",
      make: () => [join(EXAMPLE, "events.json"), "--cache", "x"],
      says: /--cache\n +expected with --log-group only/,
    },
    {
      title: "--since with a value that is not a time",
      make: () => [join(EXAMPLE, "events.json"), "--since", "yesterday"],
      says: /--since yesterday\n +expected a length of time such as 24h, or an instant/,
    },
    {
      title: "a function whose name is not in the logs",
      make: () => [put("a.jsonl", LINES.join("")), "--function", "other"],
      says: /--function other: expected a function that the logs name: gateway-client/,
    },
    {
      title: "a peer log for another function",
      make: () => [put("a.jsonl", twoFunctions()), "--peer-log", `third=${join(EXAMPLE, "gateway.jsonl")}`],
      says: /--peer-log third=.*: expected FUNCTION=FILE with one of gateway-client, other/,
    },
    {
      title: "the logs of several peers, the last one without a name",
      make: () => {
        const peerLog = join(EXAMPLE, "gateway.jsonl");
        return [put("a.jsonl", LINES.join("")), "--peer-log", `db=${peerLog}`, "--peer-log", peerLog];
      },
      says: /expected a name for each of several --peer-log, as in NAME=FILE\. This one has none\./,
    },
    {
      title: "the logs of several peers, the first one without a name",
      make: () => {
        const peerLog = join(EXAMPLE, "gateway.jsonl");
        return [put("a.jsonl", LINES.join("")), "--peer-log", peerLog, "--peer-log", `db=${peerLog}`];
      },
      says: /--peer-log db=.*: expected a name for each of several --peer-log, as in NAME=FILE\. An earlier one has none\./,
    },
    {
      title: "the capacity of a peer that the function does not have",
      make: () => {
        const peerLog = join(EXAMPLE, "gateway.jsonl");
        return [put("a.jsonl", LINES.join("")), "--peer-log", `db=${peerLog}`, "--capacity", "cache=5"];
      },
      says: /--capacity cache=5\s+expected the name of a peer: db/,
    },
    {
      title: "two capacities of one peer",
      make: () => [put("a.jsonl", LINES.join("")), "--capacity", "5", "--capacity", "6"],
      says: /--capacity 6\s+expected one number, or NAME=NUMBER for each of several peers/,
    },
    {
      title: "a peer log for one of several functions, without the name of the function",
      make: () => [put("a.jsonl", twoFunctions()), "--peer-log", join(EXAMPLE, "gateway.jsonl")],
      says: /expected FUNCTION=FILE with one of gateway-client, other/,
    },
    {
      title: "several environments without their log streams",
      make: () => [
        put(
          "short.txt",
          EVENTS.map((event) => `${new Date(event.timestamp).toISOString()} ${event.message}`).join(""),
        ),
      ],
      says: /short\.txt: expected lines that name their log streams, found lines of several execution environments without these names/,
    },
    {
      title: "a log group without a region",
      make: () => ["--log-group", GROUP],
      says: /expected --region or AWS_REGION/,
    },
  ];
  for (const { title, make, says } of REFUSED) {
    it(`refuses with one message and exit code 64: ${title}`, async () => {
      const { code, out, err } = await analyze(...make());
      expect({ code, out }).to.deep.equal({ code: 64, out: "" });
      expect(err).to.match(says);

      expect(err).to.not.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    });
  }

  const NO_EVENT: readonly { readonly title: string; readonly content: string }[] = [
    { title: "an empty file", content: "" },
    { title: "blank lines", content: "\n \r\n\n" },
    {
      title: "an answer without events",
      content: JSON.stringify({ events: [], searchedLogStreams: [] }, null, 4),
    },
    { title: "a subscription's test message", content: '{"messageType":"CONTROL_MESSAGE","logEvents":[]}' },
  ];
  for (const { title, content } of NO_EVENT) {
    it(`ends with exit code 2 for ${title}`, async () => {
      const { code, err } = await analyze(put("a.json", content));
      expect({ code, err }).to.deep.equal({ code: 2, err: "There is no event in these logs.\n" });
    });
  }

  it("ends with exit code 2 if no event is in the range of --since and --until", async () => {
    expect((await analyze(put("a.jsonl", LINES.join("")), "--since", "2025-03-12T00:00:00Z")).code).to.equal(
      2,
    );
    expect((await analyze(put("a.jsonl", LINES.join("")), "--until", "2025-03-11")).code).to.equal(2);
  });

  it("counts the unreadable lines and judges the other lines", async () => {
    const middle = Math.floor(LINES.length / 2);
    const torn = [
      ...LINES.slice(0, middle),
      `${(LINES[middle] ?? "").slice(0, 90)}\n`,
      "\u0000\u0001\n",
      ...LINES.slice(middle),
    ].join("");
    const { out } = await analyze(put("a.jsonl", torn), "--json");
    const result = JSON.parse(out) as {
      readonly verdict: string;
      readonly unreadable: readonly { readonly source: string; readonly lines: number }[];
    };
    expect({
      verdict: result.verdict,
      unreadable: result.unreadable.map(({ source, lines }) => ({ source, lines })),
    }).to.deep.equal({
      verdict: "fail",
      unreadable: [{ source: "a.jsonl", lines: 2 }],
    });
  });

  it("judges the readable part of a gzip file that was cut off, and says so", async () => {
    const whole = gzipSync(LINES.join(""));
    const { out } = await analyze(put("a.gz", whole.subarray(0, whole.length - 400)), "--json");
    const result = JSON.parse(out) as { readonly unreadable: readonly { readonly example: string }[] };
    expect(result.unreadable.map(({ example }) => /cut off|logGroup/.test(example))).to.deep.equal([true]);
  });

  for (const [title, bracket, long, test] of [
    ["of text", "", 1024, it],
    ["of JSON", '{"message":"', 256, itInTestAll],
    ["of lists", "[[[", 256, itInTestAll],
  ] as const) {
    test(`skips a line ${title} of ${long} MiB in bounded memory`, async () => {
      async function* input(): AsyncGenerator<Buffer> {
        yield Buffer.from(LINES[0] ?? "");
        yield Buffer.from(bracket);
        const piece = Buffer.alloc(MIB, title === "of lists" ? "[" : "x");
        for (let count = 0; count < long; count += 1) {
          yield piece;
          most = Math.max(most, process.memoryUsage().rss);
        }
        yield Buffer.from("\n");
        yield Buffer.from(LINES[1] ?? "");
      }
      const before = process.memoryUsage().rss;
      let most = before;
      const { evidence, close } = await readLogs(
        {
          logs: [{ source: "long", open: input }],
          peerLogs: [],
          functionName: null,
          range: { since: null, until: null },
          clockToleranceMs: durationMs(1_000),
        },
        new SpilledTexts(),
      );
      expect(
        evidence.functions.map(({ streams, unreadable }) => [
          streams.map((stream) => [...stream.events()]).flat().length,
          unreadable.length,
        ]),
      ).to.deep.equal([[2, 1]]);
      close();
      expect(most - before).to.be.below(150 * MIB);
    });
  }

  for (const [title, test, record] of [
    [
      "a record that unpacks to a gigabyte",
      itInTestAll,
      () => gzipSync(Buffer.alloc(1 << 30)).toString("base64"),
    ],
    [
      "200 levels of nested records",
      it,
      () => {
        let data = gzipSync("{}").toString("base64");
        for (let depth = 0; depth < 200; depth += 1)
          data = gzipSync(JSON.stringify({ awslogs: { data } })).toString("base64");
        return data;
      },
    ],
  ] as const) {
    test(`counts ${title} as one unreadable line, in bounded memory`, async () => {
      const whole = LINES.map((line) => line.trimEnd());
      const packed = JSON.stringify({ Records: [{ kinesis: { data: record() } }] });
      const before = process.memoryUsage().rss;
      const { out } = await analyze(put("a.jsonl", [packed, ...whole].join("\n")), "--json");
      const result = JSON.parse(out) as { readonly unreadable: readonly { readonly lines: number }[] };
      expect(result.unreadable.map(({ lines }) => lines)).to.deep.equal([1]);
      expect(process.memoryUsage().rss - before).to.be.below(400 * MIB);
    });
  }

  it("refuses a folder that it has no permission to list", async function () {
    // Root has permission to list every folder.
    if (process.getuid?.() === 0) this.skip();
    put("closed/inner/a.json", "");
    chmodSync(join(folder.path(), "closed/inner"), 0);
    const { code, err } = await analyze("closed");
    chmodSync(join(folder.path(), "closed/inner"), 0o700);
    expect(code).to.equal(64);
    expect(err).to.match(/inner: expected a folder with log files, but it cannot be read \(EACCES\)\.\n/);
  });

  it("keeps a text event before an endless line", async () => {
    async function* input(): AsyncGenerator<Buffer> {
      yield Buffer.from("2026-11-25T01:02:03.456Z START RequestId: 8286a188-ba32-4475-8077-530cd35c09a9\n");
      for (let count = 0; count < 32; count += 1) yield Buffer.alloc(MIB, "x");
    }
    const { evidence, close } = await readLogs(
      {
        logs: [{ source: "long", open: input }],
        peerLogs: [],
        functionName: null,
        range: { since: null, until: null },
        clockToleranceMs: durationMs(1_000),
      },
      new SpilledTexts(),
    );
    expect(evidence.functions.map(({ unreadable }) => unreadable.length)).to.deep.equal([1]);
    close();
  });

  itInTestAll("stops reading early if the input has no event", async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<Buffer> {
      for (;;) {
        given += 1;
        yield Buffer.alloc(MIB, "no log\n");
      }
    }
    const refused = await readLogs(
      {
        logs: [{ source: "endless", open: endless }],
        peerLogs: [],
        functionName: null,
        range: { since: null, until: null },
        clockToleranceMs: durationMs(1_000),
      },
      new SpilledTexts(),
    ).catch((error: unknown) => error as Error);
    expect(refused)
      .to.be.an("error")
      .with.property("message")
      .that.matches(/^endless: expected logs of a Lambda function/);
    expect(given).to.equal(17);
  });
});

/** Returns bytes without any structure, the same ones each time, because random bytes can begin like a text or a gzip file. */
function garbage(length: number): Buffer {
  return createHash("shake256", { outputLength: length }).update("garbage").digest();
}

function twoFunctions(): string {
  return [
    ...LINES,
    ...LINES.map((line) => line.replaceAll("gateway-client", "other").replaceAll("$LATEST]", "1]")),
  ].join("");
}
