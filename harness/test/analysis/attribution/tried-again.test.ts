/**
 * The peer turns an environment away in its Init. A later invocation may have tried again, and the peer's log may show this attempt
 * without the client's name.
 */
import { expect } from "chai";
import type { ServerLimit } from "../../../src/record/peer-log.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import { connects, ready } from "../analyze/designs.ts";
import { judge } from "../analyze/judge.ts";
import { iso } from "../analyze/story-options.ts";
import { TestRun } from "../analyze/story.ts";

/** The holder leaves before the invocation that fails. `during` happens in this invocation. */
function judged(during: (run: TestRun) => void, lines = false): FunctionResult {
  const run = new TestRun({ target: "logs", lines });
  const holder = ready(run, connects);
  run.invoke(holder, (call) => call.exchange());
  const invoked = ready(run, connects);
  holder.retire("fin");
  run.wait(14_000);
  run.invoke(invoked, (call) => {
    during(run);
    call.throws("OperationalError");
  });
  return judge(run.end());
}

/** Adds the end of a client without a name. Of a client with a wrong password, for example, the log has only this line. */
function namelessLeaves(run: TestRun): void {
  run.peerLog.push({ time: iso(run.now), event: "closed", ...nameless(run) });
}

/** Adds a refused client without a name. For `none`, the limit counts no places, as MaxStartups of sshd. */
function namelessRefused(run: TestRun, limit: ServerLimit): void {
  const words = { client: null, user: null, database: null, limit, session: null, resolutionMs: 1 };
  run.peerLog.push({ time: iso(run.now), event: "refused", ...nameless(run), server: words });
}

function nameless(run: TestRun): {
  readonly connection: number;
  readonly remote: string;
  readonly hello: null;
} {
  const last = Math.max(...run.peerLog.map(({ connection }) => connection ?? 0));
  return { connection: last + 1, remote: "10.0.1.5:4444", hello: null };
}

const whyUnknown = ({ findings }: FunctionResult): readonly unknown[] =>
  findings
    .filter(({ check, status }) => check === "peer-reachable" && status === "unknown")
    .map(({ parameters }) => parameters);

describe("an invocation whose process was turned away in the Init, and of which no source shows an attempt of its own", () => {
  it("is harmed if no other client came during the invocation, and the peer was not down", () => {
    expect(judged(() => {}).harm.total).to.equal(1);
  });

  for (const [title, during] of [
    ["a client without a name came", namelessLeaves],
    [
      "a client without a name was refused for a reason that counts no places",
      (run: TestRun): void => namelessRefused(run, "none"),
    ],
    ["the peer was down", (run: TestRun): void => run.peerReady()],
  ] as const)
    it(`counts as unknown, not as harmed, if ${title} during the invocation, because the invocation may have tried again`, () => {
      const result = judged(during);
      expect([result.harm.total, whyUnknown(result)]).to.deep.equal([
        0,
        [{ invocations: 1, why: { code: "later-attempt-possible", parameters: {} } }],
      ]);
    });

  it("is harmed if a limit turned away a client without a name during the invocation", () => {
    expect(judged((run) => namelessRefused(run, "server")).harm.total).to.equal(1);
  });

  it("is harmed if its lifecycle lines show that it did not try again", () => {
    expect(judged(namelessLeaves, true).harm.total).to.equal(1);
  });
});
