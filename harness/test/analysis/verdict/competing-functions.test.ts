/**
 * Tests two functions whose environments use one peer. Invocations of `waiter` fail, and `keeper` may be the reason. The evidence of each
 * function is judged separately.
 */
import { expect } from "chai";
import {
  DEFAULT_JUDGEMENT_SETTINGS,
  type JudgementSettings,
} from "../../../src/record/judgement-settings.ts";
import type { Evidence } from "../../../src/record/evidence.ts";
import type { Finding } from "../../../src/result/finding-result.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import type { RunResult } from "../../../src/result/run-result.ts";
import { viewModel } from "../../../src/report/view/view-model.ts";
import { connects, drive, handlerConnect, initConnect, ready, type Design } from "../analyze/designs.ts";
import { analyze } from "../analyze/judge.ts";
import { TestRun, type TestEnvironment } from "../analyze/story.ts";
import type { StoryOptions } from "../analyze/story-options.ts";

type Source = "keeper" | "waiter";

/** Gives the log streams of `environments` to the function `keeper`, and the others to `waiter`. Only functions in `peerLogs` have a log of the peer. */
function split(
  run: TestRun,
  environments: readonly TestEnvironment[],
  peerLogs: readonly Source[],
): Evidence {
  const evidence = run.end();
  const kept = new Set(environments.map(({ id }) => id));
  const [whole] = evidence.functions;
  if (whole === undefined) throw new Error("the story has no function");
  const functions = (["keeper", "waiter"] as const).map((name) => ({
    ...whole,
    name,
    records: whole.records
      .filter(({ logStreamName }) => kept.has(logStreamName) === (name === "keeper"))
      .map((record) => ({ ...record, logGroup: `/aws/lambda/${name}` })),
    peerLog: peerLogs.includes(name) ? whole.peerLog : null,
  }));
  return { ...evidence, functions };
}

const story = (options: StoryOptions = {}): TestRun =>
  new TestRun({ target: "logs", format: "text", ...options });

function judged(evidence: Evidence, settings: Partial<JudgementSettings> = {}): RunResult {
  return analyze(evidence, { ...DEFAULT_JUDGEMENT_SETTINGS, ...settings });
}

/** The keeper connects in its Init and serves one invocation. Two invocations of the waiter fail. Then the keeper serves one more. */
function keptOut(peerLogs: readonly Source[], design: Design = initConnect): Evidence {
  const run = story();
  const keeper = ready(run, connects);
  drive(run, keeper, initConnect, 1);
  run.wait(5_000);
  drive(
    run,
    ready(run, (it) => design.init(it)),
    design,
    2,
  );
  run.wait(5_000);
  drive(run, keeper, initConnect, 1);
  return split(run, [keeper], peerLogs);
}

