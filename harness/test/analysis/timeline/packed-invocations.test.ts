import { expect } from "chai";
import { epochMs } from "../../../src/base/time.ts";
import { LazyList, madeInOrder, madeList } from "../../../src/base/listed.ts";
import { InvocationColumns, PackedInvocations } from "../../../src/analysis/timeline/packed-invocations.ts";
import { foldStream } from "../../../src/analysis/timeline/fold-stream.ts";
import { listInvocations } from "../../../src/analysis/timeline/list-invocations.ts";
import { streamEvent } from "../../../src/logs/stream-event.ts";
import type {
  Attempt,
  ObservedEnvironment,
  ObservedInvocation,
} from "../../../src/analysis/timeline/environment.ts";

const UUID = (number: number): string => `${String(number).padStart(8, "0")}-abcd-4000-8000-0123456789ab`;

function stream(
  id: string,
  from: number,
  requestIds: readonly string[],
  last = "\tStatus: timeout",
): ObservedEnvironment {
  const at = (timestamp: number, message: string) =>
    streamEvent({ timestamp, message, ingestionTime: null, eventId: null }, (text) => text);
  return foldStream(
    id,
    requestIds.flatMap((requestId, index) => [
      at(from + 1_000 * index, `START RequestId: ${requestId} Version: $LATEST`),
      at(from + 1_000 * index + 50, `END RequestId: ${requestId}`),
      at(
        from + 1_000 * index + 60,
        `REPORT RequestId: ${requestId}\tDuration: 50.25 ms\tBilled Duration: 51 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t${index === requestIds.length - 1 ? last : ""}`,
      ),
    ]),
  );
}

/**
 * A stream whose invocations open a connection and close it. The parameter `without` names an event. The last invocation writes no line
 * of this event.
 */
function serving(requestIds: readonly string[], without = ""): ObservedEnvironment {
  let sequence = 0;
  const at = (timestamp: number, message: string) =>
    streamEvent({ timestamp, message, ingestionTime: null, eventId: null }, (text) => text);
  return foldStream(
    "a",
    requestIds.flatMap((requestId, index) => {
      const from = 1_000 * (index + 1);
      const line = (time: number, event: string, more: object) =>
        at(
          time,
          JSON.stringify({
            longrun: 1,
            time: new Date(time).toISOString(),
            event,
            bootId: "boot",
            phase: "invoke",
            requestId,
            sequence: (sequence += 1),
            connection: index + 1,
            ...more,
          }),
        );
      const lines = [
        { event: "invoke", line: line(from + 1, "invoke", {}) },
        { event: "connect", line: line(from + 2, "connect", { peer: "db:1", outcome: "accepted" }) },
        { event: "disconnect", line: line(from + 9, "disconnect", {}) },
      ];
      const isLast = index === requestIds.length - 1;
      return [
        at(from, `START RequestId: ${requestId} Version: $LATEST`),
        ...lines.filter(({ event }) => !isLast || event !== without).map((one) => one.line),
        at(from + 50, `END RequestId: ${requestId}`),
        at(
          from + 60,
          `REPORT RequestId: ${requestId}\tDuration: 50.25 ms\tBilled Duration: 51 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t`,
        ),
      ];
    }),
  );
}

/** The facts of an invocation, without the objects to which it belongs. */
function facts(one: ObservedInvocation): object {
  const { requestId, start, end, endedBy, reportAt, status, errorType, reset, handlerError } = one;
  const { initFailed, doubt, durationMs, invokedAt, attempts, perhaps } = one;
  return {
    ...{ requestId, start, end, endedBy, reportAt, status, errorType, reset, handlerError },
    ...{ initFailed, doubt, durationMs, invokedAt, perhaps, attempts: attempts.map(attemptFacts) },
  };
}

function attemptFacts(one: Attempt): object {
  const { time, clock, phase, requestId, outcome, ownLine, number, leaseHolder, disconnect } = one;
  return {
    ...{ time, clock, phase, requestId, outcome, ownLine, number, leaseHolder, disconnect },
    ...{ peer: one.peer, link: one.link, invocation: one.invocation?.requestId },
  };
}

function pack(environment: ObservedEnvironment): ObservedEnvironment {
  new InvocationColumns().pack(environment);
  return environment;
}

