import { expect } from "chai";
import { addCondensed } from "../../../src/analysis/timeline/add-condensed.ts";
import { foldStream } from "../../../src/analysis/timeline/fold-stream.ts";
import { PackedEnvironment } from "../../../src/analysis/timeline/packed-environment.ts";
import { InvocationColumns } from "../../../src/analysis/timeline/packed-invocations.ts";
import { summariseBoots } from "../../../src/analysis/correlate/summarise-boots.ts";
import { streamEvent } from "../../../src/logs/stream-event.ts";
import type { ObservedBoot, ObservedEnvironment } from "../../../src/analysis/timeline/environment.ts";

const UUID = "00000001-abcd-4000-8000-0123456789ab";

/** An environment with an Init, one invocation and lifecycle lines. `init` is the status of its Init. */
function environmentWith(init: string, more: readonly string[] = []): ObservedEnvironment {
  let sequence = 0;
  const platform = (type: string, record: object): string =>
    JSON.stringify({ time: new Date(1_000).toISOString(), type: `platform.${type}`, record });
  const line = (time: number, event: string, phase: string, rest: object): string =>
    JSON.stringify({
      ...{ longrun: 1, time: new Date(time).toISOString(), event, bootId: "boot", phase },
      ...{ requestId: phase === "invoke" ? UUID : null, sequence: (sequence += 1), ...rest },
    });
  const metrics = { durationMs: 120.25 };
  const size = { billedDurationMs: 121, memorySizeMB: 128, maxMemoryUsedMB: 71 };
  const about = { initializationType: "on-demand", phase: "init" };
  const runtime = { runtimeVersion: "nodejs:22.v50", functionName: "one", functionVersion: "7" };
  const texts = [
    platform("initStart", { ...about, ...runtime }),
    line(1_010, "boot", "init", {}),
    platform("initReport", { ...about, status: init, metrics }),
    platform("start", { requestId: UUID, version: "7" }),
    line(1_030, "connect", "invoke", { connection: 1, peer: "db:1", outcome: "accepted" }),
    line(1_040, "disconnect", "invoke", { connection: 1 }),
    platform("runtimeDone", { requestId: UUID, status: "success", metrics }),
    platform("report", { requestId: UUID, status: "success", metrics: { ...metrics, ...size } }),
    line(1_090, "disconnect", "shutdown", { connection: 9 }),
    ...more,
  ];
  const events = texts.map((message, index) =>
    streamEvent({ timestamp: 1_000 + 10 * index, message, ingestionTime: null, eventId: `${index}` }, String),
  );
  return foldStream("2026/11/24/[7]0123", events);
}

function factsOf({ keptInvocations, boots, ...rest }: ObservedEnvironment): object {
  return {
    ...rest,
    invocations: keptInvocations.map(({ requestId }) => requestId),
    boots: boots.map(bootFacts),
  };
}

function bootFacts({ environment, attempts, ...rest }: ObservedBoot): object {
  // An attempt refers to its environment, which is another object after the packing. So only the times of the attempts are compared.
  const accepted = rest.accepted.map(({ time }) => time);
  return { ...rest, accepted, environment: environment.id, attempts: attempts.map(({ time }) => time) };
}

/** Reads each of these members, whether it is a field or is read from the columns. */
function read<T extends object>(one: T, names: readonly string[]): T {
  return Object.fromEntries(names.map((name) => [name, one[name as keyof T]])) as T;
}

/** Returns those of these members to which a value can be assigned. */
function changeable(one: object, names: readonly string[]): readonly string[] {
  return names.filter((name) => {
    try {
      Object.assign(one, { [name]: one[name as keyof typeof one] });
      return true;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return false;
    }
  });
}

describe("an environment that is packed into columns to save memory", () => {
  it("is read back unchanged, and so is its boot", () => {
    const before = environmentWith("success");
    const names = Object.keys(before);
    const bootNames = Object.keys(before.boots[0] ?? {});
    summariseBoots([before], false);
    const facts = factsOf(before);
    const packed = new InvocationColumns().pack(before);
    expect(packed).to.be.instanceOf(PackedEnvironment);
    const boots = packed.boots.map((boot) => read(boot, bootNames));
    expect(factsOf({ ...read(packed, names), boots })).to.deep.equal(facts);
    expect(packed.boots[0]).to.equal(packed.boots[0]);
    expect(packed.boots[0]?.environment).to.equal(packed);
    expect(packed.keptInvocations.at(0)?.attempts[0]).to.equal(packed.boots[0]?.attempts[0]);
  });

  it("has the counts of invocations that are not listed", () => {
    const environment = environmentWith("success");
    addCondensed(environment, [
      { bootId: "boot", served: true, invocations: 3, lines: 9 },
      { bootId: null, served: false, invocations: 2, lines: 0 },
    ]);
    const packed = new InvocationColumns().pack(environment);
    expect(packed).to.be.instanceOf(PackedEnvironment);
    expect(packed.condensed).to.deep.equal({ served: 3, unseen: 2 });
    expect(packed.boots[0]?.condensedLines).to.equal(9);
  });

  it("refuses every change", () => {
    const before = environmentWith("success");
    const [bootBefore = {}] = before.boots;
    const [names, bootNames] = [Object.keys(before), Object.keys(bootBefore)];
    const packed = new InvocationColumns().pack(before);
    const [boot = {}] = packed.boots;
    expect(changeable(packed, names)).to.deep.equal([]);
    expect(changeable(boot, bootNames)).to.deep.equal([]);
  });

  it("is never an unusual one: an environment with an unknown line or a failed Init stays an object", () => {
    const unknown = JSON.stringify({
      time: new Date(1_000).toISOString(),
      type: "platform.news",
      record: {},
    });
    expect(new InvocationColumns().pack(environmentWith("success", [unknown]))).not.to.be.instanceOf(
      PackedEnvironment,
    );
    expect(new InvocationColumns().pack(environmentWith("error"))).not.to.be.instanceOf(PackedEnvironment);
  });

  it("has exactly one boot: an environment with two or none stays an object", () => {
    const [two, none] = [environmentWith("success"), environmentWith("success")];
    two.boots.push(...environmentWith("success").boots);
    none.boots.length = 0;
    for (const one of [two, none]) expect(new InvocationColumns().pack(one)).to.equal(one);
  });
});
