/**
 * Tests the model of the picture: lanes, held connections and harm windows in milliseconds since the start, also if evidence is missing.
 */
import { expect } from "chai";
import type { EnvironmentResult, InvocationResult } from "../../src/result/environment-result.ts";
import type { FunctionResult } from "../../src/result/function-result.ts";
import { describeMark } from "../../src/report/picture/describe-mark.ts";
import type { Lane, Mark } from "../../src/report/picture/marks.ts";
import { pictureOf, timeRange } from "../../src/report/picture/picture-of.ts";
import { viewModel } from "../../src/report/view/view-model.ts";
import { bareEnvironment } from "./fixture-lane.ts";
import { failingFunction, fixtureResult, RUN_START, suspectedFunction } from "./fixture-result.ts";

const iso = (offset: number): string => new Date(RUN_START + offset).toISOString();
const bare = bareEnvironment("2026/11/25/[$LATEST]aaaa");

function onlyLane(
  environment: Partial<EnvironmentResult>,
  changes: Partial<FunctionResult> = {},
): Lane | undefined {
  const result = failingFunction({
    environments: [{ ...bare, ...environment }],
    invocationList: [],
    ...changes,
  });
  return pictureOf(result, RUN_START).lanes[0];
}

describe("pictureOf", () => {
  const picture = pictureOf(failingFunction(), RUN_START);

  it("makes one lane per environment, and marks the environments that were never invoked", () => {
    expect(
      picture.lanes.map(({ name, silent, invokes, holds, attempts }) => [
        name.short,
        silent,
        invokes.length,
        holds.length,
        attempts.length,
      ]),
    ).to.deep.equal([
      ["E1", false, 13, 1, 0],
      ["E2", true, 0, 1, 0],
      ["E3", false, 24, 1, 7],
      ["E4", true, 0, 1, 0],
      ["E5", false, 23, 1, 7],
      ["E6", true, 0, 0, 1],
    ]);
  });

  it("does not depend on the order of the environments in the result", () => {
    const { environments } = failingFunction();
    expect(
      pictureOf(failingFunction({ environments: [...environments].reverse() }), RUN_START),
    ).to.deep.equal(picture);
  });

  it("lets at most one environment hold the peer at a time", () => {
    const overlaps = picture.holds.filter(
      (hold, index) => index > 0 && hold.from < (picture.holds[index - 1]?.to ?? 0),
    );
    expect(overlaps).to.deep.equal([]);
    expect(picture.holds.map(({ lane }) => lane)).to.deep.equal([0, 1, 2, 3, 4]);
  });

  it("names the holder and the victims of each harm window", () => {
    expect(
      picture.windows.map(({ from, to, holder, victims }) => ({ from, to, holder, victims })),
    ).to.deep.equal([
      { from: 14_003, to: 20_004, holder: 1, victims: [2] },
      { from: 38_003, to: 44_004, holder: 3, victims: [4] },
    ]);
  });

  it("shows an exposure for each pair of environments, with their two lanes", () => {
    expect(picture.exposures.map(({ from, lanes }) => [from, [...lanes].sort()])).to.deep.equal([
      [14_003, [1, 2]],
      [38_003, [3, 4]],
      [52_003, [4, 5]],
    ]);
  });

  it("shows a silent suspect since its Init, and one that had served only while others failed", () => {
    const { lanes } = pictureOf(suspectedFunction(), RUN_START);
    const marks = lanes.flatMap(({ suspected }) => suspected);
    expect(marks.map(({ lane, from, to, row, rows }) => [lane, from, to, row, rows])).to.deep.equal([
      [1, 13_600, 19_030, 0, 1],
      [2, 38_003, 43_030, 0, 1],
    ]);
  });

  it("draws no lane for an environment without any instant", () => expect(onlyLane({})).to.equal(undefined));

  it("begins a lane before the start of the run if its environment is older than the run", () => {
    const lane = onlyLane({ initStart: iso(-5_000), initDurationMs: 40 });
    expect([lane?.from, lane?.init?.to, lane?.endKnown]).to.deep.equal([-5_000, -4_960, false]);
  });

  it("draws a connection as far as the last known instant of its environment if the end of the connection is unknown", () => {
    const connections = [
      { from: iso(100), to: null, openedIn: "init", outcome: "accepted", ending: null },
    ] as const;
    const [hold] =
      onlyLane({ initStart: iso(50), end: iso(900), ending: "vanished", connections })?.holds ?? [];
    expect([hold?.from, hold?.to, hold?.endKnown]).to.deep.equal([100, 900, false]);
  });

  it("shows reset and evicted connections as held, and refused and failed ones as attempts", () => {
    const outcomes = ["accepted", "reset", "evicted", "refused", "timed-out", "failed", null] as const;
    const connections = outcomes.map((outcome, index) => ({
      from: iso(index),
      to: iso(index + 1),
      openedIn: null,
      outcome,
      ending: null,
    }));
    const lane = onlyLane({ connections });
    expect([lane?.holds.length, lane?.attempts.length]).to.deep.equal([3, 4]);
  });

  it("shows when a process was reset", () => {
    const boots = [
      { bootId: "a", from: iso(0), to: iso(500), reset: "timeout" },
      { bootId: "b", from: iso(600), to: null, reset: null },
    ] as const;
    expect(onlyLane({ boots })?.resets).to.deep.equal([
      { kind: "reset", lane: 0, from: 500, to: 500, reason: "timeout" },
    ]);
  });

  it("shows an invocation that never reached the peer as failed, even if it returned normally", () => {
    const list = failingFunction().invocationList.map((each) => ({ ...each, outcome: "succeeded" as const }));
    const { invokes } = pictureOf(failingFunction({ invocationList: list }), RUN_START);
    expect(invokes.filter(({ shown }) => shown === "failed")).to.have.lengthOf(12);
  });

  it("lists an invocation even if no lane shows it", () => {
    const [first] = failingFunction().invocationList;
    const throttled = {
      ...first,
      environment: null,
      from: null,
      to: null,
      durationMs: null,
      dueAt: iso(7_000),
      outcome: "throttled",
    } as InvocationResult;
    const { invokes } = pictureOf(failingFunction({ invocationList: [throttled] }), RUN_START);
    expect(invokes.map(({ lane, from, to, endKnown }) => ({ lane, from, to, endKnown }))).to.deep.equal([
      { lane: null, from: 7_000, to: 7_000, endKnown: false },
    ]);
  });
});

