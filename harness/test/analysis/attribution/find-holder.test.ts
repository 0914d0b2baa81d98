/** Who held the peer is unknown if the evidence shows it only nearly. Each story here has a holder without the one gap. */
import { expect } from "chai";
import { findHolder } from "../../../src/analysis/attribution/find-holder.ts";
import type { Evidence } from "../../../src/record/evidence.ts";
import { connects, drive, handlerConnect, initConnect, lazyConnect, ready } from "../analyze/designs.ts";
import { judge } from "../analyze/judge.ts";
import * as mutate from "../analyze/mutate.ts";
import { TestRun } from "../analyze/story.ts";
import { partial } from "../partial.ts";

/** What the judgement says about the only refused attempt: a holder's check code, or why the holder is unknown. */
function holderIn(evidence: Evidence): unknown {
  const finding = judge(evidence).findings.find(({ check }) => check === "peer-reachable");
  if (finding?.code !== "harm-unknown") return finding?.code;
  const { why } = finding.parameters;
  return why.code === "holder-unknown" ? why.parameters.why.code : why.code;
}

/** An environment holds the peer from its Init on, and another one is refused. */
function refused(afterwards: (run: TestRun, holder: ReturnType<typeof ready>) => void): {
  readonly evidence: Evidence;
  readonly holder: string;
} {
  const run = new TestRun({ target: "aws" });
  const holder = ready(run, connects);
  const other = ready(run);
  drive(run, holder, initConnect, 2);
  run.invoke(other, (call) => handlerConnect.invoke(call));
  afterwards(run, holder);
  return { evidence: run.end(), holder: holder.id };
}

describe("the holder of the peer at a refused attempt", () => {
  const ofOwnLines = refused((run, holder) => {
    run.wait(1_000);
    drive(run, holder, initConnect, 1);
  });
  const alone = mutate.withoutPeerLog(ofOwnLines.evidence);

  it("is known from the function's own lines if these are complete", () => {
    expect(holderIn(alone)).to.equal("peer-held");
  });

  it("is unknown if a line of its process is missing, because that line may show the end of the connection", () => {
    const lines = alone.functions[0]?.records.filter(
      ({ logStreamName, message }) => logStreamName === ofOwnLines.holder && message.includes('"longrun"'),
    );
    const lost = lines?.[2];
    expect(holderIn(mutate.withoutRecords((record) => record === lost)(alone))).to.equal(
      "last-lines-missing",
    );
  });

  for (const { title, waitMs, holder } of [
    {
      title: "is unknown if the peer's next line shows another holder within the tolerance of the clocks",
      waitMs: 300,
      holder: "holder-changed-near",
    },
    {
      title: "is not in doubt because of another holder after the tolerance of the clocks",
      waitMs: 3_000,
      holder: "peer-held",
    },
  ])
    it(title, () => {
      const { evidence } = refused((run, held) => {
        run.wait(waitMs);
        held.retire("fin");
        run.wait(3_000);
      });
      expect(holderIn(mutate.peerLogWithout(({ event }) => event === "refused")(evidence))).to.equal(holder);
    });

  it("is known if a later line of its environment shows that it lived, although no invocation used the connection again", () => {
    const run = new TestRun({ target: "aws" });
    const [holder, other] = [ready(run), ready(run)];
    drive(run, holder, lazyConnect, 1);
    run.wait(2_000);
    run.invoke(other, (call) => handlerConnect.invoke(call));
    run.wait(3_000);
    holder.shutdown();
    expect(holderIn(mutate.withoutPeerLog(run.end()))).to.equal("peer-held");
  });

  for (const { title, gap, holder } of [
    {
      title: "is known from the function's own lines if the peer's log is whole and ends before the attempt",
      gap: 0,
      holder: "peer-held",
    },
    {
      title: "is unknown if that log has lost a line, which can be about another client",
      gap: 2,
      holder: "other-client-since",
    },
  ])
    it(title, () => {
      const run = new TestRun({ target: "aws" });
      const other = ready(run);
      drive(run, other, handlerConnect, 2);
      const held = ready(run, connects);
      const cut = run.peerLog.length;
      drive(run, held, initConnect, 3);
      run.invoke(other, (call) => handlerConnect.invoke(call));
      run.wait(1_000);
      drive(run, held, initConnect, 1);
      run.peerLog.splice(cut);
      expect(holderIn(mutate.peerLogWithout(({ connection }) => connection === gap)(run.end()))).to.equal(
        holder,
      );
    });

  for (const { title, afterMs, holder } of [
    {
      title: "is unknown if an unnamed client was accepted within the tolerance of the clocks afterwards",
      afterMs: 300,
      holder: "holder-changed-near",
    },
    {
      title: "is not in doubt because of an unnamed client after the tolerance of the clocks",
      afterMs: 3_000,
      holder: "peer-held",
    },
  ])
    it(title, () => {
      const run = new TestRun({ target: "aws", hello: false });
      const [held, other] = [ready(run, connects), ready(run)];
      drive(run, held, initConnect, 3);
      run.invoke(other, (call) => handlerConnect.invoke(call));
      run.wait(afterMs);
      held.retire("fin");
      run.wait(20);
      run.leave(run.arrive(null, null));
      run.wait(3_000);
      expect(holderIn(run.end())).to.equal(holder);
    });

  for (const { title, afterMs, holder } of [
    {
      title:
        "is unknown if it is named by the function's own line only, and another client came within the tolerance",
      afterMs: 300,
      holder: "other-client-since",
    },
    {
      title: "is known from the function's own line if another client came only after the tolerance",
      afterMs: 3_000,
      holder: "peer-held",
    },
  ])
    it(title, () => {
      const { evidence } = refused((run, held) => {
        run.wait(afterMs);
        held.retire("fin");
        run.wait(20);
        run.leave(run.arrive(null, null));
        run.wait(3_000);
      });
      const unnamed = {
        ...evidence,
        functions: evidence.functions.map((one) => ({
          ...one,
          peerLog:
            one.peerLog?.map((line) => (line.connection === 1 ? { ...line, hello: null } : line)) ?? null,
        })),
      };
      expect(holderIn(unnamed)).to.equal(holder);
    });
});

describe("findHolder, by the links", () => {
  const link = { failedAt: null, closedAt: null, silencedAt: null, queued: false };
  const about = (id: string) => ({
    peer: null,
    disconnect: null,
    environment: { id, end: null },
    boot: { environment: { boots: [] }, number: 1 },
  });
  const attempt = {
    ...{ ...about("refused"), clock: "link", outcome: "refused", time: 5_000 },
    link: { ...link, connectedAt: 10, answeredAt: null },
  };
  const holderOf = (...holds: readonly object[]) =>
    findHolder(
      partial({ holds, ownHolds: [], links: new Map(), peer: null, skew: [], local: true }),
      partial(attempt),
    ).holder;
  const open = {
    ...{ ...about("open"), clock: "link", time: 2 },
    link: { ...link, connectedAt: 1, answeredAt: 2 },
  };

  it("is the environment with the only open connection", () => {
    expect(holderOf(open)).to.equal("environment");
  });

  it("is unknown if the last connection that the function logged had ended, although its answer came late", () => {
    const late = { ...about("late"), clock: "function", time: 1_020, disconnect: { time: 2_000 } };
    expect(holderOf(open, { ...late, link: { ...link, connectedAt: 1_010, answeredAt: 6_000 } })).to.equal(
      "unknown",
    );
  });
});
