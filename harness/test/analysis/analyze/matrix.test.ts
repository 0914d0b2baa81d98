/**
 * Judges every combination of a hazard, a design and a way in which evidence is missing, late, doubled, reordered or cut. With all evidence,
 * every hazard and design has an expected label (the verdict and its reasons). With less evidence, a verdict may become inconclusive, but never the
 * opposite. The labels were taken from the judgement and checked by hand, so they only detect changes. The other files of this folder test that
 * the judgement is correct.
 */
import { expect } from "chai";
import type { Evidence } from "../../../src/record/evidence.ts";
import {
  aheadElsewhere,
  calm,
  drive,
  gracefulConnect,
  handlerConnect,
  initConnect,
  lazyConnect,
  neverConnecting,
  ready,
  swallowing,
  type Design,
} from "./designs.ts";
import { judge, verdictOf } from "./judge.ts";
import * as mutate from "./mutate.ts";
import { START_MS, type StoryOptions } from "./story-options.ts";
import { TestRun, type TestEnvironment } from "./story.ts";

const DESIGNS = [initConnect, lazyConnect, gracefulConnect, handlerConnect, swallowing, neverConnecting];
const made = (run: TestRun, design: Design): TestEnvironment => ready(run, (one) => design.init(one));
const stranger = { bootId: null, logStream: "laptop", phase: null };

type Hazard = (run: TestRun, design: Design) => void;

const HAZARDS: Readonly<Record<string, Hazard>> = {
  "nothing happens": (run, design) => calm(run, design),
  "initialised ahead, placed elsewhere": (run, design) => aheadElsewhere(run, design),
  "two environments invoked in turn": (run, design) => {
    const [one, two] = [made(run, design), made(run, design)];
    for (const environment of [one, two, one, two]) drive(run, environment, design, 2);
  },
  "an environment ends silently during an invocation": (run, design) => {
    made(run, design);
    const [one, two] = [made(run, design), made(run, design)];
    drive(run, one, design, 2);
    run.invoke(one, (call) => {
      if (design !== neverConnecting && one.connection === null) one.connect();
      call.environmentEnds("silence");
    });
    run.wait(2_000);
    drive(run, two, design, 3);
    if (run.holder !== null) run.leave(run.holder, "idle-timeout");
    run.wait(500);
    drive(run, two, design, 2);
  },
  "a function time-out kills the process, and it starts again": (run, design) => {
    made(run, design);
    const environment = made(run, design);
    drive(run, environment, design, 2);
    run.invoke(environment, (call) => {
      run.wait(10_000);
      call.reset("timeout");
    });
    run.wait(10);
    environment.startBoot(() => design.init(environment));
    drive(run, environment, design, 3);
  },
  "the peer is down for a while": (run, design) => {
    made(run, design).retire();
    run.wait(2_000);
    made(run, design);
    const environment = made(run, design);
    drive(run, environment, design, 2);
    run.peerDies();
    environment.connection = null;
    drive(run, environment, design, 2);
    run.peerReady();
    drive(run, environment, design, 3);
  },
  "a stranger holds the peer for a while": (run, design) => {
    const environment = made(run, design);
    drive(run, environment, design, 2);
    environment.retire();
    const connection = run.arrive(stranger, null);
    run.wait(2_000);
    const next = made(run, design);
    drive(run, next, design, 3);
    run.leave(connection);
    run.wait(2_000);
    drive(run, next, design, 3);
  },
  "the handler has a bug while another environment is alive": (run, design) => {
    made(run, design);
    const environment = made(run, design);
    drive(run, environment, design, 2);
    run.invoke(environment, (call) => call.throws("TypeError"));
    run.wait(1_000);
    drive(run, environment, design, 2);
  },
};

const middleOf = (evidence: Evidence): number => {
  const times = evidence.functions[0]?.records.map(({ timestamp }) => timestamp) ?? [];
  return (Math.min(...times) + Math.max(...times)) / 2;
};
const exceptEach = (every: number) => (_: unknown, index: number) => index % every !== every - 1;
const thinned =
  (source: "records" | "peerLog" | "linkLog", every: number): mutate.Mutation =>
  (evidence) => ({
    ...evidence,
    functions: evidence.functions.map((one) => ({
      ...one,
      [source]: one[source]?.filter(exceptEach(every)) ?? null,
    })),
  });

