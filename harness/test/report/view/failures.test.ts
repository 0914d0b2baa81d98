/** Tests the wording for failed invocations and their causes, which every form of the report uses. */
import { expect } from "chai";
import { CAUSES } from "../../../src/analysis/verdict/name-cause.ts";
import stringWidth from "string-width";
import type { InvocationResult } from "../../../src/result/environment-result.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import { renderJunit } from "../../../src/report/junit.ts";
import { renderMarkdown } from "../../../src/report/markdown.ts";
import { renderText } from "../../../src/report/text.ts";
import {
  answersLostInWords,
  failuresInWords,
  unknownOutcomesInWords,
} from "../../../src/report/view/failures.ts";
import { fixtureResult, passingFunction } from "../fixture-result.ts";

type FailedOutcome = Exclude<InvocationResult["outcome"], "succeeded">;
type Failed = readonly [outcome: FailedOutcome, cause: string | null];

/** A function whose first invocations failed as `failed` lists them. `n` returns null for an invocation that is not in the run's plan. */
function failedBy(failed: readonly Failed[], n: (index: number) => number | null = (index) => index) {
  const { invocations, invocationList } = passingFunction();
  const count = (wanted: FailedOutcome): number =>
    failed.filter(([outcome], index) => outcome === wanted && n(index) !== null).length;
  return passingFunction({
    verdict: "inconclusive",
    reasons: ["no-exposure"],
    invocations: {
      ...invocations,
      succeeded: invocations.succeeded - failed.length,
      functionErrors: count("function-error"),
      invocationErrors: count("invocation-error"),
      throttled: count("throttled"),
      unknown: count("unknown"),
    },
    invocationList: invocationList.map((one, index): InvocationResult => {
      const [outcome, cause] = failed[index] ?? ["succeeded" as const, null];
      return { ...one, n: n(index), outcome, cause };
    }),
  });
}

const times = (number: number, ...failed: Failed): readonly Failed[] =>
  Array.from({ length: number }, () => failed);

const PEER_DOWN = "because the peer was down (it accepted no connection, or was restarted)";
const peerDown = (): FunctionResult => failedBy(times(5, "function-error", "peer-down"));

