import { expect } from "chai";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isEnd, type PlatformRecord } from "../../src/record/ended-environment.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import { sumOfOutcomes } from "../support/sum-of-outcomes.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { allGone, descendants, run, start } from "./built-command.ts";
import { journalled, succeeded } from "./run-journal.ts";
import { itInTestAll, itOnce } from "../support/test-all.ts";

const RUN_FILES = [
  "journal.jsonl",
  "junit.xml",
  "logs",
  "manifest.json",
  "plan.json",
  "report.html",
  "result.json",
  "summary.md",
];

describe("longrun soak on a local engine", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  const file = (...path: readonly string[]): string => readFileSync(join(folder.path(), ...path), "utf8");
  const result = (name: string): RunResult => JSON.parse(file(name, "result.json")) as RunResult;
  const accountedFor = (one: RunResult["functions"][number] | undefined): number =>
    one === undefined ? 0 : sumOfOutcomes(one.invocations);

  itInTestAll(
    "shows the failure and its fix at a peer with two places, with two invocations in flight",
    async () => {
      const { code, out, err } = await run(
        [
          ...["soak", "--function", "init-connect", "--function", "handler-connect"],
          ...["--reserved-concurrency", "2", "--platform", "typical", "--seed", "1"],
          ...["--duration", "20s", "--interval", "500ms"],
          ...["--expect", "init-connect=fail", "--expect", "handler-connect=pass", "--out", "two-places"],
        ],
        folder.path(),
      );
      expect(code, `${out}\n${err}`).to.equal(0);
      expect(err).to.include("reserved concurrency 2, a peer with 2 places\n");
      const { functions } = result("two-places");
      const [failing, fixed] = functions;
      expect(functions.map((one) => [one.invocations.planned, accountedFor(one)])).to.deep.equal([
        [80, 80],
        [80, 80],
      ]);
      expect(functions.map(({ places }) => places)).to.deep.equal([
        { capacity: 2, peakPlaces: 2 },
        { capacity: 2, peakPlaces: 2 },
      ]);
      // The plan initialises as many environments ahead as there are places, and none of these is invoked.
      const window = failing?.harm.windows.find(
        ({ code: said, parameters }) =>
          said === "places-held" &&
          parameters.idlePlaces === 2 &&
          parameters.holders.every(({ openedIn, invocations }) => openedIn === "init" && invocations === 0),
      );
      expect(window, JSON.stringify(failing?.harm.windows)).to.not.equal(undefined);
      expect([fixed?.harm.total, fixed?.exposure.total === 0]).to.deep.equal([0, false]);
    },
  );

  itInTestAll(
    "shows the failure of one function, and proves the fix in another function under the same plan",
    async () => {
      const { code, out, err } = await run(
        [
          ...[
            "soak",
            "--function",
            "init-connect",
            "--function",
            "handler-connect",
            "--platform",
            "typical",
            "--seed",
            "1",
            "--duration",
            "20s",
          ],
          ...["--expect", "init-connect=fail", "--expect", "handler-connect=pass", "--out", "run"],
        ],
        folder.path(),
      );
      expect(code, `${out}\n${err}`).to.equal(0);
      expect(out.trimEnd().split("\n").at(-1)).to.equal("run");
      expect(out.split("\n").filter((line) => line.length > 80)).to.deep.equal([]);
      expect(err).to.match(/platform typical, seed 1\n/);
      expect(readdirSync(join(folder.path(), "run")).sort()).to.deep.equal(RUN_FILES);
      const { functions, expectationsMet, exitCode } = result("run");
      expect({
        expectationsMet,
        exitCode,
        verdicts: functions.map(({ name, verdict }) => [name, verdict]),
      }).to.deep.equal({
        expectationsMet: true,
        exitCode: 0,
        verdicts: [
          ["init-connect", "fail"],
          ["handler-connect", "pass"],
        ],
      });
      const [broken, fixed] = functions;
      expect(broken?.harm.total).to.be.greaterThan(0);
      expect(broken?.exposure.initWithoutInvoke).to.be.at.least(1);
      expect(fixed?.exposure.total).to.be.at.least(1);
      expect([broken, fixed].map((one) => [one?.invocations.planned, accountedFor(one)])).to.deep.equal([
        [20, 20],
        [20, 20],
      ]);
      // An environment that is initialised ahead and never invoked is retired within the run, so the judgement does not have to assume how
      // long it lives.
      const ends = new Set(
        file("run", "logs", "applied.jsonl")
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line) as PlatformRecord)
          .flatMap((record) => (isEnd(record) ? [record.environment] : [])),
      );
      for (const { environments } of functions)
        expect(environments.filter(({ end }) => end !== null).map(({ id }) => id)).to.have.members(
          environments.map(({ id }) => id).filter((id) => ends.has(id)),
        );
      expect(ends.size).to.be.at.least(4);

      const again = await run(["analyze", "run", "--json"], folder.path());
      expect([again.code, again.out]).to.deep.equal([1, file("run", "result.json")]);
      for (const [format, name] of [
        ["html", "report.html"],
        ["markdown", "summary.md"],
        ["junit", "junit.xml"],
        ["json", "result.json"],
      ] as const) {
        expect((await run(["report", "run", "--format", format], folder.path())).out, format).to.equal(
          file("run", name),
        );
      }
    },
  );

  itInTestAll("is inconclusive on a calm platform, and draws the same plan from the same seed", async () => {
    const soak = (out: string) =>
      run(
        [
          "soak",
          "--function",
          "handler-connect",
          "--platform",
          "calm",
          "--seed",
          "9",
          "--duration",
          "3s",
          "--interval",
          "500ms",
          "--json",
          "--out",
          out,
        ],
        folder.path(),
      );
    const [one, two] = [await soak("one"), await soak("two")];
    expect([one.code, two.code, one.out, result("one").verdict]).to.deep.equal([
      2,
      2,
      file("one", "result.json"),
      "inconclusive",
    ]);
    expect(file("one", "plan.json")).to.equal(file("two", "plan.json"));
  });

  itOnce("ends the run early at the first Ctrl-C, exits with 130 and reports what it saw", async () => {
    const soak = start(
      [
        "soak",
        "--function",
        "handler-connect",
        "--platform",
        "calm",
        "--duration",
        "60s",
        "--interval",
        "200ms",
        "--out",
        "run",
      ],
      { cwd: folder.path() },
    );
    await soak.errMatches(/0:\d\d\/1:00/);
    soak.child.kill("SIGINT");
    const { code, out, err } = await soak.ended;
    expect(code, err).to.equal(130);
    expect(out.trimEnd().split("\n").at(-1)).to.equal("run");
    expect([result("run").run.status, readdirSync(join(folder.path(), "run")).sort()]).to.deep.equal([
      "interrupted",
      RUN_FILES,
    ]);
  });

  itInTestAll(
    "exits with 130 and without a report at the second Ctrl-C, and leaves a run that can be judged",
    async () => {
      writeFileSync(
        join(folder.path(), "slow.mjs"),
        "export const handler = () => new Promise((resolve) => setTimeout(resolve, 50_000));",
      );
      const soak = start(
        [
          "soak",
          "--code",
          "slow.mjs",
          "--function-timeout",
          "60s",
          "--platform",
          "calm",
          "--duration",
          "60s",
          "--interval",
          "200ms",
          "--out",
          "run",
        ],
        { cwd: folder.path() },
      );
      await soak.errMatches(/0:\d\d\/1:00/);
      const below = descendants(soak.child.pid ?? 0);
      soak.child.kill("SIGINT");
      await soak.errMatches(/Ctrl-C again aborts/);
      soak.child.kill("SIGINT");
      const { code, out } = await soak.ended;
      expect([code, out]).to.deep.equal([130, ""]);
      await allGone(below);
      expect((await run(["analyze", "run"], folder.path())).code).to.equal(2);
    },
  );

  itInTestAll(
    "leaves no process behind if it is killed, but a run directory that can be judged and resumed",
    async () => {
      const soak = start(
        [
          "soak",
          "--function",
          "handler-connect",
          "--platform",
          "calm",
          "--seed",
          "1",
          "--duration",
          "12s",
          "--interval",
          "200ms",
          "--out",
          "run",
        ],
        { cwd: folder.path() },
      );
      await journalled(soak, join(folder.path(), "run"), { count: 1, wanted: succeeded });
      const below = descendants(soak.child.pid ?? 0);
      expect(below.length).to.be.greaterThan(1);
      soak.child.kill("SIGKILL");
      expect((await soak.ended).signal).to.equal("SIGKILL");
      await allGone(below);
      const judged = await run(["analyze", "run", "--json"], folder.path());
      expect((JSON.parse(judged.out) as RunResult).run.status).to.equal("running");

      const resumed = await run(["soak", "--resume", "run"], folder.path());
      expect(resumed.code, resumed.err).to.equal(2);
      expect([
        result("run").functions[0]?.invocations.planned,
        accountedFor(result("run").functions[0]),
      ]).to.deep.equal([60, 60]);
      expect((await run(["soak", "--resume", "run"], folder.path())).code).to.equal(64);
    },
  );

  itInTestAll(
    "runs a user's module with the user's variables, event and definition of a success",
    async () => {
      writeFileSync(
        join(folder.path(), "mine.mjs"),
        "export const handler = async (event) => ({ ok: event.n === 7 && process.env.STAGE === 'test', peer: process.env.PEER_PORT });",
      );
      const soak = (event: string, out: string) =>
        run(
          [
            "soak",
            "--code",
            "mine.mjs",
            "--platform",
            "calm",
            "--duration",
            "2s",
            "--env",
            "STAGE=test",
            "--event",
            event,
            "--success",
            "ok = true",
            "--out",
            out,
          ],
          folder.path(),
        );
      const [good, bad] = await Promise.all([soak('{"n":7}', "good"), soak('{"n":8}', "bad")]);
      expect([good.code, bad.code]).to.deep.equal([2, 2]);
      // On a busy computer the second invocation may be skipped.
      const outcomes = (name: string): readonly string[] => {
        const { succeeded = 0, functionErrors = 0 } = result(name).functions[0]?.invocations ?? {};
        return [...(succeeded > 0 ? ["succeeded"] : []), ...(functionErrors > 0 ? ["failed"] : [])];
      };
      expect([outcomes("good"), outcomes("bad")]).to.deep.equal([["succeeded"], ["failed"]]);
    },
  );
});