describe("invocations, packed into columns to save memory if possible,", () => {
  it("are read back unchanged, whatever their request IDs look like", () => {
    const ids = [UUID(1), "not-a-uuid", UUID(2).toUpperCase(), UUID(3)];
    const unpacked = stream("a", 1_000, ids, "");
    const before = [...unpacked.invocations];
    const environment = pack(unpacked);
    expect(environment.invocations).to.be.instanceOf(PackedInvocations);
    expect([...environment.invocations].map(facts)).to.deep.equal(before.map(facts));
    expect(environment.invocations.at(-1)?.requestId).to.equal(UUID(3));
    expect(environment.invocations.at(4)).to.equal(undefined);
  });

  it("are read back unchanged with the connections that they opened and closed", () => {
    const unpacked = serving([UUID(1), UUID(2)]);
    const before = unpacked.invocations.map(facts);
    const attempts = unpacked.boots.map((boot) => boot.attempts.map(attemptFacts));
    const environment = pack(unpacked);
    expect(environment.invocations).to.be.instanceOf(PackedInvocations);
    expect(environment.invocations.map(facts)).to.deep.equal(before);
    expect(environment.boots.map((boot) => boot.attempts.map(attemptFacts))).to.deep.equal(attempts);
    const [boot] = environment.boots;
    expect(environment.invocations.map((one) => one.attempts[0])).to.deep.equal(boot?.attempts);
    expect(boot?.attempts[1]?.invocation?.requestId).to.equal(UUID(2));
  });

  it("are kept as objects if one of them lacks the opening or the end of its connection", () => {
    for (const without of ["connect", "disconnect"]) {
      const environment = pack(serving([UUID(1), UUID(2)], without));
      expect(environment.invocations, without).not.to.be.instanceOf(PackedInvocations);
    }
  });

  it("are kept as objects if one of their times cannot be stored in a column", () => {
    const changes: readonly ((one: ObservedInvocation) => void)[] = [
      (one) => (one.end = epochMs(1_000.5)),
      (one) => (one.invokedAt = epochMs((one.start ?? 0) + 2 ** 31)),
    ];
    for (const change of changes) {
      const environment = serving([UUID(1), UUID(2)]);
      for (const one of environment.invocations) change(one);
      expect(pack(environment).invocations).not.to.be.instanceOf(PackedInvocations);
    }
  });

  it("are kept as objects if one of them did not succeed", () => {
    const environment = pack(stream("a", 1_000, [UUID(1), UUID(2)]));
    expect(environment.invocations).not.to.be.instanceOf(PackedInvocations);
  });

  it("are sorted by START together with the invocations of other environments", () => {
    const all = (packs: boolean): ObservedInvocation[] => {
      const environments = [
        stream("a", 1_000, [UUID(1), UUID(2), UUID(3)], ""),
        stream("b", 500, [], ""),
        stream("c", 1_500, [UUID(4), UUID(5)]),
        stream("d", 2_000, [UUID(6), UUID(7)], ""),
      ];
      return [...listInvocations(packs ? environments.map(pack) : environments)];
    };
    expect(all(true).map(({ requestId }) => requestId)).to.deep.equal(
      all(false).map(({ requestId }) => requestId),
    );
    expect(all(true).map(({ start }) => start)).to.deep.equal([
      1_000, 1_500, 2_000, 2_000, 2_500, 3_000, 3_000,
    ]);
  });
});

describe("a list of more than 1,000 elements", () => {
  for (const { name, list } of [
    { name: "one by one, by index", list: madeList(3_000, (index) => ({ index })) },
    {
      name: "all together, in order",
      list: madeInOrder(3_000, () => Array.from({ length: 3_000 }, (_, index) => ({ index }))),
    },
  ])
    it(`behaves like an array if its elements are made ${name}`, () => {
      const held = Array.from({ length: 3_000 }, (_, index) => ({ index }));
      expect(list).to.be.instanceOf(LazyList);
      expect([...list]).to.deep.equal(held);
      expect(JSON.stringify(list)).to.equal(JSON.stringify(held));
      expect([list.at(-1), list.at(7), list.at(3_000)]).to.deep.equal([held.at(-1), held.at(7), undefined]);
      expect(list.findLast(({ index }) => index % 7 === 0)).to.deep.equal({ index: 2_996 });
      expect(list.find(({ index }) => index > 5)).to.deep.equal({ index: 6 });
      expect([list.some(({ index }) => index === 9), list.every(({ index }) => index > 0)]).to.deep.equal([
        true,
        false,
      ]);
    });
});
