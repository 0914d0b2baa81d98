/** Tests waiting in vain for a lease. Whether the wait is harm depends on who held the lease: a name without other evidence proves nothing. */
import { expect } from "chai";
import type { Evidence } from "../../../src/record/evidence.ts";
import { connects, drive, handlerConnect, ready } from "./designs.ts";
import { causes, judge } from "./judge.ts";
import * as mutate from "./mutate.ts";
import type { StoryOptions } from "./story-options.ts";
import { TestRun, type TestCall, type TestEnvironment } from "./story.ts";

const OF_ANOTHER_FUNCTION = `2026/11/25/other[$LATEST]${"0e".repeat(16)}`;
const NOT_IN_EVIDENCE = `2026/11/25/[$LATEST]${"0e".repeat(16)}`;

function waitInVain(call: TestCall, leaseHolder: string, outcome = "timed-out"): void {
  const { environment } = call;
  environment.run.wait(600);
  environment.line("connect", { peer: "10.0.9.9:7000", outcome, connection: null, leaseHolder });
  call.throws("LeaseTimedOutError");
}

interface LeaseStory {
  readonly holderOf?: (holder: TestEnvironment, waiting: TestEnvironment) => string;
  readonly outcome?: string;
  /** What the holder does while it has the lease, before its environment ends. */
  readonly holderDoes?: (environment: TestEnvironment) => void;
  readonly servedBefore?: number;
  /** What happens between the end of the holder's environment and the wait. */
  readonly meanwhile?: (run: TestRun) => void;
  readonly options?: StoryOptions;
}

/** The holder's environment ends while it has the lease. The next environment waits in vain, and is served when the lease has ended. */
function leaseEvidence({
  holderOf = (holder) => holder.id,
  outcome,
  holderDoes = connects,
  ...more
}: LeaseStory = {}): {
  readonly evidence: Evidence;
  readonly ids: readonly string[];
} {
  const run = new TestRun(more.options);
  const holder = ready(run);
  drive(run, holder, handlerConnect, more.servedBefore ?? 1);
  run.invoke(holder, (call) => {
    holderDoes(holder);
    call.environmentEnds("fin");
  });
  run.wait(500);
  more.meanwhile?.(run);
  const waiting = ready(run);
  run.invoke(waiting, (call) => waitInVain(call, holderOf(holder, waiting), outcome));
  run.wait(2_000);
  drive(run, waiting, handlerConnect, 2);
  return { evidence: run.end(), ids: [holder.id, waiting.id] };
}

const judged = (story: LeaseStory, change: mutate.Mutation = mutate.asIs): readonly unknown[] => {
  const result = judge(change(leaseEvidence(story).evidence));
  return [result.harm.total, causes(result)[1], result.reasons.includes("evidence-missing")];
};

describe("a wait in vain", () => {
  for (const target of ["local", "aws", "logs"] as const) {
    it(`for the lease of an environment in the evidence is harm, and that environment is the holder (${target})`, () => {
      const { evidence, ids } = leaseEvidence({ options: { target } });
      const [window] = judge(evidence).harm.windows;
      expect([window?.holder, window?.environments]).to.deep.equal([ids[0], [ids[1]]]);
    });
  }

  it("is harm even if only the function's lines name the holder", () => {
    const alone = mutate.chain(mutate.withoutPeerLog, mutate.withoutLinkLog, mutate.withoutJournal);
    expect(judged({ options: { target: "logs" } }, alone)).to.deep.equal([1, "harm", false]);
  });

  const unknownHolders: readonly (readonly [string, LeaseStory])[] = [
    ["for the lease of a log stream that is not in the evidence", { holderOf: () => NOT_IN_EVIDENCE }],
    ["for the lease of a name that is not a log stream", { holderOf: () => "everybody" }],
    [
      "for the lease of an environment that never tried to reach the peer",
      { holderDoes: () => undefined, servedBefore: 0 },
    ],
    ["that the function logs as a refusal", { outcome: "refused" }],
  ];
  for (const [what, story] of unknownHolders) {
    it(`${what} has an unknown cause`, () => {
      const [harm, cause] = judged(story);
      expect([harm, cause]).to.deep.equal([0, null]);
    });
  }

  it("for the lease of a log stream that is not in the evidence is reported as missing evidence", () => {
    expect(judged({ holderOf: () => NOT_IN_EVIDENCE })).to.deep.equal([0, null, true]);
    expect(judged({}, mutate.withoutStream(0))).to.deep.equal([0, null, true]);
  });

  it("for the lease of an environment that could not reach the peer is not harm by that environment", () => {
    const down: LeaseStory = {
      holderDoes: (environment) => {
        environment.run.peerDies();
        environment.connect();
      },
      meanwhile: (run) => run.peerReady(),
    };
    expect(judged(down).slice(0, 2)).to.deep.equal([0, null]);
  });

  it("while an unknown client holds the peer has an unknown cause", () => {
    const stranger: LeaseStory = {
      meanwhile: (run) => void run.arrive({ bootId: null, logStream: "laptop", phase: null }, null),
    };
    expect(judged(stranger).slice(0, 2)).to.deep.equal([0, null]);
  });

  it("for the lease of another function is caused by a stranger", () => {
    expect(judged({ holderOf: () => OF_ANOTHER_FUNCTION }).slice(0, 2)).to.deep.equal([
      0,
      "peer-held-by-stranger",
    ]);
  });

  it("for the environment's own lease is not harm", () => {
    const run = new TestRun();
    const environment = ready(run);
    drive(run, environment, handlerConnect, 1);
    run.invoke(environment, (call) => waitInVain(call, environment.id));
    expect(judge(run.end()).harm.total).to.equal(0);
  });
});
