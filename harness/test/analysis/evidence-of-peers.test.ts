/** Tests that the lines of a function with several peers count only for the peer that they name. */
import { expect } from "chai";
import fc from "fast-check";
import type { Evidence, FunctionEvidence } from "../../src/record/evidence.ts";
import type { LogRecord } from "../../src/record/log-record.ts";
import type { NamedPeer } from "../../src/record/manifest.ts";
import { capacityOfRun } from "../../src/words/capacity.ts";
import { evidenceOfPeers } from "../../src/analysis/evidence-of-peers.ts";
import { heldEvidence } from "../../src/evidence/held-evidence.ts";
import { propertyCases } from "../support/test-all.ts";
import { aheadElsewhere, handlerConnect, initConnect } from "./analyze/designs.ts";
import { judge } from "./analyze/judge.ts";
import { play, randomStory } from "./analyze/random-story.ts";
import { TestRun } from "./analyze/story.ts";

type Line = Record<string, unknown>;

const lineIn = ({ message }: LogRecord): Line | null => {
  if (!message.includes('"longrun":1')) return null;
  const line = JSON.parse(message) as Line;
  return line["longrun"] === 1 ? line : null;
};

const isAboutConnection = ({ event }: Line): boolean => event === "connect" || event === "disconnect";

/** Replaces each line of the function by the lines that `about` returns for it, and numbers all lines again. */
function rewritten(records: readonly LogRecord[], about: (line: Line) => readonly Line[]): LogRecord[] {
  const written = new Map<unknown, number>();
  return records.flatMap((record) => {
    const line = lineIn(record);
    if (line === null) return [record];
    return about(line).map((one, index) => {
      const sequence = (written.get(one["bootId"]) ?? 0) + 1;
      written.set(one["bootId"], sequence);
      return {
        ...record,
        ...(record.eventId === null ? {} : { eventId: `${record.eventId}-${index}` }),
        message: JSON.stringify({ ...one, sequence }),
      };
    });
  });
}

/**
 * Writes the peer name `db` into each line about a connection. After each such line, adds a connect line and a disconnect line of one more
 * connection, which leads to the peer `cache`.
 */
const bothNamed = (line: Line): readonly Line[] =>
  isAboutConnection(line)
    ? [
        { ...line, peerName: "db" },
        { ...line, event: "connect", outcome: "accepted", connection: 900, peerName: "cache" },
        { ...line, event: "disconnect", outcome: null, connection: 900, peerName: "cache" },
      ]
    : [line];

function ofTwoPeers(evidence: Evidence, about: (line: Line) => readonly Line[]): Evidence {
  const { manifest } = evidence;
  const places = capacityOfRun(manifest?.profile ?? {});
  const peers = ["db", "cache"].map((name): NamedPeer => ({
    name,
    host: "127.0.0.1",
    port: 7000,
    capacity: places.places ?? "unknown",
    capacityGiven: places.given,
  }));
  return {
    ...evidence,
    manifest:
      manifest === null
        ? null
        : { ...manifest, functions: manifest.functions.map((one) => ({ ...one, peers })) },
    functions: evidence.functions.map((one): FunctionEvidence => ({
      ...one,
      peerNames: ["db", "cache"],
      records: rewritten(one.records, about),
      peerLog: one.peerLog?.map((record) => ({ ...record, peer: "db" })) ?? null,
      linkLog: one.linkLog?.map((record) => ({ ...record, peer: "db" })) ?? null,
    })),
  };
}

/** Makes evidence without links and peer log, in which only the function's lines show what happened. */
function linesAlone(design: typeof handlerConnect): Evidence {
  const run = new TestRun({ target: "logs" });
  aheadElsewhere(run, design, { before: 4, during: 4, after: 4 });
  const evidence = run.end();
  return { ...evidence, functions: evidence.functions.map((one) => ({ ...one, peerLog: null })) };
}

describe("the lines of a function with several peers", () => {
  it("give the same result for one peer, whatever they say about another peer", () => {
    fc.assert(
      fc.property(randomStory, (story) => {
        const evidence = play(story);
        const one = judge(evidence);
        const [db] = judge(ofTwoPeers(evidence, bothNamed)).peers ?? [];
        const { verdict, reasons, exposure, harm } = one;
        expect(db).to.deep.include({
          name: "db",
          verdict,
          reasons,
          exposure: exposure.total,
          harm: harm.total,
        });
      }),
      { ...propertyCases(60), seed: 20261126 },
    );
  });

  it("are enough for a verdict about a peer that has neither links nor a log", () => {
    const [db] = judge(ofTwoPeers(linesAlone(initConnect), bothNamed)).peers ?? [];
    expect([db?.verdict, db?.reasons]).to.deep.equal(["fail", ["harm"]]);
  });

  for (const [title, about] of [
    ["those about connections name no peer", (line: Line) => [line]],
    [
      "those about connections name an unknown peer",
      (line: Line) => (isAboutConnection(line) ? [{ ...line, peerName: "plc" }] : [line]),
    ],
  ] as const)
    it(`are not read if ${title}`, () => {
      const [one] = heldEvidence(ofTwoPeers(linesAlone(initConnect), about)).functions;
      if (one === undefined) throw new Error("the evidence has no function");
      for (const own of evidenceOfPeers(one, ["db", "cache"]).values())
        expect(
          own.streams
            .map((stream) => [...stream.events()])
            .flat()
            .filter(({ said }) => said.kind === "lifecycle"),
        ).to.deep.equal([]);
    });

  it("are not read for a peer that none of them names, because its connections may have no lines", () => {
    const dbOnly = (line: Line): readonly Line[] =>
      isAboutConnection(line) ? [{ ...line, peerName: "db" }] : [line];
    const { findings } = judge(ofTwoPeers(linesAlone(handlerConnect), dbOnly));
    const inInit = findings.filter(({ check }) => check === "connection-opened-in-init");
    expect(new Set(inInit.map(({ peer, status }) => `${peer}: ${status}`))).to.deep.equal(
      new Set(["db: clear", "cache: unknown"]),
    );
  });
});