describe("failuresInWords and answersLostInWords", () => {
  it("have words for every cause", () => {
    const causes = CAUSES.map((cause) => failuresInWords(failedBy(times(1, "function-error", cause))));
    for (const words of causes) expect(words).not.to.match(/by [a-z]+-[a-z]/);
  });

  for (const { title, failed, words } of [
    { title: "none", failed: [], words: "" },
    {
      title: "one",
      failed: times(1, "function-error", "crash"),
      words: "1 function error, because the process ended with an error (a crash, an exit or a failed Init)",
    },
    {
      title: "all of one cause",
      failed: times(5, "function-error", "peer-down"),
      words: `5 function errors, all ${PEER_DOWN}`,
    },
    {
      title: "of several kinds and one cause",
      failed: [
        ...times(2, "function-error", "environment-ended"),
        ...times(1, "invocation-error", "environment-ended"),
      ],
      words: "2 function errors, 1 invocation error, all because the environment ended during the invocation",
    },
    {
      title: "of several causes, the most frequent first",
      failed: [
        ...times(1, "throttled", "throttle-explained"),
        ...times(2, "function-error", null),
        ...times(3, "function-error", "harm"),
      ],
      words:
        "5 function errors, 1 throttle: 3 by harm, 2 unexplained, 1 because another invocation of the run was running",
    },
    {
      title: "that nothing explains",
      failed: [...times(2, "function-error", null), ...times(3, "unknown", "harm")],
      words: "2 function errors, all unexplained",
    },
  ]) {
    it(`describe failed invocations: ${title}`, () =>
      expect(failuresInWords(failedBy(failed))).to.equal(words));
  }

  for (const { title, failed, words } of [
    { title: "none", failed: times(2, "function-error", null), words: "" },
    { title: "without a cause", failed: times(2, "unknown", null), words: "2 invocations" },
    { title: "of one cause", failed: times(2, "unknown", "harm"), words: "2 invocations, all by harm" },
    {
      title: "of which some have a cause",
      failed: [...times(2, "unknown", null), ...times(1, "unknown", "harm"), ...times(4, "throttled", null)],
      words: "3 invocations: 1 by harm",
    },
  ]) {
    it(`describe unknown outcomes: ${title}`, () =>
      expect(unknownOutcomesInWords(failedBy(failed))).to.equal(words));
  }

  for (const { title, seconds, words } of [
    {
      title: "once",
      seconds: [8],
      words: "1 function error, because the peer closed or reset the connection (at 01:02:08.250 UTC)",
    },
    {
      title: "several times",
      seconds: [8, 7],
      words:
        "2 function errors, all because the peer closed or reset the connection (first at 01:02:07.250 UTC)",
    },
    {
      title: "in a result of an older version",
      seconds: [null],
      words: "1 function error, because the peer closed or reset the connection",
    },
  ]) {
    it(`describes a connection that the peer closed, ${title}`, () => {
      const failed = failedBy(times(seconds.length, "function-error", "peer-closed"));
      const invocationList = failed.invocationList.map((one, index): InvocationResult => {
        const second = seconds[index] ?? null;
        return second === null ? one : { ...one, peerClosedAt: `2026-11-25T01:02:0${second}.250Z` };
      });
      expect(failuresInWords({ ...failed, invocationList })).to.equal(words);
    });
  }

  it("says that a call that never arrived is not a failure of the function", () => {
    expect(failuresInWords(failedBy(times(1, "invocation-error", "never-arrived")))).to.equal(
      "1 invocation error, because the call never reached Lambda (no failure of the function)",
    );
  });

  for (const [lost, words] of [
    [undefined, []],
    [0, []],
    [
      1,
      [
        "The answer to 1 call was lost. The logs have only one invocation that the call can have started, and its outcome is used.",
      ],
    ],
    [
      2,
      [
        "The answers to 2 calls were lost. For each of them the logs have only one invocation that the call can have started, and its outcome is used.",
      ],
    ],
  ] as const) {
    it(`describes ${lost ?? "an unknown number of"} lost answers`, () => {
      const { invocations, ...rest } = passingFunction();
      const result = {
        ...rest,
        invocations: { ...invocations, ...(lost === undefined ? {} : { answersLost: lost }) },
      };
      expect(answersLostInWords(result)).to.deep.equal(words);
      const text = renderText(fixtureResult({ functions: [result] }), { columns: 200, colour: false });
      for (const sentence of words) expect(text.replaceAll(/\s+/g, " ")).to.include(sentence);
    });
  }

  it("leaves out invocations that the run did not plan", () => {
    const failed = [...times(1, "function-error", "harm"), ...times(1, "function-error", "crash")];
    expect(failuresInWords(failedBy(failed, (index) => (index === 1 ? null : index)))).to.equal(
      "1 function error, by harm",
    );
  });

  it("writes the same words into the terminal report, summary.md and junit.xml, in 80 columns", () => {
    const result = fixtureResult({ functions: [peerDown()] });
    const text = renderText(result, { columns: 80, colour: false });
    expect(text).to.include(
      "\n  Failed: 5 function errors, all because the peer was down (it accepted no\n  connection, or was restarted).\n",
    );
    expect(text.split("\n").filter((line) => stringWidth(line) > 80)).to.deep.equal([]);
    for (const rendered of [renderMarkdown(result), renderJunit(result)])
      expect(rendered).to.match(
        /Failed: 5 function errors, all because the peer was down \\?\(it accepted no/,
      );
  });

  it("repeats the words with which a server denied the function", () => {
    const denied = failedBy(times(2, "function-error", "peer-error"));
    const [environment] = denied.environments;
    if (environment === undefined) throw new Error("the fixture has an environment");
    const said = {
      protocol: "postgres",
      code: "28P01",
      text: 'password authentication failed for user "fn"',
    };
    const connection = {
      from: null,
      to: null,
      openedIn: null,
      outcome: "denied",
      ending: null,
      ...said,
    } as const;
    const words = failuresInWords({
      ...denied,
      environments: [{ ...environment, connections: [connection] }],
    });
    expect(words).to.equal(
      '2 function errors, all because Postgres denied the function: 28P01 password authentication failed for user "fn"',
    );
  });

  for (const { cause, at, words } of [
    {
      cause: "own-connections",
      at: "within",
      words:
        "2 function errors, all because the environment itself held all places of the peer (first refusal, by the MQTT broker: 0x97 quota exceeded)",
    },
    {
      cause: null,
      at: "within",
      words: "2 function errors, all unexplained (first refusal, by the MQTT broker: 0x97 quota exceeded)",
    },
    { cause: null, at: "before", words: "2 function errors, all unexplained" },
    {
      cause: "crash",
      at: "within",
      words:
        "2 function errors, all because the process ended with an error (a crash, an exit or a failed Init)",
    },
  ] as const)
    it(`${words.includes("refusal") ? "repeats" : "does not repeat"} the words with which a server refused a connection ${at === "within" ? "during" : "before"} the failed invocations (cause: ${cause ?? "unknown"})`, () => {
      const failed = failedBy(times(2, "function-error", cause));
      const [environment] = failed.environments;
      if (environment === undefined) throw new Error("the fixture has an environment");
      const invocationList = failed.invocationList.map((one): InvocationResult => ({
        ...one,
        environment: environment.id,
      }));
      const second = invocationList.at(1)?.from ?? null;
      const refused = {
        from: at === "within" ? second : "2020-01-01T00:00:00.000Z",
        to: null,
        openedIn: null,
        outcome: "refused",
        ending: null,
        protocol: "mqtt",
        code: "0x97",
        text: "quota exceeded",
      } as const;
      const environments = [{ ...environment, connections: [refused] }];
      expect(failuresInWords({ ...failed, invocationList, environments })).to.equal(words);
    });
});
