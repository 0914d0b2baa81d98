/**
 * Tests connections that a handler begins to close before it returns, without waiting for the close. They are open when the environment is
 * frozen, like connections that are kept on purpose. But if the check `connection-held-across-freeze` finds such a connection, its finding
 * says that the close was under way and how late it was.
 */
import { expect } from "chai";
import type { LinkLogRecord } from "../../../src/record/link-log.ts";
import { judge } from "./judge.ts";
import { START_MS } from "./story-options.ts";
import { TestRun } from "./story.ts";

type Link = ReturnType<TestRun["newLink"]>;
type TimedLine = Partial<LinkLogRecord> & { readonly after: number; readonly event: LinkLogRecord["event"] };

const REDIS = { protocol: "redis", catalogue: 1, outcome: "accepted", code: null } as const;
const FROZEN_MS = 1_000;

/**
 * Returns the findings of a story in which one environment connects in its first invocation. The arguments are the link's lines in three
 * phases: `before` the end of that invocation, while the environment is `frozen`, and in the second invocation (`thawed`). `after` is
 * the number of milliseconds since the beginning of the phase.
 */
function findings({
  before = [],
  frozen = [],
  thawed = [],
}:
  | Readonly<Record<"before" | "frozen" | "thawed", readonly TimedLine[]>>
  | Record<string, readonly TimedLine[]>) {
  const run = new TestRun({ lines: false, success: "true" });
  const one = run.environment().init();
  const link: Link = run.newLink(one);
  const tell = (lines: readonly TimedLine[]): number => {
    let waited = 0;
    for (const { after, event, ...members } of lines) {
      run.wait(after - waited);
      waited = after;
      run.linkLine(event, link, { answered: true, ...members });
    }
    return waited;
  };
  run.invoke(one, () => {
    run.linkLine("opened", link);
    run.wait(1);
    run.linkLine("connected", link);
    run.wait(1);
    run.linkLine("answered", link, { answered: true });
    run.linkLine("recognised", link, { ...REDIS, answered: true });
    tell(before);
  });
  run.wait(FROZEN_MS - tell(frozen));
  run.invoke(one, () => void tell(thawed));
  const evidence = run.end();
  const functions = evidence.functions.map((each) => ({ ...each, peerLog: null }));
  return [...judge({ ...evidence, functions }).findings]
    .filter(({ check, status }) => check === "connection-held-across-freeze" && status === "found")
    .map(({ code, parameters }) => (code === "held-across-freeze" ? parameters.closing : code));
}

const closing = (missedByMs: number | null, afterThawMs: number | null): unknown => [
  { missedByMs, afterThawMs },
];
const KEPT = [undefined];
const closed = { event: "closed", ending: "fin" } as const;
const half = { event: "half-closed" } as const;

describe("a close that was under way when the environment was frozen", () => {
  it("is no flaw if the function's FIN left before the freeze", () => {
    const before = [{ ...half, after: 0, by: "function" as const }];
    for (const after of [2, 40, 400]) {
      const frozen = [{ ...closed, after, by: "function" as const }];
      expect(findings({ before, frozen })).to.deep.equal([]);
    }
  });

  it("is no flaw if the link reads the function's FIN while the environment is frozen", () => {
    const frozen = [
      { ...half, after: 5, by: "function" as const },
      { ...closed, after: 30, by: "function" as const },
    ];
    expect(findings({ frozen })).to.deep.equal([]);
  });

  it("is no flaw if the server closes the connection after the protocol's goodbye", () => {
    const frozen = [{ ...closed, ...REDIS, after: 3, by: "peer" as const, goodbye: true }];
    expect(findings({ frozen })).to.deep.equal([]);
  });

  it("is no flaw if the goodbye was sent before the freeze, however late the server closes", () => {
    const said = new Date(START_MS + 130).toISOString();
    const last = { ...closed, ...REDIS, by: "peer" as const, goodbye: true, goodbyeAt: said };
    for (const protocol of ["longrun", "postgres", "mysql", "redis", "mqtt"]) {
      for (const after of [300, 900])
        expect(findings({ frozen: [{ ...last, protocol, after }] }), protocol).to.deep.equal([]);
      expect(findings({ thawed: [{ ...last, protocol, after: 0 }] }), protocol).to.deep.equal([]);
    }
  });

  it("is as late as the goodbye if the goodbye came after the thaw", () => {
    const thawed = [{ ...closed, ...REDIS, after: 4, by: "function" as const, goodbye: true }];
    const [found] = findings({ thawed });
    expect(found).to.include({ afterThawMs: 4 });
    expect(found).to.have.property("missedByMs").greaterThan(FROZEN_MS);
  });

  it("is late by an unknown time if the link saw only the goodbye", () => {
    const thawed = [{ event: "silenced" as const, ...REDIS, after: 500, goodbye: true }];
    expect(findings({ thawed })).to.deep.equal(closing(null, null));
  });

  describe("with a server that answers the goodbye and keeps the connection until the function's FIN", () => {
    const AMQP = { protocol: "amqp", catalogue: 4, outcome: "accepted", code: null } as const;
    const reset = { ...AMQP, event: "closed", ending: "rst", by: "peer", goodbye: true } as const;
    const goodbyeAt = new Date(START_MS + 130).toISOString();
    const fin = { ...half, by: "function" as const };

    it("is as late as the FIN, although the goodbye left before the freeze", () => {
      const thawed = [
        { ...fin, after: 11 },
        { ...reset, after: 13, goodbyeAt },
      ];
      const [found] = findings({ thawed });
      expect(found).to.include({ afterThawMs: 11, awaitedFin: "amqp" });
      expect(found).to.have.property("missedByMs").greaterThan(FROZEN_MS);
    });

    it("is no flaw if the FIN left before the freeze", () => {
      const closes = [
        { ...fin, after: 2 },
        { ...reset, after: 4, goodbyeAt },
      ];
      expect(findings({ before: closes })).to.deep.equal([]);
      expect(findings({ frozen: closes })).to.deep.equal([]);
    });

    it("is no flaw if the server has closed the connection before the freeze", () => {
      expect(findings({ before: [{ ...reset, after: 2, goodbyeAt }] })).to.deep.equal([]);
    });

    it("still counts as under way at the freeze if the FIN comes long after the thaw, and not as a connection that the function kept", () => {
      const thawed = [
        { ...fin, after: 600 },
        { ...reset, after: 601, goodbyeAt },
      ];
      const [found] = findings({ thawed });
      expect(found).to.include({ afterThawMs: 600, awaitedFin: "amqp" });
    });

    it("is late by an unknown time if the function sent no FIN", () => {
      const unknown = [{ missedByMs: null, afterThawMs: null, awaitedFin: "amqp" }];
      for (const by of ["environment-end", "peer"] as const) {
        const frozen = [{ ...reset, by, after: 20, goodbyeAt }];
        expect(findings({ frozen }), by).to.deep.equal(unknown);
      }
    });
  });

  it("is not assumed for a connection that the function kept", () => {
    const idle = [{ ...closed, ...REDIS, after: 500, by: "peer" as const, goodbye: false }];
    expect(findings({ frozen: idle })).to.deep.equal(KEPT);
    const later = [{ ...closed, ...REDIS, after: 500, by: "function" as const, goodbye: true }];
    expect(findings({ thawed: later })).to.deep.equal(KEPT);
    expect(findings({})).to.deep.equal(KEPT);
  });
});
