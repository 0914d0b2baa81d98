/**
 * Tests in seconds what happens in runs of days: the network fails and returns, the reading of logs is throttled, the driver is killed
 * repeatedly, and the disk fills up.
 */
import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RunResult } from "../../src/result/run-result.ts";
import { sumOfOutcomes } from "../support/sum-of-outcomes.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { awsDouble, type AwsDouble } from "./aws-double.ts";
import { allGone, descendants, run, start } from "./built-command.ts";
import { failed, journalled, journalOf, succeeded } from "./run-journal.ts";
import { itInTestAll } from "../support/test-all.ts";

const flags = (text: string): readonly string[] => text.split(" ");
const resultOf = (folder: string): RunResult =>
  JSON.parse(readFileSync(join(folder, "result.json"), "utf8")) as RunResult;

describe("a long run against AWS", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  let aws: AwsDouble;
  beforeEach(async () => {
    aws = await awsDouble();
    await aws.deploy("longrun-handler-connect", "handler-connect", "/longrun/peer/handler-connect");
  });
  afterEach(() => aws.close());
  const soak = (more: string) =>
    start(
      flags(
        `soak --target aws --function handler-connect=longrun-handler-connect ${more} --settle 20s --out run`,
      ),
      { cwd: folder.path(), env: aws.environment },
    );
  const path = (): string => join(folder.path(), "run");

  itInTestAll(
    "continues after the network has failed, accounts for every invocation and reads every log",
    async () => {
      // The test ends the run when all expected events are in the journal, so that it also passes on a slow computer.
      const started = soak("--duration 100s --interval 500ms");
      await journalled(started, path(), { count: 3, wanted: succeeded });
      aws.disconnect(true);
      await journalled(started, path(), { count: 3, wanted: failed });
      aws.disconnect(false);
      const goesOn = journalOf(path()).filter(succeeded).length + 3;
      await journalled(started, path(), { count: goesOn, wanted: succeeded });
      started.child.kill("SIGINT");
      const { code, err } = await started.ended;
      expect(code, err).to.equal(130);
      const counts = resultOf(path()).functions[0]?.invocations;
      if (counts === undefined) throw new Error("the result has no function");
      expect(sumOfOutcomes(counts)).to.equal(counts.planned);
      expect(counts.invocationErrors + counts.unknown).to.be.at.least(3);
      const events = journalOf(path());
      const lastFailure = events.findLastIndex(failed);
      expect(events.slice(lastFailure).filter(succeeded).length).to.be.at.least(1);
      const settled = events.find((event) => event.event === "logs-settled");
      expect(settled).to.deep.include({ settled: true, missingRequestIds: [] });
      expect(events.filter((event) => event.event === "evidence-problem")).to.deep.equal([]);
    },
  );

  itInTestAll("waits and reads again when the reading of logs is throttled", async () => {
    aws.throttleLogs(3);
    const { code, err } = await soak("--duration 4s --interval 500ms --yes").ended;
    expect(code, err).to.equal(2);
    const events = journalOf(path());
    expect(events.find((event) => event.event === "logs-settled")).to.deep.include({
      settled: true,
      missingRequestIds: [],
    });
    expect(events.filter((event) => event.event === "evidence-problem")).to.deep.equal([]);
  });
});

describe("a long run that is killed repeatedly", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();

  const seed = Date.now() % 1_000_000;
  itInTestAll(`accounts for every invocation once (seed ${seed})`, async () => {
    const random = xoroshiro128plus(seed);
    const path = join(folder.path(), "run");
    let next = start(
      flags("soak --function handler-connect --platform calm --duration 12s --interval 200ms --out run"),
      { cwd: folder.path() },
    );
    for (let round = 0; round < 3; round += 1) {
      const before = existsSync(join(path, "journal.jsonl")) ? journalOf(path).length : 0;
      await next.errMatches(/0:\d\d\/0:12/);
      // The run is killed after a different number of events each time, so that it is interrupted at different points of its work.
      await journalled(next, path, { count: before + 6 + uniformInt(random, 0, 12) });
      const below = descendants(next.child.pid ?? 0);
      next.child.kill("SIGKILL");
      // If the computer was suspended until after the end of the run, nothing is left to resume.
      if ((await next.ended).signal === null) break;
      await allGone(below);
      next = start(flags("soak --resume run"), { cwd: folder.path() });
    }
    const { code, err } = await next.ended;
    expect(code, err).to.equal(2);
    const events = journalOf(path);
    expect(events.map(({ sequence }) => sequence)).to.deep.equal(events.map((_, index) => index + 1));
    const invocations = resultOf(path).functions[0]?.invocations;
    expect(invocations?.planned).to.equal(60);
    expect(invocations === undefined ? null : sumOfOutcomes(invocations)).to.equal(60);
    const numbers = events.flatMap((event) => (event.event === "invocation-sent" ? [event.n] : []));
    expect(new Set(numbers).size).to.equal(numbers.length);
  });
});

describe("a long run whose disk fills up", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  before(function () {
    if (process.platform !== "linux" || process.getuid?.() !== 0) this.skip();
  });
  itInTestAll("stops with a report of what it saw, and leaves no incomplete file", async function () {
    const disk = join(folder.path(), "disk");
    mkdirSync(disk);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=16m", "longrun-test", disk], { stdio: "pipe" });
    } catch {
      this.skip();
    }
    try {
      await fillAndJudge(disk);
    } finally {
      // The lazy unmount succeeds even if a process still has a file open.
      execFileSync("umount", ["-l", disk]);
    }
  });

  async function fillAndJudge(disk: string): Promise<void> {
    const soak = start(
      flags("soak --function handler-connect --platform calm --duration 60s --interval 200ms --out disk/run"),
      { cwd: folder.path() },
    );
    const path = join(disk, "run");
    await journalled(soak, path, { count: 3, wanted: succeeded });
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, "of-somebody-else"), Buffer.alloc(Math.max(0, bavail * bsize - 4 * bsize)));
    const { code, err, out } = await soak.ended;
    expect(code, `${out}\n${err}`).to.equal(69);
    expect(err).to.include("The disk is full; the run was ended before its time.");
    const stops = journalOf(path).flatMap((event) =>
      event.event === "stop-requested" ? [event.reason] : [],
    );
    expect(stops).to.deep.equal(["disk-full"]);
    expect(resultOf(path).functions[0]?.invocations.succeeded).to.be.at.least(3);
    for (const name of ["report.html", "summary.md", "junit.xml"])
      expect(existsSync(join(path, name)), name).to.equal(true);
    const again = await run(["analyze", "disk/run", "--json"], folder.path());
    expect(JSON.parse(again.out)).to.deep.equal(resultOf(path));
  }
});
