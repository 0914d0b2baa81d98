/** Tests how many connections the judgement counts as open at one time: at the peer, and in one environment. */
import { expect } from "chai";
import type { JudgementSettings } from "../../../src/record/judgement-settings.ts";
import type { Evidence } from "../../../src/record/evidence.ts";
import type { LinkLogRecord } from "../../../src/record/link-log.ts";
import { drive, handlerConnect, lazyConnect, ready } from "./designs.ts";
import { judge, said } from "./judge.ts";
import * as mutate from "./mutate.ts";
import type { StoryOptions } from "./story-options.ts";
import { TestRun } from "./story.ts";

const places = (number: number | null): Partial<JudgementSettings> => ({
  capacity: { places: number, given: true },
  settleMs: 2_000,
});
const LATER_MS = 2_500;

describe("a function with two live environments", () => {
  const withoutBothLogs = (evidence: Evidence): Evidence =>
    mutate.withoutLinkLog(mutate.withoutPeerLog(evidence));

  /**
   * Returns the verdict, the code of the finding about the peak, and the largest number of connections of one environment, if the peer has
   * this number of places.
   */
  const pooled = (
    number: number,
    options: StoryOptions,
    mutation: (evidence: Evidence) => Evidence = (evidence) => evidence,
  ): unknown => {
    const run = new TestRun({ ...options, capacity: number });
    const [pool, other] = [ready(run), ready(run)];
    run.invoke(pool, (call) => {
      for (let size = 0; size < 3; size += 1) pool.connect();
      call.exchange();
    });
    run.wait(LATER_MS);
    for (const one of [other, pool]) drive(run, one, lazyConnect, 1);
    run.wait(20_000);
    const result = judge(mutation(run.end()), {
      ...places(number),
      keptConnections: "allowed",
      idleLifeMs: 0,
    });
    const [{ code, parameters = {} } = {}] = said(result, "peak-within-capacity");
    return [result.verdict, code, "perEnvironment" in parameters ? parameters.perEnvironment : null];
  };

  for (const { title, options, mutation, code } of [
    { title: "all logs", options: {}, mutation: undefined, code: "peak-above-capacity" },
    {
      title: "the link log alone",
      options: { lines: false },
      mutation: mutate.withoutPeerLog,
      code: "peak-above-capacity",
    },
    {
      title: "the function's own lines alone",
      options: { target: "aws" },
      mutation: withoutBothLogs,
      code: "peak-unknown",
    },
    {
      title: "the peer's log alone",
      options: { target: "aws", lines: false },
      mutation: undefined,
      code: "peak-unknown",
    },
  ] as const)
    it(`needs six places, three for each environment, if one of them has a pool of three connections (judged by ${title})`, () => {
      expect([pooled(6, options, mutation), pooled(5, options, mutation)]).to.deep.equal([
        ["pass", "peak-within-capacity", 3],
        ["inconclusive", code, 3],
      ]);
    });

  for (const { title, lines } of [
    { title: "the function's own disconnect lines", lines: true },
    { title: "the lines of the peer's log", lines: false },
  ])
    it(`needs two places if each connection is closed before the next one opens, as ${title} show`, () => {
      const run = new TestRun({ target: "aws", lines });
      const [one, other] = [ready(run), ready(run)];
      for (const environment of [one, other, one]) drive(run, environment, handlerConnect, 2);
      const evidence = run.end();
      const result = judge(lines ? mutate.withoutPeerLog(evidence) : evidence, {
        ...places(2),
        keptConnections: "allowed",
        idleLifeMs: 0,
      });
      expect(said(result, "peak-within-capacity")).to.deep.equal([
        {
          status: "clear",
          code: "peak-within-capacity",
          parameters: { environments: 2, perEnvironment: 1, places: 2 },
        },
      ]);
    });
});

describe("a place that the function's own line and a line without a name in the peer's log show", () => {
  for (const [beside, keep] of [
    ["nobody else", 2],
    ["a stranger without a name, which connects at about the same time", 1],
  ] as const)
    it(`is counted once, with ${beside}`, () => {
      const run = new TestRun({ capacity: 2, target: "aws", hello: false });
      const keeping = Array.from({ length: keep }, () => ready(run));
      for (const one of keeping) {
        drive(run, one, lazyConnect, 1);
        if (keep === 1) run.arrive({ bootId: null, logStream: null, phase: null }, null);
        run.wait(LATER_MS);
      }
      drive(run, ready(run), handlerConnect, 1);
      run.wait(5_000);
      for (const one of keeping) drive(run, one, lazyConnect, 1);
      run.wait(20_000);
      const { harm } = judge(run.end(), places(2));
      expect(harm.total).to.equal(1);
      expect(harm.windows[0]?.parameters).to.deep.include({ idlePlaces: keep, places: 2 });
    });
});

describe("the largest number of connections that were open at one time", () => {
  /** Three environments connect one after the other. Each environment wrote its last line before the next one connected. */
  const counted = (number: number | null, mutation: (link: readonly LinkLogRecord[]) => LinkLogRecord[]) => {
    const run = new TestRun({ capacity: 3 });
    const all = [ready(run), ready(run), ready(run)];
    for (const environment of all) drive(run, environment, lazyConnect, 1);
    run.wait(20_000);
    const { functions, manifest, ...others } = mutate.withoutPeerLog(run.end());
    // The peer is the user's server.
    const profile = manifest === null ? null : { ...manifest.profile, admission: null };
    const ofServer = manifest === null || profile === null ? null : { ...manifest, profile };
    const changed = functions.map((one) => ({ ...one, linkLog: mutation(one.linkLog ?? []) }));
    const result = judge({ ...others, manifest: ofServer, functions: changed }, places(number));
    return [result.places?.peakPlaces, said(result, "capacity-kept")[0]?.code];
  };
  const unchanged = (link: readonly LinkLogRecord[]): LinkLogRecord[] => [...link];

  it("includes connections of environments that wrote their last line before the next environment connected", () => {
    expect([counted(3, unchanged), counted(null, unchanged)]).to.deep.equal([
      [3, "capacity-kept"],
      [3, "capacity-kept"],
    ]);
  });

  it("is at most the number of places if no line shows for certain that more connections were open", () => {
    expect(counted(2, unchanged)).to.deep.equal([2, "capacity-kept"]);
  });

  it("includes connections that become known as accepted only when they end, as under TLS", () => {
    const late = (link: readonly LinkLogRecord[]): LinkLogRecord[] => {
      const end = link.at(-1)?.time ?? "";
      return link.flatMap((line) =>
        line.event === "answered"
          ? [
              line,
              {
                ...line,
                event: "recognised",
                protocol: "postgres",
                catalogue: 4,
                outcome: "accepted",
                code: null,
                time: end,
              },
            ]
          : [line],
      );
    };
    expect([counted(3, late), counted(2, late)]).to.deep.equal([
      [3, "capacity-kept"],
      [2, "capacity-kept"],
    ]);
  });
});
