import { expect } from "chai";
import { epochMs } from "../../../src/base/time.ts";
import { initWaitedFor } from "../../../src/analysis/timeline/init-waited-for.ts";
import { INIT_MS_MAX } from "../../../src/words/time-limits.ts";
import { partial } from "../partial.ts";

describe("initWaitedFor", () => {
  const init = { status: "success", start: 1_000, end: 1_500, endSource: "reported", withinMs: undefined };
  const waited = (members: Partial<Record<keyof typeof init, unknown>>, firstStart: number | null) =>
    initWaitedFor(
      partial({ init: { ...init, ...members }, initializationType: "on-demand" }),
      firstStart === null ? null : epochMs(firstStart),
    );

  for (const [gapMs, waitedFor] of [
    [0, true],
    [100, true],
    [101, null],
    [1_000, null],
    [1_001, false],
  ] as const)
    it(`returns ${waitedFor} for a gap of ${gapMs} ms between the Init and the first START`, () => {
      expect(waited({}, 1_500 + gapMs)).to.deep.equal({ gapMs, waitedFor });
    });

  for (const [gapMs, waitedFor] of [
    [90, true],
    [91, null],
    [1_010, null],
    [1_011, false],
  ] as const)
    it(`returns ${waitedFor} for a gap of ${gapMs} ms if the end of the Init is known within 10 ms`, () => {
      expect(waited({ withinMs: 10 }, 1_500 + gapMs)).to.deep.equal({ gapMs, waitedFor });
    });

  for (const [afterMs, waitedFor] of [
    [INIT_MS_MAX + 1_000, null],
    [INIT_MS_MAX + 1_001, false],
  ] as const)
    for (const unknown of [{ end: null }, { endSource: "start-follows" }])
      it(`returns ${waitedFor} if the end of the Init is unknown and START came ${afterMs} ms after its begin (${Object.keys(unknown)[0] ?? ""})`, () => {
        expect(waited(unknown, 1_000 + afterMs)).to.deep.equal({ gapMs: null, waitedFor });
      });

  it("returns nothing if the Init failed, or if there was no invocation", () => {
    const nothing = { gapMs: null, waitedFor: null };
    expect([waited({ status: "error" }, 500), waited({}, null)]).to.deep.equal([nothing, nothing]);
  });
});
