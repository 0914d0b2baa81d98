import { expect } from "chai";
import type { PlatformRecord } from "../../src/record/ended-environment.ts";
import type { EngineList } from "../../src/record/evidence-problems.ts";
import type { LinkLogRecord } from "../../src/record/link-log.ts";
import type { EngineControl, EntryPage } from "../../src/run/ports/engine-control.ts";
import { EngineRecords, type EngineReading } from "../../src/run/engine-records.ts";

const FIRST = "2026-11-25T01:00:00.000Z";
const SECOND = "2026-11-25T01:05:00.000Z";

const link = (connection: number, event: LinkLogRecord["event"], environment = "e1"): LinkLogRecord => ({
  time: `2026-11-25T01:00:0${connection}.000Z`,
  event,
  functionName: "f",
  environment,
  boot: 1,
  connection,
  upstreamLocal: null,
  by: null,
  ending: null,
  answered: false,
  error: null,
});

const end = (environment: string) =>
  ({
    result: "ended",
    functionName: "f",
    environment,
    time: SECOND,
    ending: "silence",
  }) as const;

/** An engine, which a test can replace by another one, and the records that a run takes from both engines. */
function engine(from: Partial<EngineReading> = {}) {
  const state = {
    since: FIRST,
    links: [] as LinkLogRecord[],
    firstLink: 0,
    alive: [] as string[],
    /** How many ends of environments the engine has recorded, and how many of these it has dropped. */
    ends: { recorded: 0, dropped: 0 },
    forgotten: [] as EngineList[],
  };
  const links: [number, string][] = [];
  const applied: PlatformRecord[] = [];
  const restarts: [string, number][] = [];
  const page = <T>(entries: readonly T[], at: number): Promise<EntryPage<T>> =>
    Promise.resolve({ entries: entries.slice(at), next: entries.length, since: state.since });
  const control: EngineControl = {
    status: () => Promise.resolve({ isolation: "none", since: state.since }),
    loadPlan: () => Promise.resolve(),
    stopPlan: () => Promise.resolve(),
    environments: () => Promise.resolve(state.alive),
    applied: (at) => page([], at),
    links: (at) =>
      Promise.resolve({
        entries: state.links.slice(Math.max(0, at - state.firstLink)),
        next: state.firstLink + state.links.length,
        since: state.since,
      }),
    ends: (at) => {
      const { recorded, dropped } = state.ends;
      const all = Array.from({ length: recorded }, (_, index) => end(`x${index}`));
      return Promise.resolve({
        entries: all.slice(Math.max(at, dropped)),
        next: recorded,
        since: state.since,
      });
    },
  };
  const records = new EngineRecords({
    control,
    store: {
      appendLinks: (_label, list) =>
        links.push(...list.map(({ connection, event }) => [connection, event] as [number, string])),
      appendApplied: (list) => applied.push(...list),
    },
    labels: new Map([["f", "one"]]),
    from: {
      since: FIRST,
      connections: 0,
      lastConnection: 0,
      lastLinks: new Map(),
      ended: new Set(),
      lost: false,
      ...from,
    },
    entries: 0,
    environments: () => Promise.resolve(new Set(["e0", "e1", "e2"])),
    restarted: (since, connections) => {
      restarts.push([since, connections]);
      return Promise.resolve(0);
    },
    forgotten: (list) => state.forgotten.push(list),
  });
  return { state, records, links, applied, restarts };
}

describe("EngineRecords", () => {
  it("takes each record once", async () => {
    const { state, records, links, applied } = engine();
    state.links = [link(1, "opened")];
    await records.pull();
    state.links = [...state.links, link(1, "closed")];
    await records.pull();
    expect(links).to.deep.equal([
      [1, "opened"],
      [1, "closed"],
    ]);
    expect(applied).to.deep.equal([]);
  });

  it("reads a new engine's records from their beginning, and gives its connections higher numbers than the old engine's", async () => {
    const { state, records, links, applied, restarts } = engine({ ended: new Set(["e0"]) });
    state.links = [link(1, "opened"), link(2, "opened")];
    await records.pull();
    Object.assign(state, { since: SECOND, links: [link(1, "opened", "e2")], alive: ["e2"] });
    await records.pull();
    await records.pull();
    // The number 3 is left out, because the killed engine may have used it.
    expect(links).to.deep.equal([
      [1, "opened"],
      [2, "opened"],
      [4, "opened"],
    ]);
    expect(restarts).to.deep.equal([[SECOND, 3]]);
    expect(applied).to.deep.equal([end("e1")]);
  });

  it("leaves out the records that a resumed run already has, if the engine kept running meanwhile", async () => {
    const opened = { ...link(2, "opened"), connection: 12 };
    const { state, records, links } = engine({
      connections: 10,
      lastConnection: 12,
      lastLinks: new Map([["one", opened]]),
    });
    state.links = [link(1, "opened"), link(1, "closed"), link(2, "opened"), link(2, "closed")];
    await records.pull();
    expect(links).to.deep.equal([[12, "closed"]]);
    expect(state.forgotten).to.deep.equal([]);
  });

  it("says that records may be missing, and takes only later ones, if the engine no longer has a resumed run's last record", async () => {
    const { state, records, links } = engine({ lastLinks: new Map([["one", link(2, "closed")]]) });
    state.links = [link(1, "closed"), link(3, "opened")];
    await records.pull();
    await records.pull();
    expect(links).to.deep.equal([[3, "opened"]]);
    expect(state.forgotten).to.deep.equal(["links"]);
  });

  it("does not say that records are missing if the last record that a resumed run has is from an earlier engine", async () => {
    const { state, records } = engine({ connections: 10, lastLinks: new Map([["one", link(2, "closed")]]) });
    await records.pull();
    expect(state.forgotten).to.deep.equal([]);
  });

  it("says that records are missing if the engine has forgotten some since the last reading", async () => {
    const { state, records, links } = engine();
    Object.assign(state, { links: [link(5, "opened")], firstLink: 7 });
    await records.pull();
    expect(state.forgotten).to.deep.equal([]);
    Object.assign(state, { links: [link(7, "opened")], firstLink: 9 });
    await records.pull();
    expect(state.forgotten).to.deep.equal(["links"]);
    expect(links).to.deep.equal([
      [5, "opened"],
      [7, "opened"],
    ]);
  });

  it("says that ends of environments are missing if the engine has dropped some since the last reading", async () => {
    const { state, records, applied } = engine();
    state.ends.recorded = 1;
    await records.pull();
    state.ends = { recorded: 4, dropped: 2 };
    await records.pull();
    expect([applied.length, state.forgotten]).to.deep.equal([3, ["ends"]]);
  });

  it("notes, in a resumed run, which environments ended with the killed engine", async () => {
    const { state, records, applied } = engine({ since: SECOND, lost: true });
    state.since = SECOND;
    state.alive = ["e2"];
    await records.pull();
    expect(applied).to.deep.equal(["e0", "e1"].map(end));
  });
});
