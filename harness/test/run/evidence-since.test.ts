import { expect } from "chai";
import type { LogRecord } from "../../src/record/log-record.ts";
import { evidenceSince } from "../../src/run/evidence-since.ts";
import { durationMs, epochMs, isoTime } from "../../src/base/time.ts";
import { manifestOf } from "../support/manifest-fixture.ts";
import { soakUnderTest } from "./soak-under-test.ts";

const CREATED = "2026-11-25T12:00:00.000Z";
const created = Date.parse(CREATED);
const HOUR = 3_600_000;
const MONTHS_AGO = "2026-05-01T00:00:00.000Z";

describe("evidenceSince", () => {
  const times = {
    modified: epochMs(Date.parse(MONTHS_AGO)),
    created: CREATED,
    idleLifeMs: 300_000,
    ownClock: false,
  };
  for (const [title, over, expected] of [
    ["an hour before the run if the function is older", {}, created - HOUR],
    [
      "the last change of the function if it is newer",
      { modified: epochMs(created - 1_000) },
      created - 1_000,
    ],
    ["a longer time before the run if --idle-life says so", { idleLifeMs: 2 * HOUR }, created - 2 * HOUR],
    [
      "the last change of the function if our own clock, which may be set back, stamps the lines",
      { ownClock: true },
      times.modified,
    ],
  ] as const) {
    it(`is ${title}`, () => {
      expect(evidenceSince({ ...times, ...over })).to.equal(expected);
    });
  }

  it("bounds what a soak on AWS reads, of the function's log and of its managed peer's", async () => {
    const record = (age: number): LogRecord => ({
      logGroup: "/aws/lambda/one",
      logStreamName: "s",
      timestamp: created - age,
      message: `${age}`,
      ingestionTime: null,
      eventId: `${age}`,
    });
    const reads = new Map<string, number>();
    const { logs } = await soakUnderTest({
      labels: ["one"],
      attached: [record(2 * HOUR), record(HOUR - 1)],
      lastModified: MONTHS_AGO,
      readLog: (group, from, until) => {
        // Before the first invocation, the run asks whether AWS returns events at all.
        if (until === null) reads.set(group, Math.min(from, reads.get(group) ?? Infinity));
      },
      input: {
        duration: durationMs(5_000),
        manifest: { ...manifestOf(), createdAt: CREATED },
        functions: [
          {
            label: "one",
            functionName: "one",
            deployment: null,
            peerLog: { logGroup: "/peer", address: null },
          },
        ],
      },
    });
    expect([...reads].map(([group, from]) => [group, isoTime(epochMs(from))])).to.deep.equal([
      ["/aws/lambda/one", "2026-11-25T11:00:00.000Z"],
      ["/peer", "2026-11-25T11:00:00.000Z"],
    ]);
    expect(logs.map(({ eventId }) => eventId).filter((id) => /^\d+$/.test(id ?? ""))).to.deep.equal([
      `${HOUR - 1}`,
    ]);
  });
});
