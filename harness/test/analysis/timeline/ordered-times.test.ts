/**
 * Makes the times of a log coarser, or lets them lose their zone. A comparison that is decided inside a step of the times is unknown: no verdict
 * and no finding becomes its opposite, and the invocations and environments stay the same.
 */
import { expect } from "chai";
import fc from "fast-check";
import { LongrunError } from "../../../src/base/errors.ts";
import type { LogRecord } from "../../../src/record/log-record.ts";
import type { PeerLogRecord } from "../../../src/record/peer-log.ts";
import { play, randomStory } from "../analyze/random-story.ts";
import { propertyRuns } from "../../support/test-all.ts";
import { judgeFiles } from "../../adapters/log-formats/judge-files.ts";
import { iso } from "../../adapters/log-formats/render/render.ts";

interface Judged {
  readonly verdict: string;
  readonly harm: number;
  readonly findings: readonly (readonly [check: string, status: string])[];
  readonly environments: readonly (readonly [id: string, invocations: number])[];
  readonly outcomes: readonly (readonly [requestId: string | null, outcome: string])[];
}

async function judged(text: string, peerLog: readonly PeerLogRecord[] | null): Promise<Judged | null> {
  try {
    return await judgeFiles({ "a.txt": text }, peerLog, 1 << 16, ({ functions }) => {
      const [one] = functions;
      return {
        verdict: one?.verdict ?? "none",
        harm: one?.harm.total ?? 0,
        findings: (one?.findings ?? []).map(({ check, status }) => [check, status]),
        environments: (one?.environments ?? []).map(({ id, invocations }) => [id, invocations]),
        outcomes: [...(one?.invocationList ?? [])].map(({ requestId, outcome }) => [requestId, outcome]),
      };
    });
  } catch (error) {
    expect(error).to.be.instanceOf(LongrunError).with.property("code", "usage");
    return null;
  }
}

/** As `aws logs tail` writes them, with another time. */
const text = (records: readonly LogRecord[], time: (timestamp: number) => string): string =>
  records
    .map((record) => `${time(record.timestamp)} ${record.logStreamName} ${record.message.trimEnd()}\n`)
    .join("");
const TIMES: Readonly<Record<string, (timestamp: number) => string>> = {
  "whole seconds": (time) => iso(time - (time % 1_000)).replace(".000", ""),
  "whole seconds with three zeros": (time) => iso(time - (time % 1_000)),
  "whole minutes": (time) => iso(time - (time % 60_000)),
  "local times without a zone": (time) => iso(time + 2 * 3_600_000).replace("Z", ""),
  "whole seconds of local times": (time) => iso(time - (time % 1_000) - 5 * 3_600_000).slice(0, 19),
};

describe("a log with coarse times, or times of a zone that they do not name", () => {
  for (const [name, time] of Object.entries(TIMES))
    it(`never has the opposite verdict or finding: ${name}`, async () => {
      await fc.assert(
        fc.asyncProperty(randomStory, fc.boolean(), async (story, withPeer) => {
          const options = { ...story.options, name: "device", target: "logs" as const };
          const [logged] = play({ ...story, options }).functions;
          const records = logged?.records ?? [];
          fc.pre(records.length > 3);
          // As AWS sends them, in the order in which they were written.
          const peerLog = withPeer ? (logged?.peerLog ?? null) : null;
          const exact = await judged(text(records, iso), peerLog);
          const coarse = await judged(text(records, time), peerLog);
          fc.pre(exact !== null);
          if (coarse === null) return;
          expect(coarse.environments).to.deep.equal(exact.environments);
          for (const [requestId, outcome] of coarse.outcomes) {
            const before = exact.outcomes.find(([id]) => id === requestId)?.[1];
            if (outcome !== "unknown" && before !== "unknown") expect(outcome).to.equal(before);
          }
          expect([exact.verdict, coarse.verdict].sort()).to.not.deep.equal(["fail", "pass"]);
          if (exact.harm === 0) expect(coarse.harm).to.equal(0);
          for (const check of [
            "clocks-agree",
            "connection-held-across-freeze",
            "connection-opened-in-init",
          ]) {
            const statuses = (one: Judged): readonly string[] =>
              one.findings.filter(([of]) => of === check).map(([, status]) => status);
            const [before, after] = [statuses(exact), statuses(coarse)];
            if (before.includes("found")) expect(after, check).to.not.deep.equal(["clear"]);
            if (before.every((status) => status === "clear")) expect(after, check).to.not.include("found");
          }
        }),
        { numRuns: propertyRuns(100), seed: 20261202 },
      );
    });
});