describe("timeRange", () => {
  it("spans the run and everything in the pictures", () => {
    const result = fixtureResult();
    expect(timeRange(result, [], RUN_START)).to.deep.equal([0, 61_200]);
    expect(timeRange({ ...result, run: { ...result.run, to: null } }, [], RUN_START)).to.deep.equal([
      0, 60_000,
    ]);
    const early = pictureOf(
      failingFunction({ environments: [{ ...bare, initStart: iso(-9_000), end: iso(70_000) }] }),
      RUN_START,
    );
    expect(timeRange(result, [early], RUN_START)).to.deep.equal([-9_000, 70_000]);
  });

  it("is one second long if the evidence shows no instant", () => {
    const result = fixtureResult();
    expect(
      timeRange({ ...result, run: { ...result.run, from: null, to: null, durationMs: null } }, [], 0),
    ).to.deep.equal([0, 1_000]);
  });
});

describe("describeMark", () => {
  const result = fixtureResult();
  const picture = pictureOf(failingFunction(), RUN_START);
  const view = viewModel(result).functions[0];
  const describeIt = (mark: Mark | undefined): readonly string[] => {
    if (mark === undefined || view === undefined) return [];
    const { title, facts } = describeMark(mark, { lanes: picture.lanes, view, start: RUN_START });
    return [title, ...facts.map(({ label, value }) => `${label}: ${value}`)];
  };

  it("describes the Init of an environment that was never invoked", () => {
    expect(describeIt(picture.lanes[1]?.init ?? undefined)).to.deep.equal([
      "Init phase: INIT WITHOUT INVOKE",
      "Environment: E2 (…7cf5e34f)",
      "From: 00:13.595 (01:02:16.595 UTC)",
      "To: 00:13.644 (01:02:16.644 UTC)",
      "Length: 49 ms",
      "Type: on-demand",
      "Then: never invoked",
    ]);
  });

  it("describes a failed invocation and its cause", () => {
    expect(describeIt(picture.lanes[2]?.invokes[0]).slice(0, 2)).to.deep.equal([
      "Invocation 14: function error (harm)",
      "Environment: E3 (…dc3a91bd)",
    ]);
    expect(describeIt(picture.lanes[2]?.invokes[0])).to.include("Cause: harm");
  });

  it("describes when the peer closed the connection that an invocation needed", () => {
    const mark = picture.lanes[2]?.invokes[0];
    if (mark === undefined) throw new Error("no invocation");
    const closed = { cause: "peer-closed", peerClosedAt: "2026-11-25T01:02:16.709Z" };
    expect(describeIt({ ...mark, invocation: { ...mark.invocation, ...closed } })).to.include.members([
      "Cause: peer-closed",
      "Peer closed: 00:13.709 (01:02:16.709 UTC)",
    ]);
  });

  it("describes who took over the connection that an invocation needed, and how long the invocation waited", () => {
    const mark = picture.lanes[2]?.invokes[0];
    const by = picture.lanes[1]?.name.id;
    if (mark === undefined || by === undefined) throw new Error("no invocation");
    const lines = [1_043, null].flatMap((waitedMs) =>
      describeIt({ ...mark, invocation: { ...mark.invocation, takenOver: { by, waitedMs } } }),
    );
    expect(lines).to.include.members([
      "Connection: taken over by E2 (…7cf5e34f); the invocation was without a connection for 1 s",
      "Connection: taken over by E2 (…7cf5e34f); the invocation got no other connection",
    ]);
  });

  it("describes a refused attempt with its environment and time", () => {
    expect(describeIt(picture.lanes[2]?.attempts[0])).to.deep.equal([
      "Refused: the peer was busy",
      "Environment: E3 (…dc3a91bd)",
      "Tried in: Init phase",
      "At: 00:13.709 (01:02:16.709 UTC)",
    ]);
  });

  it("returns a title for every kind of mark", () => {
    const lane = picture.lanes[0];
    const marks = [
      lane?.init,
      lane?.invokes[0],
      lane?.holds[0],
      lane?.end,
      picture.windows[0],
      picture.exposures[0],
      { kind: "frozen", lane: 0, from: 1, to: 2 } as const,
      pictureOf(suspectedFunction(), RUN_START).lanes[1]?.suspected[0],
    ];
    const titles = marks.map((mark) => describeIt(mark ?? undefined)[0]);
    expect(titles).to.deep.equal([
      "Init phase",
      "Invocation 1: succeeded",
      "Connection held",
      "Shutdown phase: end of the environment",
      "Harm 1 of 2: 6 invocations could not reach the peer",
      "Exposure",
      "Frozen",
      "Suspect: may have held the peer",
    ]);
  });
});
