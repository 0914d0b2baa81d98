/** Which invocations of a stream are quiet, so that they need not be kept. */
import { expect } from "chai";
import { InvocationWatch, type QuietKind } from "../../src/evidence/invocation-watch.ts";
import { streamEvent } from "../../src/logs/stream-event.ts";

const AT = Date.parse("2026-11-25T10:00:00Z");
const ID = "00000000-0000-4000-8000-000000000001";
const METRICS = { durationMs: 10, billedDurationMs: 10, memorySizeMB: 128, maxMemoryUsedMB: 60 };
const time = (ms: number): string => new Date(AT + ms).toISOString();

interface Given {
  readonly connectMs?: number;
  readonly disconnectMs?: number;
  /** Of the lines about the start and the end of the connection. */
  readonly boots?: readonly string[];
  readonly sequences?: readonly number[];
}

/** An invocation from 10 to 20 ms with one connection. The boot's first line comes before it. */
function kindOf(given: Given = {}): QuietKind | null {
  const { connectMs = 12, disconnectMs = 18, boots = ["boot-1", "boot-1"], sequences = [2, 3] } = given;
  const kinds: (QuietKind | null)[] = [];
  const watch = new InvocationWatch(
    { odd: () => undefined, ended: ({ kind }) => void kinds.push(kind) },
    null,
  );
  const line = (
    event: string,
    ms: number,
    of: { readonly bootId: string | undefined; readonly sequence: number | undefined },
    invoke = true,
  ): [number, object] => [
    ms,
    {
      longrun: 1,
      time: time(ms),
      event,
      phase: invoke ? "invoke" : "init",
      requestId: invoke ? ID : null,
      ...of,
      ...(event === "boot" ? {} : { connection: 1, outcome: event === "connect" ? "accepted" : null }),
    },
  ];
  const platform = (type: string, ms: number, record: object): [number, object] => [
    ms,
    { time: time(ms), type: `platform.${type}`, record: { requestId: ID, ...record } },
  ];
  const events = [
    line("boot", 1, { bootId: "boot-1", sequence: 1 }, false),
    platform("start", 10, { version: "$LATEST" }),
    line("connect", connectMs, { bootId: boots[0], sequence: sequences[0] }),
    line("disconnect", disconnectMs, { bootId: boots[1], sequence: sequences[1] }),
    platform("runtimeDone", 20, { status: "success", metrics: { durationMs: 10 } }),
    platform("report", 21, { status: "success", metrics: METRICS }),
  ];
  events.forEach(([ms, message], order) => {
    const timestamp = AT + ms;
    watch.take({
      event: streamEvent(
        { timestamp, message: JSON.stringify(message), ingestionTime: null, eventId: null },
        String,
      ),
      order,
    });
  });
  expect(kinds).to.have.lengthOf(1);
  return kinds[0] ?? null;
}

describe("an invocation with one connection", () => {
  it("is quiet if its lines are from the time between START and END, with both ends", () => {
    expect([kindOf(), kindOf({ connectMs: 10, disconnectMs: 20 })]).to.deep.equal(["served", "served"]);
  });

  for (const [title, given] of [
    ["was made before START", { connectMs: 9 }],
    ["was closed after END", { disconnectMs: 21 }],
    ["was closed before it was made, by the clock", { connectMs: 18, disconnectMs: 12 }],
    ["was closed by another process", { boots: ["boot-1", "boot-2"] }],
    ["was made by another process than the one before", { boots: ["boot-2", "boot-2"] }],
    ["has lines with a gap before them", { sequences: [3, 4] }],
    ["has lines with a gap between them", { sequences: [2, 4] }],
  ] satisfies (readonly [string, Given])[])
    it(`is kept if the connection ${title}`, () => {
      expect(kindOf(given)).to.equal(null);
    });
});
