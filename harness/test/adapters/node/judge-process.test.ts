import { expect } from "chai";
import { join } from "node:path";
import { openFileRunStore } from "../../../src/adapters/run-directory/file-run-store.ts";
import { answerTo, JudgeProcess } from "../../../src/adapters/node/judge-process.ts";
import { InvariantError } from "../../../src/base/invariant.ts";
import type { LiveJudgement } from "../../../src/run/ports/judge.ts";
import { allGone, COMMAND, descendants, isAlive } from "../../e2e/built-command.ts";
import { manifestOf } from "../../support/manifest-fixture.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("a request to judge a run during the run", () => {
  const folder = temporaryFolder();
  const judgeOf = (): JudgeProcess => {
    const run = join(folder.path(), "run");
    const store = openFileRunStore(run);
    store.writeManifest(manifestOf());
    store.appendJournal({
      sequence: 1,
      time: "2026-11-25T01:02:03.456Z",
      monotonicMs: 0,
      event: "run-started",
      resumed: false,
    });
    store.close();
    const program = { command: process.execPath, arguments: [COMMAND] };
    return new JudgeProcess({ arguments: ["judge", run], environment: process.env, program });
  };
  const verdicts = async (judge: JudgeProcess) =>
    ((await judge.ask("live")) as LiveJudgement).functions.map(({ name, verdict }) => [name, verdict]);
  const INCONCLUSIVE = [["one", "inconclusive"]];

  it("is answered by a new process if `rest` has ended the first one", async () => {
    const judge = judgeOf();
    const before = descendants(process.pid);
    expect(await verdicts(judge)).to.deep.equal(INCONCLUSIVE);
    const first = descendants(process.pid).filter((pid) => !before.includes(pid));
    judge.rest();
    expect(await verdicts(judge)).to.deep.equal(INCONCLUSIVE);
    await allGone(first);
    await judge.close();
  });

  it("fails if the judging process is killed, and the next request is answered", async () => {
    const judge = judgeOf();
    const before = descendants(process.pid);
    await verdicts(judge);
    const pids = descendants(process.pid).filter((pid) => !before.includes(pid));
    signal(pids, "SIGSTOP");
    const asked = judge.ask("live").then(
      () => "answered",
      (error: unknown) => String(error),
    );
    signal(pids, "SIGKILL");
    expect(await asked).to.include("LongrunError: The process that judges the run was ended by SIGKILL.");
    expect(await verdicts(judge)).to.deep.equal(INCONCLUSIVE);
    await judge.close();
  });
});

describe("a judging process that is killed while it writes its answer", () => {
  it("makes the request fail with the reason", async () => {
    const program = { command: process.execPath, arguments: ["-e", HALF_AN_ANSWER] };
    const judge = new JudgeProcess({ arguments: [], environment: process.env, program });
    const asked = await judge.ask("seal").then(
      () => "answered",
      (error: unknown) => String(error),
    );
    expect(asked).to.include("The process that judges the run was ended by SIGKILL.");
    await judge.close();
  });
});

describe("a judge that is closed during the last judgement", () => {
  it("gives up the judgement, and asks no second process", async () => {
    const program = { command: process.execPath, arguments: ["-e", "process.stdin.resume()"] };
    const judge = new JudgeProcess({ arguments: [], environment: process.env, program });
    const asked = judge.seal().then(
      () => "answered",
      (error: unknown) => String(error),
    );
    await judge.close();
    expect(await asked).to.include("The process that judges the run was ended by SIGKILL.");
  });
});

describe("a bug in the judging process", () => {
  it("is reported as an answer, so that the run does not wait for ever", async () => {
    const answer = await answerTo(() => Promise.reject(new TypeError("rows is not iterable")));
    const program = { command: process.execPath, arguments: ["-e", ECHO, JSON.stringify(answer)] };
    const judge = new JudgeProcess({ arguments: [], environment: process.env, program });
    const asked = await judge.ask("seal").then(
      () => null,
      (error: unknown) => error,
    );
    expect(asked).to.be.instanceOf(InvariantError);
    expect(String(asked)).to.include("the judging process failed: TypeError: rows is not iterable");
    await judge.close();
  });
});

/** A program that answers every line with its argument, and runs until its standard input ends. */
const ECHO = "process.stdin.on('data', () => console.log(process.argv[1]))";

/** A program that kills itself when it has written the beginning of an answer. */
const HALF_AN_ANSWER =
  "process.stdin.on('data', () => process.stdout.write('{\"answer\":', () => process.kill(process.pid, 'SIGKILL')))";

/** Sends the signal to those of the processes that still run. `descendants` also lists `ps` itself, which has ended by then. */
function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids.filter(isAlive)) process.kill(pid, name);
}
