/** A quiet invocation is one that every source confirms. Here the peer's log has another time for one of 40 connections. */
import { expect } from "chai";
import { undisturbed } from "../../src/evidence/join-sources.ts";
import { ROW } from "../../src/evidence/record-store.ts";
import { drive, handlerConnect, ready } from "../analysis/analyze/designs.ts";
import { iso } from "../analysis/analyze/story-options.ts";
import { TestRun } from "../analysis/analyze/story.ts";
import { partial } from "../analysis/partial.ts";
import { same } from "./judged-twice.ts";

describe("an invocation whose connection is in the peer's log", () => {
  const run = new TestRun({ target: "logs" });
  const environment = ready(run);
  for (let n = 0; n < 40; n += 1) {
    drive(run, environment, handlerConnect, 1);
    run.wait(9_000);
  }
  const [evidence] = run.end().functions;

  /** Returns how many invocations need not be kept if these lines about one connection come `ms` later. */
  function countedIf(ms: number, events: readonly string[]): Promise<number> {
    const peerLog = (evidence?.peerLog ?? []).map((line) =>
      line.connection === 20 && events.includes(line.event)
        ? { ...line, time: iso(Date.parse(line.time) + ms) }
        : line,
    );
    return same(evidence?.records ?? [], peerLog);
  }

  for (const [title, ms, events] of [
    ["ended after it", 900, ["closed"]],
    ["began and ended before it", -900, ["accepted", "request", "closed"]],
  ] as const)
    it(`is quiet if the connection ${title} within the tolerance of the clocks, and kept with its neighbours if later`, async () => {
      const all = await countedIf(0, []);
      const beyond = ms + Math.sign(ms) * 300;
      expect(await countedIf(ms, events)).to.equal(all);
      expect(all - (await countedIf(beyond, events))).to.be.within(1, 10);
    });
});

/** The invocation runs from 100 to 200 and connects at 150; the clocks can differ by 50 ms. */
describe("undisturbed", () => {
  interface Seen {
    readonly from: number;
    readonly to: number;
    readonly extra?: number;
    readonly row?: number;
  }
  const side = (one: Seen | null) =>
    one === null ? null : { store: { from: () => one.from, to: () => one.to, extra: () => one.extra ?? 1 } };
  const quiet = ({
    peer = null,
    link = null,
    driven = null,
    kind = ROW.served,
  }: {
    readonly peer?: Seen | null;
    readonly link?: Seen | null;
    readonly driven?: number | null;
    readonly kind?: number;
  }): boolean => {
    const store = { kind: () => kind, start: () => 100, end: () => 200, connectedAt: () => 150 };
    const others = { driver: driven === null ? null : {}, peer: side(peer), link: side(link) };
    const partners = { driver: () => driven, peer: () => peer?.row ?? 0, link: () => link?.row ?? 0 };
    return undisturbed(partial({ store, others, toleranceMs: 50 }), partial(partners))(0);
  };

  for (const [title, input, expected] of [
    ["no other source exists", {}, true],
    ["the driver has it", { driven: 0 }, true],
    ["the driver does not have it", { driven: -1 }, false],
    ["the peer's connection begins at the earliest time", { peer: { from: 100, to: 200 } }, true],
    ["the peer's connection begins too early", { peer: { from: 99, to: 200 } }, false],
    ["the peer's connection begins at the latest time", { peer: { from: 200, to: 250 } }, true],
    ["the peer's connection begins too late", { peer: { from: 201, to: 250 } }, false],
    ["the peer's connection ends at the latest time", { peer: { from: 150, to: 250 } }, true],
    ["the peer's connection ends too late", { peer: { from: 150, to: 251 } }, false],
    ["the peer does not have it", { peer: { from: 150, to: 200, row: -1 } }, false],
    [
      "its own lines show no served connection",
      { peer: { from: 150, to: 200 }, kind: ROW.served + 1 },
      false,
    ],
    ["the link opened at its start", { link: { from: 100, to: 250 } }, true],
    ["the link opened before it", { link: { from: 99, to: 250 } }, false],
    ["the link opened when it was connected", { link: { from: 150, to: 250 } }, true],
    ["the link opened after that", { link: { from: 151, to: 250 } }, false],
    ["the link ended too late", { link: { from: 100, to: 251 } }, false],
    ["the link does not have it", { link: { from: 100, to: 250, row: -1 } }, false],
    ["peer and link agree", { peer: { from: 150, to: 200 }, link: { from: 100, to: 200 } }, true],
    ["peer and link differ", { peer: { from: 150, to: 200 }, link: { from: 100, to: 200, extra: 2 } }, false],
  ] as const)
    it(`is ${expected} if ${title}`, () => {
      expect(quiet(input)).to.equal(expected);
    });
});
