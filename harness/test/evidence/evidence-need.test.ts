/**
 * Tests that what is kept of quiet invocations depends on nothing but the needs that the checks declare. An invocation is quiet if no
 * source shows anything unusual about it (evidence-need.ts).
 */
import { expect } from "chai";
import { readLogs } from "../../src/adapters/log-formats/read-logs.ts";
import { MemoryRowStore } from "../../src/adapters/storage/memory-row-store.ts";
import { judgementNeeds } from "../../src/analysis/judgement-needs.ts";
import { ALL_CHECKS } from "../../src/analysis/verdict/checks/all-checks.ts";
import type { Check } from "../../src/analysis/verdict/checks/check.ts";
import { unionOfNeeds, type EvidenceNeed, type EvidenceNeeds } from "../../src/evidence/evidence-need.ts";
import type { CondensedInvocations, GatheredFunction } from "../../src/evidence/gathered-evidence.ts";
import type { LogRecord } from "../../src/domain/log-record.ts";
import { drive, handlerConnect, ready } from "../analysis/analyze/designs.ts";
import { TestRun } from "../analysis/analyze/story.ts";

/** Two environments, one after the other, with an error in the middle of the first one. */
function story(): readonly LogRecord[] {
  const run = new TestRun({ target: "logs" });
  const first = ready(run);
  drive(run, first, handlerConnect, 40);
  run.invoke(first, (call) => call.throws("TypeError"));
  drive(run, first, handlerConnect, 40);
  drive(run, ready(run), handlerConnect, 40);
  return run.end().functions[0]?.records ?? [];
}

async function gathered(needs: EvidenceNeeds): Promise<GatheredFunction> {
  const bytes = Buffer.from(
    story()
      .map((record) => `${JSON.stringify(record)}\n`)
      .join(""),
  );
  const { evidence } = await readLogs(
    {
      logs: [{ source: "logs", open: () => once(bytes) }],
      peerLogs: [],
      functionName: null,
      range: { since: null, until: null },
      condense: { needs, heldMax: 0, clockToleranceMs: 1_000 },
    },
    new MemoryRowStore(),
  );
  const [only] = evidence.functions;
  if (only === undefined) throw new Error("the story has no function");
  return only;
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

const startsOf = ({ streams }: GatheredFunction): number =>
  streams
    .map((stream) => [...stream.events()])
    .flat()
    .filter(({ said }) => said.kind === "platform" && said.platform.event === "start").length;

const countsOf = ({ streams }: GatheredFunction): readonly CondensedInvocations[] =>
  streams.map((stream) => stream.condensed()).flat();

const needing = (...needs: readonly EvidenceNeed[]): EvidenceNeeds => unionOfNeeds([{ needs }]);

const ALL_STARTS = 121;
const NOT_QUIET = 1; // the invocation that failed

describe("quiet invocations", () => {
  it("are all kept if a check has no declaration of needs", async () => {
    const check: Pick<Check, "name" | "needs"> = { name: "new-check" };
    const all = await gathered(judgementNeeds([...ALL_CHECKS, check]));
    expect([startsOf(all), countsOf(all)]).to.deep.equal([ALL_STARTS, []]);
    expect(startsOf(await gathered(judgementNeeds()))).to.be.below(ALL_STARTS);
  });

  it("are not kept if every declaration of needs is empty", async () => {
    const none = await gathered(needing());
    expect([startsOf(none), countsOf(none), [...(none.condensedDurationsMs ?? [])]]).to.deep.equal([
      NOT_QUIET,
      [],
      [],
    ]);
    expect(none.condensedElsewhere).to.equal(undefined);
  });

  for (const [need, kept] of [
    ["environment-ends", 8],
    ["environment-neighbours", 8],
    ["most-concurrent", 1],
    ["clock-bounds", 0],
    ["silent-invocations", 0],
  ] as const) {
    const exception = kept === 0 ? "" : ` except ${kept}`;
    it(`are all left out${exception} if the only declared need is ${need}`, async () => {
      expect(startsOf(await gathered(needing(need)))).to.equal(NOT_QUIET + kept);
    });
  }

  it("have times in the evidence if the need for times is declared", async () => {
    const { condensedTimes } = await gathered(needing("invocation-times"));
    const times = [...(condensedTimes ?? [])];
    expect(times).to.have.lengthOf(ALL_STARTS - NOT_QUIET);
    expect(times.every(({ start, end, logStreamName }) => start < end && logStreamName !== "")).to.equal(
      true,
    );
  });

  it("are counted if the need for counts is declared", async () => {
    const counted = await gathered(needing("invocation-counts", "durations", "source-counts"));
    const invocations = countsOf(counted).reduce((sum, one) => sum + one.invocations, 0);
    expect([invocations, [...(counted.condensedDurationsMs ?? [])].length]).to.deep.equal([
      ALL_STARTS - NOT_QUIET,
      ALL_STARTS - NOT_QUIET,
    ]);
    expect(counted.condensedElsewhere).to.deep.equal({
      driven: 0,
      peerConnections: new Map(),
      linkConnections: 0,
    });
  });
});
