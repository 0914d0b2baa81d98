/** Who held the peer is unknown if the evidence shows it only nearly. Each story here has a holder without the one gap. */
import { expect } from "chai";
import type { Evidence } from "../../../src/domain/evidence.ts";
import { connects, drive, handlerConnect, initConnect, ready } from "../analyze/designs.ts";
import { judge, said } from "../analyze/judge.ts";
import * as mutate from "../analyze/mutate.ts";
import { TestRun } from "../analyze/story.ts";

/** What the judgement says about the only refused attempt: a holder's check code, or why the holder is unknown. */
function holderIn(evidence: Evidence): unknown {
  const [finding] = said(judge(evidence), "peer-reachable");
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
});
