/**
 * One environment holds a connection to a device. Another environment opened a connection in its Init, and neither side says anything on it.
 * Only the links show both connections. The time at which the second connection ended shows whether the device turned it away.
 */
import { expect } from "chai";
import type { LinkLogRecord } from "../../../src/record/link-log.ts";
import type { ConnectionResult } from "../../../src/result/environment-result.ts";
import { judge } from "../analyze/judge.ts";
import * as mutate from "../analyze/mutate.ts";
import { TestRun } from "../analyze/story.ts";

interface Ends {
  /** How long after the Init the connection ends, in milliseconds. */
  readonly after: number;
  readonly by: "peer" | "function" | "environment-end";
  readonly fails: boolean;
}

interface Judged {
  /** Null if it is unknown: then the connection is not listed in the result. */
  readonly outcome: ConnectionResult["outcome"] | null;
  readonly harmed: number;
}

/**
 * Returns the outcome of the second connection, and the number of harmed invocations. The invocation in the second environment begins 3 s
 * after the Init.
 */
function judged({ after, by, fails }: Ends): Judged {
  const run = new TestRun({ lines: false });
  const holder = run.environment();
  const held = run.newLink(holder);
  holder.init(() => {
    run.linkLine("opened", held);
    run.linkLine("connected", held);
  });
  run.invoke(holder, () => run.linkLine("answered", held, { answered: true }));
  const other = run.environment();
  const silent = run.newLink(other);
  other.init(() => {
    run.linkLine("opened", silent);
    run.linkLine("connected", silent);
  });
  const begun = run.now;
  const until = (time: number): void => void run.wait(Math.max(0, begun + time - run.now));
  const end = (): void => {
    until(after);
    const ended: Partial<LinkLogRecord> = { by, ending: "fin" };
    if (by !== "environment-end") run.linkLine("half-closed", silent, { by });
    if (by !== "peer") run.linkLine("closed", silent, ended);
  };
  if (after < 3_000) end();
  until(3_000);
  run.invoke(other, (call) => {
    if (fails) call.throws("NoAnswerError");
  });
  if (after > 3_000) end();
  until(20_000);
  run.linkLine("closed", held, { by: "environment-end", ending: "fin", answered: true });
  const { environments, harm } = judge(mutate.withoutPeerLog(run.end()));
  const second = environments.find(({ id }) => id === other.id)?.connections.at(0);
  return { outcome: second?.outcome ?? null, harmed: harm.total };
}

describe("a connection on which neither side said anything", () => {
  const cases: readonly (readonly [string, Ends, Judged])[] = [
    [
      "was refused if the device closed it within 2 s",
      { after: 1_000, by: "peer", fails: true },
      { outcome: "refused", harmed: 1 },
    ],
    [
      "was not refused if the device closed it after more than 2 s and after the invocation",
      { after: 5_000, by: "peer", fails: false },
      { outcome: null, harmed: 0 },
    ],
    [
      "was not refused if the device closed it after more than 2 s but before the invocation",
      { after: 2_500, by: "peer", fails: false },
      { outcome: null, harmed: 0 },
    ],
    [
      "was not turned away if an invocation of its environment succeeded",
      { after: 9_000, by: "environment-end", fails: false },
      { outcome: null, harmed: 0 },
    ],
    [
      "was not turned away if the function closed it long after an invocation that succeeded",
      { after: 9_000, by: "function", fails: false },
      { outcome: null, harmed: 0 },
    ],
    [
      "was turned away if all invocations of its environment failed",
      { after: 9_000, by: "environment-end", fails: true },
      { outcome: "timed-out", harmed: 1 },
    ],
  ];
  for (const [title, ends, expected] of cases)
    it(title, () => {
      expect(judged(ends)).to.deep.equal(expected);
    });
});