const WAYS: Readonly<Record<string, mutate.Mutation>> = {
  "without the peer's log": mutate.withoutPeerLog,
  "without the links' log": mutate.withoutLinkLog,
  "without the logs of the peer and of the links": mutate.chain(mutate.withoutPeerLog, mutate.withoutLinkLog),
  "without the journal": mutate.withoutJournal,
  "without hello": mutate.withoutHello,
  "without lifecycle lines": mutate.withoutLifecycleLines,
  "without event ids": mutate.withoutEventIds,
  "without sequence numbers": mutate.withoutSequences,
  "only the platform's lines": mutate.chain(
    mutate.withoutLifecycleLines,
    mutate.withoutLinkLog,
    mutate.withoutPeerLog,
    mutate.withoutJournal,
  ),
  "without the first stream": mutate.withoutStream(0),
  "without the second stream": mutate.withoutStream(1),
  "without the records of the first 1.5 s": mutate.withoutRecords(
    ({ timestamp }) => timestamp < START_MS + 1_500,
  ),
  "only the first half": (evidence) => mutate.onlyRecordsBefore(middleOf(evidence))(evidence),
  "only the second half": (evidence) =>
    mutate.withoutRecords(({ timestamp }) => timestamp < middleOf(evidence))(evidence),
  doubled: mutate.doubled,
  reordered: mutate.reordered,
  "every third record lost": thinned("records", 3),
  "every seventh record lost": thinned("records", 7),
  "every third line of the peer lost": thinned("peerLog", 3),
  "every second line of the links lost": thinned("linkLog", 2),
  "without disconnect lines": mutate.withoutRecords(({ message }) =>
    message.includes('"event":"disconnect"'),
  ),
  "without connect lines": mutate.withoutRecords(({ message }) => message.includes('"event":"connect"')),
  "without ends of invocations": mutate.withoutRecords(({ message }) =>
    /runtimeDone|platform\.report|^END|^REPORT/.test(message),
  ),
  "without STARTs": mutate.withoutRecords(({ message }) => /platform\.start"|^START/.test(message)),
  "without closed lines of the peer": mutate.peerLogWithout(({ event }) => event === "closed"),
  "without accepted lines of the peer": mutate.peerLogWithout(({ event }) => event === "accepted"),
  "without refused lines of the peer": mutate.peerLogWithout(({ event }) => event === "refused"),
};

const [UNEXPOSED, FAIL, FLAW, PASS, UNKNOWN] = [
  "inconclusive no-exposure",
  "fail harm",
  "inconclusive discipline",
  "pass",
  "inconclusive evidence-missing",
];
const UNEXPOSED_FLAW = "inconclusive no-exposure discipline";
const BUG = "inconclusive unexplained-failure";
const FLAW_AND_BUG = "inconclusive unexplained-failure discipline";

/** The expected labels with all of the evidence, in the order of DESIGNS. */
const LABELS: Readonly<Record<string, readonly string[]>> = {
  "nothing happens": [UNEXPOSED_FLAW, UNEXPOSED_FLAW, UNEXPOSED_FLAW, UNEXPOSED, UNEXPOSED_FLAW, UNEXPOSED],
  "initialised ahead, placed elsewhere": [FAIL, FLAW, FAIL, PASS, FAIL, UNKNOWN],
  "two environments invoked in turn": [FAIL, FAIL, FAIL, PASS, FAIL, UNKNOWN],
  "an environment ends silently during an invocation": [FAIL, FAIL, FAIL, FAIL, FAIL, UNKNOWN],
  "a function time-out kills the process, and it starts again": [FAIL, FLAW, FAIL, PASS, FAIL, UNKNOWN],
  // Before the peer went down, one environment blocked another one. The peer caused all other failures.
  "the peer is down for a while": [FAIL, FLAW_AND_BUG, FAIL, PASS, FAIL, UNKNOWN],
  "a stranger holds the peer for a while": [
    UNEXPOSED_FLAW,
    UNEXPOSED_FLAW,
    UNEXPOSED_FLAW,
    UNEXPOSED,
    UNEXPOSED_FLAW,
    UNEXPOSED,
  ],
  "the handler has a bug while another environment is alive": [
    FAIL,
    FLAW_AND_BUG,
    FAIL,
    BUG,
    FAIL,
    `${BUG} evidence-missing`,
  ],
};

for (const target of ["local", "aws"] as const satisfies readonly StoryOptions["target"][]) {
  describe(`${target}: the verdicts for each hazard, design and kind of damaged evidence`, () => {
    for (const [name, hazard] of Object.entries(HAZARDS)) {
      const stories = DESIGNS.map((design) => {
        const run = new TestRun({ target });
        hazard(run, design);
        return run.end();
      });

      /** The labels with all of the evidence. They are computed once, because the test of each kind of damage compares with them. */
      let complete: readonly string[] | null = null;
      const labelsWithAll = (): readonly string[] =>
        (complete ??= stories.map((evidence) => verdictOf(evidence)));

      it(`${name}: every design has the expected verdict and reasons`, () => {
        expect(labelsWithAll()).to.deep.equal(LABELS[name]);
      });

      for (const [way, mutation] of Object.entries(WAYS)) {
        it(`${name}, ${way}: every verdict is the same as with all evidence, or inconclusive`, () => {
          const contradicting = stories.flatMap((evidence, index) => {
            const before = labelsWithAll()[index]?.split(" ")[0];
            const after = judge(mutation(evidence)).verdict;
            return after === before || after === "inconclusive"
              ? []
              : [`${DESIGNS[index]?.name}: ${before} became ${after}`];
          });
          expect(contradicting).to.deep.equal([]);
        });
      }
    }
  });
}
