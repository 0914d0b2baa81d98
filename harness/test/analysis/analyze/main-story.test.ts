import { expect } from "chai";
import { DEFAULT_JUDGEMENT_SETTINGS } from "../../../src/record/judgement-settings.ts";
import {
  aheadElsewhere,
  calm,
  gracefulConnect,
  handlerConnect,
  initConnect,
  lazyConnect,
  neverConnecting,
  swallowing,
  type Design,
} from "./designs.ts";
import { analyze, judge, verdictOf } from "./judge.ts";
import * as mutate from "./mutate.ts";
import type { Format, StoryOptions } from "./story-options.ts";
import { TestRun } from "./story.ts";

function ahead(design: Design, options: StoryOptions = {}): TestRun {
  const run = new TestRun(options);
  aheadElsewhere(run, design);
  return run;
}

describe("the judgement of an environment that is initialised ahead and never invoked", () => {
  it("fails init-connect, and names the never-invoked environment as the holder", () => {
    const run = ahead(initConnect);
    const result = judge(run.end());
    const [, silent, invoked] = run.environments;
    expect([result.verdict, result.reasons]).to.deep.equal(["fail", ["harm"]]);
    expect(
      result.harm.windows.map(({ holder, environments, invocations }) => ({
        holder,
        environments,
        invocations,
      })),
    ).to.deep.equal([{ holder: silent?.id, environments: [invoked?.id], invocations: 5 }]);
    expect(result.harm.windows[0]?.text).to.equal(
      `Environment …${silent?.id.slice(-8)} held the peer from 2026-11-25T10:00:05.216Z on, through a connection opened in the Init phase. ` +
        `It never handled an invocation (INIT WITHOUT INVOKE). Environment …${invoked?.id.slice(-8)} failed 5 invocations in 5.1s.`,
    );
    expect(result.exposure).to.deep.equal({
      total: 1,
      initWithoutInvoke: 1,
      replaced: 0,
      reset: 0,
      reinitialised: 0,
      served: 0,
      exchangedAfter: true,
    });
    expect(result.invocations).to.deep.equal({
      planned: 15,
      succeeded: 10,
      functionErrors: 5,
      throttled: 0,
      invocationErrors: 0,
      unknown: 0,
      unknownReasons: {},
      skipped: 0,
    });
    const silentResult = result.environments.find((environment) => environment.id === silent?.id);
    expect(silentResult).to.deep.include({
      invocations: 0,
      initWithoutInvoke: true,
      ending: "shutdown",
      firstInvoke: null,
      lastInvoke: null,
      initStatus: "success",
    });
    expect(
      silentResult?.connections.map(({ openedIn, outcome, ending }) => ({ openedIn, outcome, ending })),
    ).to.deep.equal([{ openedIn: "init", outcome: "accepted", ending: "fin" }]);
  });

  it("passes handler-connect", () => {
    const result = judge(ahead(handlerConnect).end());
    expect([result.verdict, result.reasons]).to.deep.equal(["pass", []]);
    expect([result.exposure.total, result.exposure.initWithoutInvoke, result.harm.total]).to.deep.equal([
      1, 1, 0,
    ]);
    expect(
      result.findings.filter((finding) => finding.kind !== "exposure" && finding.status !== "clear"),
    ).to.deep.equal([]);
  });

  const expected: readonly (readonly [string, Design, string, string])[] = [
    ["init-connect", initConnect, "fail harm", "inconclusive no-exposure discipline"],
    ["lazy-connect", lazyConnect, "inconclusive discipline", "inconclusive no-exposure discipline"],
    ["graceful-connect", gracefulConnect, "fail harm", "inconclusive no-exposure discipline"],
    ["handler-connect", handlerConnect, "pass", "inconclusive no-exposure"],
    ["a handler that swallows the refusal", swallowing, "fail harm", "inconclusive no-exposure discipline"],
    [
      "a handler that never connects",
      neverConnecting,
      "inconclusive evidence-missing",
      "inconclusive no-exposure",
    ],
  ];
  for (const target of ["local", "aws", "logs"] as const) {
    for (const [name, design, whenAhead, whenCalm] of expected) {
      it(`gives ${name} "${whenAhead}", but "${whenCalm}" without platform events (evidence: ${target})`, () => {
        const run = new TestRun({ target });
        calm(run, design);
        expect([verdictOf(ahead(design, { target }).end()), verdictOf(run.end())]).to.deep.equal([
          whenAhead,
          whenCalm,
        ]);
      });
    }
  }

  for (const format of ["json-debug", "json-info", "text"] satisfies Format[]) {
    it(`has the same verdicts with ${format} logs`, () => {
      expect([
        verdictOf(ahead(initConnect, { format }).end()),
        verdictOf(ahead(handlerConnect, { format }).end()),
      ]).to.deep.equal(["fail harm", "pass"]);
    });
  }

  for (const [how, mutation] of Object.entries({
    "behind a console prefix": mutate.behindConsolePrefix,
    "inside a JSON log line's message, as a string": mutate.insideJsonString,
    "inside a JSON log line's message, as an object": mutate.insideJsonObject,
    "without sequence numbers": mutate.withoutSequences,
    "in records without event ids": mutate.withoutEventIds,
    doubled: mutate.doubled,
    "in another order": mutate.reordered,
  })) {
    it(`has the same verdicts with lifecycle lines ${how}`, () => {
      expect([
        verdictOf(mutation(ahead(initConnect).end())),
        verdictOf(mutation(ahead(handlerConnect).end())),
      ]).to.deep.equal(["fail harm", "pass"]);
    });
  }

  it("has a result with the same bytes for the same input", () => {
    const evidence = ahead(initConnect).end();
    const settings = { ...DEFAULT_JUDGEMENT_SETTINGS, thresholds: ["harm.total < 1"] };
    const once = JSON.stringify(analyze(evidence, settings));
    expect(JSON.stringify(analyze(structuredClone(evidence), settings))).to.equal(once);
    expect(JSON.stringify(analyze(mutate.doubled(evidence), settings))).to.equal(once);
  });

  it("does not change the evidence", () => {
    const evidence = ahead(initConnect).end();
    const copy = structuredClone(evidence);
    analyze(evidence, DEFAULT_JUDGEMENT_SETTINGS);
    expect(evidence).to.deep.equal(copy);
  });
});
