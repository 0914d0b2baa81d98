import { expect } from "chai";
import type { Finding } from "../../../src/result/finding-result.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import { takeoversInWords } from "../../../src/report/view/takeovers-in-words.ts";

const naming = { environment: (id: string) => id, instant: (time: string) => time, ofLogs: false };

/** A finding of one pair. `delayed` invocations waited for one second. */
const pair = (evicter: string, victim: string, times: number, delayed = 0): Finding => ({
  check: "connections-taken-over",
  kind: "exposure",
  status: "found",
  text: "",
  code: "taken-over",
  parameters: {
    evicter,
    victim,
    times,
    durationMs: 0,
    delayed,
    longestWaitMs: delayed === 0 ? null : 1_000,
    withoutConnection: 0,
  },
  environment: victim,
  holder: evicter,
  from: null,
  to: null,
  requestIds: [],
});

const words = (findings: readonly Finding[], total: number): readonly string[] =>
  takeoversInWords(
    { findings, takenOver: { total, inTurn: 0, delayed: 2, longestWaitMs: 1_000, pairs: [] } },
    naming,
  );

describe("takeoversInWords", () => {
  it("returns nothing if there was no takeover, or if the result is of an older version", () => {
    const old: Pick<FunctionResult, "findings"> = { findings: [] };
    expect([words([], 0), takeoversInWords(old, naming)]).to.deep.equal([[], []]);
  });

  it("shows two pairs of environments and counts all takeovers; pairs whose takeovers made invocations wait come first", () => {
    expect(words([pair("A", "B", 9), pair("C", "D", 1), pair("E", "F", 2, 2)], 12)).to.deep.equal([
      "Environment E took the connection of environment F 2 times: the peer serves the newest client and ended the older connection. 2 invocations waited for another connection, the longest 1s.",
      "Environment A took the connection of environment B 9 times: the peer serves the newest client and ended the older connection.",
      "In all, 12 connections were taken over by other environments, and 2 invocations waited for another connection.",
    ]);
  });
});
