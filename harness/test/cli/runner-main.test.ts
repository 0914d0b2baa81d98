import { expect } from "chai";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keepInBucket, parseBucketUrl } from "../../src/adapters/aws/keep-in-bucket.ts";
import { peerMain } from "../../src/cli/peer-main.ts";
import { runnerMain } from "../../src/cli/runner-main.ts";
import { cannedService, json } from "../adapters/aws/canned-service.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { memoryMachine } from "./memory-machine.ts";

const KEYS = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] as const;

describe("the runner's results", () => {
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
  const keep = (endpoint: string) =>
    keepInBucket({
      bucket: "results",
      prefix: "runs/one/",
      folder: join(folder.path(), "run"),
      region: "eu-central-1",
      endpoint,
    });

  it("are uploaded to the bucket file by file with signed requests, without the files that only the process needs", async () => {
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

  it("are uploaded again after an error of the service, and are reported with the reason if the service refuses them", async () => {
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
    it(`are refused before the soak starts: ${title}`, async () => {
      const machine = memoryMachine(given, { environment: { LONGRUN_RESULTS: results } });
      expect([await runnerMain(machine), expected.test(machine.err())], machine.err()).to.deep.equal([
        64,
        true,
      ]);
    });
  }

  it("are ignored by a command other than soak", async () => {
    const machine = memoryMachine(["--version"], { environment: { LONGRUN_RESULTS: "s3://bucket/runs/" } });
    expect(await runnerMain(machine)).to.equal(0);
  });
});

describe("the peer's own bundle", () => {
  it("runs the task's command, and ends with SIGTERM", async () => {
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
