/** Tests that each harmed invocation is in the window of the environment that held the peer when the invocation was turned away. */
import { expect } from "chai";
import fc from "fast-check";
import type { Evidence } from "../../../src/record/evidence.ts";
import type { PeerHeld } from "../../../src/result/findings/harm-findings.ts";
import { propertyCases } from "../../support/test-all.ts";
import { connects, drive, initConnect, ready, type Design } from "./designs.ts";
import { judge } from "./judge.ts";
import { play, randomStory } from "./random-story.ts";
import { TestRun } from "./story.ts";

/** Connects in Init only. Without a connection, every invocation fails. */
const onlyInInit: Design = {
  name: "only-in-init",
  init: connects,
  invoke: (call) => {
    if (call.environment.connection === null) call.throws("PeerBusyError");
    else call.exchange();
  },
};

describe("the holder of a harm window", () => {
  it("is the environment that held the peer when the failing environment was refused, even if another one holds it at the failure", () => {
    const run = new TestRun({ target: "local" });
    const first = ready(run, connects);
    const late = ready(run, connects);
    drive(run, late, onlyInInit, 1);
    first.retire("fin");
    const second = ready(run, connects);
    drive(run, second, onlyInInit, 1);
    drive(run, late, onlyInInit, 1);
    const third = ready(run, connects);
    drive(run, third, onlyInInit, 2);
    drive(run, late, onlyInInit, 1);
    drive(run, third, onlyInInit, 1);
    const { harm } = judge(run.end());
    expect(
      harm.windows.map(({ holder, environments, invocations }) => [holder, environments, invocations]),
    ).to.deep.equal([
      [first.id, [late.id], 1],
      [first.id, [late.id], 1],
      [second.id, [third.id], 3],
      [first.id, [late.id], 1],
    ]);
    const [refused, past, present] = harm.windows.map(({ from, parameters }) => ({
      from: Date.parse(from),
      ...(parameters as Partial<PeerHeld>),
    }));
    expect(Date.parse(past?.keptOutAt ?? "")).to.be.below(refused?.from ?? 0);
    expect(Date.parse(past?.until ?? "")).to.be.within(refused?.from ?? 0, past?.from ?? 0);
    expect(present).not.to.have.any.keys("until", "keptOutAt");
  });

  it("if the failed invocation made no attempt, is the environment that held the peer at the latest attempt of the process", () => {
    const run = new TestRun({ target: "local" });
    const first = ready(run, connects);
    const late = ready(run, connects);
    first.retire("fin");
    const second = ready(run, connects);
    drive(run, late, initConnect, 1);
    drive(run, late, onlyInInit, 2);
    second.retire("fin");
    drive(run, late, onlyInInit, 1);
    const { harm } = judge(run.end());
    expect(harm.windows.map(({ holder, invocations }) => [holder, invocations])).to.deep.equal([
      [second.id, 4],
    ]);
  });

  it("is the environment that held the peer when the invocation was turned away, in random stories", () => {
    let checked = 0;
    const cases = propertyCases(300);
    fc.assert(
      fc.property(randomStory, (story) => {
        const options = { ...story.options, target: "local", admission: "refuse" } as const;
        const evidence = play({ ...story, options });
        const { findings, invocationList } = judge(evidence);
        const refusals = refusalsIn(evidence);
        for (const { code, holder, requestIds } of findings)
          for (const one of invocationList) {
            if (code !== "peer-held" || ![...requestIds].includes(one.requestId ?? "")) continue;
            const last = refusals.findLast(
              ({ by, at }) =>
                by === one.environment && at >= Date.parse(one.from ?? "") && at <= Date.parse(one.to ?? ""),
            );
            if (last === undefined) continue;
            checked += 1;
            expect(holder).to.equal(last.served);
          }
      }),
      { ...cases, seed: 20261127 },
    );
    expect(checked).to.be.above(cases.numRuns / 2);
  });
});

interface Refusal {
  readonly at: number;
  readonly by: string | null;
  /** The log stream of the client that the peer served at that time. */
  readonly served: string | null;
}

function refusalsIn({ functions }: Evidence): Refusal[] {
  const refusals: Refusal[] = [];
  const streams = new Map<number, string | null>();
  let served: number | null = null;
  for (const { event, connection, hello, time } of functions[0]?.peerLog ?? []) {
    if (connection !== null && hello !== null) streams.set(connection, hello.logStream);
    if (event === "accepted") served = connection;
    else if (event === "ready" || (connection === served && event !== "request")) served = null;
    else if (event === "refused" && connection !== null)
      refusals.push({
        at: Date.parse(time),
        by: streams.get(connection) ?? null,
        served: served === null ? null : (streams.get(served) ?? null),
      });
  }
  return refusals;
}
