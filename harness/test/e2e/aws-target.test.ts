import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JournalEvent } from "../../src/record/journal.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { awsDouble, type AwsDouble } from "./aws-double.ts";
import { start } from "./built-command.ts";
import { itInTestAll, itOnce } from "../support/test-all.ts";

describe("longrun soak --target aws", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  let aws: AwsDouble;
  beforeEach(async () => {
    aws = await awsDouble();
    await aws.deploy("longrun-handler-connect", "handler-connect", "/longrun/peer/handler-connect");
  });
  afterEach(() => aws.close());

  const outputs = {
    region: "eu-central-1",
    endpoint: null,
    functions: {
      "handler-connect": {
        name: "longrun-handler-connect",
        peer: "peer.longrun.internal:7000",
        peer_log_group: "/longrun/peer/handler-connect",
      },
    },
  };
  const soak = (...more: readonly string[]) =>
    start(["soak", ...more], { cwd: folder.path(), env: aws.environment });
  const text = (...path: readonly string[]): string => readFileSync(join(folder.path(), ...path), "utf8");
  const lines = <Line = Record<string, unknown>>(...path: readonly string[]) =>
    text(...path)
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);
  const journal = (run: string) => lines<JournalEvent>(run, "journal.jsonl");
  const result = (run: string): RunResult => JSON.parse(text(run, "result.json")) as RunResult;

  itInTestAll(
    "takes names and region from Terraform's outputs and reads the managed peer's log from its log group",
    async () => {
      writeFileSync(join(folder.path(), "outputs.json"), JSON.stringify(outputs));
      const { code, out, err } = await soak(
        "--terraform-outputs",
        "outputs.json",
        "--duration",
        "4s",
        "--interval",
        "1s",
        "--settle",
        "8s",
        "--out",
        "run",
        "--yes",
      ).ended;
      expect([code, out.trimEnd().split("\n").at(-1)], err).to.deep.equal([2, "run"]);
      const [one] = result("run").functions;
      expect([one?.verdict, one?.reasons]).to.deep.equal(["inconclusive", ["no-exposure"]]);
      // On a busy computer an invocation may be skipped.
      const { succeeded = 0, skipped = 0 } = one?.invocations ?? {};
      expect(succeeded + skipped).to.equal(4);
      expect(succeeded).to.be.greaterThan(0);
      const events = lines("run", "logs", "peer-handler-connect.jsonl").map(({ event }) => event);
      expect(events.slice(0, 3)).to.deep.equal(["accepted", "request", "closed"]);
      expect(events.filter((event) => event === "request")).to.have.lengthOf(succeeded);
      const ready = journal("run").find(({ event }) => event === "peer-ready");
      expect(ready).to.include({ host: "peer.longrun.internal", port: 7_000 });
    },
  );

  itInTestAll(
    "ends with exit code 69 when the credentials expire, and can be resumed with valid ones",
    async () => {
      const first = soak(
        "--target",
        "aws",
        "--function",
        "handler-connect=longrun-handler-connect",
        "--peer-log-group",
        "/longrun/peer/handler-connect",
        "--duration",
        "12s",
        "--interval",
        "1s",
        "--settle",
        "8s",
        "--out",
        "run",
      );
      await first.errMatches(/[2-9] ok|0:0[0-9]\/0:12/);
      aws.expire(true);
      const ended = await first.ended;
      expect(ended.code, ended.err).to.equal(69);
      expect(ended.err).to.match(/no longer accepts the credentials[^]*longrun soak --resume/);
      const skipped = journal("run").filter(
        (event) => event.event === "invocation-skipped" && event.reason === "signed-out",
      );
      expect(skipped.length).to.be.at.most(1);

      aws.expire(false);
      const resumed = await soak("--resume", "run").ended;
      expect(resumed.code, resumed.err).to.equal(2);
      const [one] = result("run").functions;
      expect([
        one?.invocations.planned,
        one?.invocations.functionErrors,
        one?.invocations.invocationErrors,
        one?.invocations.unknown,
      ]).to.deep.equal([12, 0, 0, 0]);
      const ids = lines("run", "logs", "peer-handler-connect.jsonl").map(({ eventId }) => eventId);
      expect(new Set(ids).size).to.equal(ids.length);
      expect(one?.reasons).to.deep.equal(["no-exposure"]);
    },
  );

  itOnce("reports expired credentials before it starts anything", async () => {
    aws.expire(true);
    const { code, err } = await soak("--target", "aws", "--function", "longrun-handler-connect").ended;
    expect(code).to.equal(69);
    expect(err).to.match(
      /The function longrun-handler-connect cannot be read: .*expired[^]*Sign in to AWS first/,
    );
  });

  itOnce("reports that nothing is deployed", async () => {
    const reading = start(["soak", "--terraform-outputs", "-"], {
      cwd: folder.path(),
      env: aws.environment,
      stdin: "pipe",
    });
    reading.child.stdin?.end("{}\n");
    const { code, err } = await reading.ended;
    expect([code, err.split("\n")[0]]).to.deep.equal([
      69,
      "Nothing is deployed: Terraform's outputs are empty.",
    ]);
  });
});