function named({ functions }: RunResult, name: Source): FunctionResult {
  const found = functions.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no function ${name}`);
  return found;
}

const competing = ({ findings }: FunctionResult): readonly Finding[] =>
  findings.filter(({ check }) => check === "functions-compete");

/** Returns the code and the counts of each finding about competing functions, for both functions. */
function told(result: RunResult): Readonly<Record<Source, unknown>> {
  const of = (name: Source): unknown =>
    competing(named(result, name)).map(({ code, parameters }) => [code, parameters]);
  return { keeper: of("keeper"), waiter: of("waiter") };
}

describe("two functions with one peer (invocations of the waiter fail, and the keeper may be the reason)", () => {
  for (const peerLogs of [["waiter"], ["keeper", "waiter"]] as const)
    it(`both have a finding that names the keeper's environment, if the peer's log of ${peerLogs.join(" and ")} names it`, () => {
      const result = judged(keptOut(peerLogs));
      const [holder] = named(result, "keeper").environments;
      const finding = [
        "peer-shared",
        {
          holder: "keeper",
          environments: [holder?.id],
          moreEnvironments: 0,
          turnedAway: "waiter",
          invocations: 2,
          places: 1,
        },
      ];
      expect(told(result)).to.deep.equal({ keeper: [finding], waiter: [finding] });
    });

  it("show no harm to the waiter, because only an environment of the same function does harm; both verdicts are inconclusive", () => {
    const result = judged(keptOut(["waiter"]));
    const waiter = named(result, "waiter");
    expect([waiter.harm.total, waiter.invocationList.map(({ cause }) => cause)]).to.deep.equal([
      0,
      ["peer-held-by-stranger", "peer-held-by-stranger"],
    ]);
    expect(result.functions.map(({ verdict }) => verdict)).to.deep.equal(["inconclusive", "inconclusive"]);
  });

  it("have reports with the number of invocations kept from the peer; only the waiter's says that its flaw harmed no invocation", () => {
    const [keeper, waiter] = viewModel(judged(keptOut(["waiter"]))).functions;
    const words = "kept 2 invocations of function waiter from the peer";
    expect(keeper?.furtherFacts.some((fact) => fact.includes(words))).to.equal(true);
    expect(waiter?.furtherFacts.some((fact) => fact.includes(words))).to.equal(true);
    expect(keeper?.reasonSentences.some((sentence) => sentence.includes("harmed no invocation"))).to.equal(
      false,
    );
    expect(waiter?.reasonSentences.some((sentence) => sentence.includes("harmed no invocation"))).to.equal(
      true,
    );
  });

  for (const peerLogs of [[], ["keeper"]] as const)
    it(`may compete, if the waiter has no log of the peer (functions with a log: ${peerLogs.length})`, () => {
      const result = judged(keptOut(peerLogs));
      const [holder] = named(result, "keeper").environments;
      const finding = [
        "peer-perhaps-shared",
        {
          holder: "keeper",
          environments: [holder?.id],
          moreEnvironments: 0,
          turnedAway: "waiter",
          invocations: 2,
        },
      ];
      expect(told(result)).to.deep.equal({ keeper: [finding], waiter: [finding] });
      expect(named(result, "waiter").reasons).to.include("unexplained-failure");
      const [keeper] = viewModel(result).functions;
      expect(keeper?.reasonSentences).to.include(
        "The design has a flaw, and it is not known whether it did harm in this run.",
      );
    });

  it("may compete, if the waiter found that nothing listened", () => {
    const run = story();
    const keeper = ready(run, connects);
    drive(run, keeper, initConnect, 1);
    run.wait(5_000);
    const waiter = ready(run);
    run.peerUp = false;
    drive(run, waiter, handlerConnect, 2);
    run.peerUp = true;
    run.wait(5_000);
    drive(run, keeper, initConnect, 1);
    const result = judged(split(run, [keeper], []));
    expect(competing(named(result, "waiter")).map(({ code }) => code)).to.deep.equal(["peer-perhaps-shared"]);
    expect(named(result, "waiter").invocationList.map(({ cause }) => cause)).to.deep.equal([
      "peer-down",
      "peer-down",
    ]);
  });

  it("have no finding about each other, if the keeper had closed its connection before the waiter failed", () => {
    const run = story();
    const keeper = ready(run);
    drive(run, keeper, handlerConnect, 2);
    run.wait(5_000);
    const connection = run.arrive({ bootId: null, logStream: "laptop", phase: null }, null);
    drive(run, ready(run), handlerConnect, 2);
    run.leave(connection);
    run.wait(5_000);
    drive(run, keeper, handlerConnect, 2);
    for (const peerLogs of [[], ["waiter"]] as const)
      expect(told(judged(split(run, [keeper], peerLogs)))).to.deep.equal({ keeper: [], waiter: [] });
  });

  it("have no finding about each other, if the keeper's last sign of life came before the waiter failed", () => {
    const run = story();
    const keeper = ready(run, connects);
    drive(run, keeper, initConnect, 1);
    run.wait(5_000);
    drive(run, ready(run), handlerConnect, 2);
    expect(told(judged(split(run, [keeper], [])))).to.deep.equal({ keeper: [], waiter: [] });
  });

  it("may compete, if the keeper was initialised ahead and never invoked, but only while it is assumed to be alive", () => {
    const run = story();
    const keeper = ready(run, connects);
    run.wait(60_000);
    drive(run, ready(run), handlerConnect, 2);
    run.wait(60_000);
    // No line shows the end of the first environment's Init. It is inferred only if the function has later lines, so a second environment
    // of the keeper writes some.
    const evidence = split(run, [keeper, ready(run)], []);
    const codes = (idleLifeMs: number): unknown =>
      competing(named(judged(evidence, { idleLifeMs }), "waiter")).map(({ code }) => code);
    expect([codes(300_000), codes(30_000)]).to.deep.equal([["peer-perhaps-shared"], []]);
  });

  it("do not compete, if longrun made the peers, because then each function has its own", () => {
    const evidence = keptOut([]);
    const { manifest } = new TestRun({ target: "aws" }).end();
    expect(manifest?.profile.admission).to.equal("refuse");
    expect(told(judged({ ...evidence, manifest }))).to.deep.equal({ keeper: [], waiter: [] });
  });

  it("have a finding with all environments that held places of a peer with several places", () => {
    const run = story({ capacity: 2 });
    const keepers = [ready(run, connects), ready(run, connects)];
    drive(run, ready(run), handlerConnect, 2);
    for (const keeper of keepers) drive(run, keeper, initConnect, 1);
    const result = judged(split(run, keepers, ["waiter"]), { capacity: { places: 2, given: true } });
    const [finding] = competing(named(result, "waiter"));
    expect([finding?.code, finding?.parameters]).to.deep.equal([
      "peer-shared",
      {
        holder: "keeper",
        environments: keepers.map(({ id }) => id),
        moreEnvironments: 0,
        turnedAway: "waiter",
        invocations: 2,
        places: 2,
      },
    ]);
  });
});
