import { expect } from "chai";
import { EventEmitter, once } from "node:events";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BucketCopy, parseBucketUrl } from "../../src/adapters/aws/bucket-copy.ts";
import { peerMain } from "../../src/cli/peer-main.ts";
import { runnerMain } from "../../src/cli/runner-main.ts";
import { cannedService, json } from "../adapters/aws/canned-service.ts";
import { manifestOf } from "../support/manifest-fixture.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { memoryMachine } from "./memory-machine.ts";

const KEYS = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] as const;

describe("the results of the runner, which is the command line in an ECS task", () => {
  const folder = temporaryFolder();
  const before = KEYS.map((name) => [name, process.env[name]] as const);
  beforeEach(() => {
    for (const name of KEYS) process.env[name] = "test";
    mkdirSync(join(folder.path(), "run", "logs"), { recursive: true });
    writeFileSync(join(folder.path(), "run", "result.json"), "{}");
    writeFileSync(join(folder.path(), "run", "logs", "one.jsonl"), "line\n");
    writeFileSync(join(folder.path(), "run", ".owner"), "1");
  });
  afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
  const copyTo = (endpoint: string) =>
    new BucketCopy({ bucket: "results", prefix: "runs/", region: "eu-central-1", endpoint });
  const keep = (endpoint: string, copy = copyTo(endpoint)) =>
    copy.keep(join(folder.path(), "run"), "one/", { growing: false });

  it("are uploaded file by file with signed requests, without files that only the process needs", async () => {
    const service = await cannedService((_asked, response) => response.end());
    try {
      expect(await keep(service.endpoint)).to.equal(2);
    } finally {
      await service.close();
    }
    expect(service.asked.map(({ method, path, body }) => [method, path, body]).sort()).to.deep.equal([
      ["PUT", "/results/runs/one/logs/one.jsonl", "line\n"],
      ["PUT", "/results/runs/one/result.json", "{}"],
    ]);
    expect(
      service.asked.every(({ headers }) => headers.authorization?.startsWith("AWS4-HMAC-SHA256") === true),
    ).to.equal(true);
  });

  it("are uploaded again after an error, but not after a refusal, whose reason is reported", async () => {
    let failures = 1;
    const service = await cannedService((_asked, response) => {
      failures -= 1;
      if (failures >= 0) json(response, 503, "<Error><Message>Slow down</Message></Error>");
      else response.end();
    });
    expect(await keep(service.endpoint)).to.equal(2);
    await service.close();
    const refusing = await cannedService((_asked, response) =>
      json(response, 403, "<Error><Message>Access Denied</Message></Error>"),
    );
    const error = await keep(refusing.endpoint).catch((failure: unknown) => failure as Error);
    await refusing.close();
    expect(refusing.asked).to.have.lengthOf(1);
    expect((error as Error).message).to.match(/could not be written: 403 Access Denied/);
  });

  it("are uploaded again only if they have changed", async () => {
    const service = await cannedService((_asked, response) => response.end());
    const copy = copyTo(service.endpoint);
    expect(await keep(service.endpoint, copy)).to.equal(2);
    const log = join(folder.path(), "run", "logs", "one.jsonl");
    appendFileSync(log, "another\n");
    expect(await copy.keep(join(folder.path(), "run"), "one/", { growing: true })).to.equal(1);
    expect(await keep(service.endpoint, copy)).to.equal(0);
    await service.close();
    expect(service.asked.at(-1)?.body).to.equal("line\nanother\n");
  });

  it("are uploaded rarely while they are large and grow, but completely when they are finished and when the task ends", async () => {
    const service = await cannedService((_asked, response) => response.end());
    const copy = new BucketCopy(
      { bucket: "results", prefix: "runs/", region: "eu-central-1", endpoint: service.endpoint },
      { bytes: 10, everyMs: Infinity },
    );
    const run = join(folder.path(), "run");
    const often = () => copy.keep(run, "one/", { growing: true, rarely: true });
    const [large, small] = [join(run, "logs", "one.jsonl"), join(run, "result.json")];
    writeFileSync(large, "a large file\n");
    const counts = [await often()];
    appendFileSync(large, "grows\n");
    counts.push(await often());
    appendFileSync(small, "small");
    counts.push(await often());
    const next = `${large}.0001`;
    writeFileSync(next, "the next segment\n");
    counts.push(await often());
    expect(service.asked.map(({ body }) => body)).to.include("a large file\ngrows\n");
    appendFileSync(next, "grows\n");
    counts.push(await often());
    counts.push(await copy.keep(run, "one/", { growing: true }));
    counts.push(await often());
    await service.close();
    // At first both files; then none; then the small file; then the finished segment and the next one; then none; at the end the next one.
    expect(counts).to.deep.equal([2, 0, 1, 2, 0, 1, 0]);
    expect(service.asked.at(-1)?.body).to.equal("the next segment\ngrows\n");
  });

  describe("in a task", () => {
    const RUN = "/results/runs/20261125T010203Z-run/";

    /** Runs the task with a soak that writes its journal, calls `until`, and waits until the journal is uploaded. */
    async function task(
      options: {
        readonly keepEveryMs: number;
        readonly refuse?: RegExp;
        readonly until?: (machine: ReturnType<typeof memoryMachine>) => void;
      },
      stored = new EventEmitter(),
    ) {
      const service = await cannedService(({ path }, response) => {
        if (options.refuse?.test(path) === true)
          json(response, 403, "<Error><Message>Access Denied</Message></Error>");
        else response.end();
        stored.emit(path);
      });
      const machine = memoryMachine(["soak", "--out", "run"], {
        workingFolder: folder.path(),
        environment: { LONGRUN_RESULTS: "s3://results/runs/", AWS_ENDPOINT_URL_S3: service.endpoint },
      });
      let ran = false;
      const code = await runnerMain(machine, {
        keepEveryMs: options.keepEveryMs,
        command: async () => {
          ran = true;
          const journal = once(stored, `${RUN}journal.jsonl`);
          writeFileSync(join(folder.path(), "run", "journal.jsonl"), "begun\n");
          writeFileSync(join(folder.path(), "run", "manifest.json"), JSON.stringify(manifestOf()));
          options.until?.(machine);
          await journal;
          appendFileSync(join(folder.path(), "run", "journal.jsonl"), "ended\n");
          return 0;
        },
      });
      await service.close();
      return { code, ran, asked: service.asked, err: machine.err() };
    }

    it("are uploaded while the soak runs, and again at its end if they have changed", async () => {
      const { code, asked, err } = await task({ keepEveryMs: 1 });
      expect([code, err]).to.deep.equal([0, "The run is kept in s3://results/runs/20261125T010203Z-run/\n"]);
      expect(asked[0]?.path).to.equal("/results/runs/probe.txt");
      const journals = asked.filter(({ path }) => path === `${RUN}journal.jsonl`);
      expect(journals.map(({ body }) => body)).to.deep.equal(["begun\n", "begun\nended\n"]);
    });

    it("are uploaded as soon as the task is stopped, before the end of the soak", async () => {
      const { code, asked } = await task({
        keepEveryMs: 3_600_000,
        until: (machine) => machine.send("SIGTERM"),
      });
      expect([
        code,
        asked.filter(({ path }) => path === `${RUN}journal.jsonl`).map(({ body }) => body),
      ]).to.deep.equal([0, ["begun\n", "begun\nended\n"]]);
    });

    it("need a bucket that can be written, or else the soak does not start", async () => {
      const { code, ran, err } = await task({ keepEveryMs: 1, refuse: /probe/ });
      expect([code, ran]).to.deep.equal([69, false]);
      expect(err).to.match(/probe\.txt could not be written: 403 Access Denied[^]*kms:GenerateDataKey/);
    });
  });

  for (const [text, place] of [
    ["s3://bucket/runs/", { bucket: "bucket", prefix: "runs/" }],
    ["s3://bucket/runs", { bucket: "bucket", prefix: "runs/" }],
    ["s3://bucket", { bucket: "bucket", prefix: "" }],
    ["https://bucket/runs", null],
    ["s3://UPPER/x", null],
  ] as const) {
    it(`${place === null ? "cannot" : "can"} be uploaded to ${text}`, () => {
      expect(parseBucketUrl(text)).to.deep.equal(place);
    });
  }

  for (const [title, given, results, expected] of [
    [
      "an address that is not on S3",
      ["soak", "--out", "run"],
      "file:///tmp",
      /expected s3:\/\/BUCKET\/PREFIX\//,
    ],
    ["no --out", ["soak"], "s3://bucket/runs/", /expected --out FOLDER/],
  ] as const) {
    it(`cannot be kept, so the soak does not start: ${title}`, async () => {
      const machine = memoryMachine(given, { environment: { LONGRUN_RESULTS: results } });
      expect([await runnerMain(machine), expected.test(machine.err())], machine.err()).to.deep.equal([
        64,
        true,
      ]);
    });
  }

  it("are not expected from a command other than soak", async () => {
    const machine = memoryMachine(["--version"], { environment: { LONGRUN_RESULTS: "s3://bucket/runs/" } });
    expect(await runnerMain(machine)).to.equal(0);
  });
});

describe("the bundle that has only the peer", () => {
  it("runs the command of its ECS task, and ends with exit code 0 after SIGTERM", async () => {
    const machine = memoryMachine([
      "peer",
      "--host",
      "127.0.0.1",
      "--port",
      "0",
      "--admission",
      "refuse",
      "--json",
    ]);
    const ended = peerMain(machine);
    expect(JSON.parse(await machine.outMatches(/\n/))).to.include({ event: "ready", host: "127.0.0.1" });
    machine.send("SIGTERM");
    expect(await ended).to.equal(0);
  });

  it("reports what is wrong with its flags", async () => {
    const machine = memoryMachine(["--admission", "none"]);
    expect([await peerMain(machine), /expected .*refuse/.test(machine.err())], machine.err()).to.deep.equal([
      64,
      true,
    ]);
  });
});
