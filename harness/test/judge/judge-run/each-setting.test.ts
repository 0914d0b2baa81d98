/** Each setting of a judgement reaches it through each face: changed, it changes the judgement in the same way everywhere. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { readStories, unpackStory } from "../../../../scripts/golden/stories.ts";
import { soakManifest } from "../../../src/cli/soak/soak-manifest.ts";
import type { Evidence } from "../../../src/record/evidence.ts";
import { judgementSettings, OVERRIDABLE } from "../../../src/judge/judge-run.ts";
import type { Overrides } from "../../../src/record/judgement-settings.ts";
import type { LogRecord } from "../../../src/record/log-record.ts";
import type { Manifest } from "../../../src/record/manifest.ts";
import type { RunResult } from "../../../src/result/run-result.ts";
import { EvidenceRecorder } from "../../../src/explore/evidence-recorder.ts";
import { judgeRun } from "../../../src/library/index.ts";
import { EXPLORE_SETTINGS, REPLAY_SETTINGS } from "../../../src/settings/explore-settings.ts";
import { resolveSoak } from "../../../src/cli/soak/resolve-soak.ts";
import { ANALYZE_SETTINGS } from "../../../src/cli/analyze/analyze-settings.ts";
import { settingsByFlag, type SettingTable } from "../../../src/settings/setting-table.ts";
import { SOAK_SETTINGS, type SoakFlags } from "../../../src/settings/soak-settings.ts";
import { durationMs, epochMs } from "../../../src/base/time.ts";
import { systemClock } from "../../../src/adapters/node/system-clock.ts";
import { readRun } from "../../adapters/run-directory/read-run.ts";
import { longrun } from "../../cli/memory-machine.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

interface Example<Value> {
  /** The number of recorded evidence (scripts/golden/stories.ts) in which this value changes the judgement. */
  readonly story: string;
  readonly value: Value;
  /** The flags with which a soak gets this value. Null if a soak has no such flag. */
  readonly soak: SoakFlags | null;
  readonly analyze: readonly string[] | null;
}

const PEERS = [
  { name: "db", value: { host: "db.internal", port: 5432 } },
  { name: "broker", value: { host: "10.0.9.9", port: 1883 } },
];
const STREAM = "abcdef01abcdef01abcdef01abcdef01";

/** A setting of the judgement without an example does not compile. */
const EXAMPLES: { readonly [Name in keyof Required<Overrides>]: Example<Required<Overrides>[Name]> } = {
  settleMs: {
    ...{ story: "0018", value: 10_000_000 },
    soak: { settle: durationMs(10_000_000) },
    analyze: ["--settle", "10000s"],
  },
  clockToleranceMs: {
    ...{ story: "0001", value: 0 },
    soak: { "clock-tolerance": durationMs(0) },
    analyze: ["--clock-tolerance", "0s"],
  },
  idleLifeMs: {
    ...{ story: "0018", value: 0 },
    soak: { "idle-life": durationMs(0) },
    analyze: ["--idle-life", "0s"],
  },
  thresholds: {
    ...{ story: "0018", value: ["harm.total < 0"] },
    soak: { threshold: ["harm.total < 0"] },
    analyze: ["--threshold", "harm.total < 0"],
  },
  keptConnections: {
    ...{ story: "0001", value: "allowed" },
    soak: { "kept-connections": "allowed" },
    analyze: ["--kept-connections", "allowed"],
  },
  strangers: {
    ...{ story: "0018", value: [STREAM] },
    soak: { stranger: [STREAM] },
    analyze: ["--stranger", STREAM],
  },
  onlyClient: {
    ...{ story: "0082", value: true },
    soak: { "only-client": true },
    analyze: ["--only-client"],
  },
  expectations: {
    ...{ story: "0018", value: { f: "pass" } },
    soak: { expect: [{ key: "f", value: "pass" }] },
    analyze: null,
  },
  applicationLogLevel: {
    ...{ story: "0182", value: "ERROR" },
    soak: null,
    analyze: ["--application-log-level", "ERROR"],
  },
  reservedConcurrency: {
    ...{ story: "0001", value: 2 },
    soak: null,
    analyze: ["--reserved-concurrency", "2"],
  },
  inFlight: {
    ...{ story: "0001", value: 2 },
    soak: { "reserved-concurrency": 2, capacity: [{ name: null, value: 1 }] },
    analyze: null,
  },
  capacity: {
    ...{ story: "0001", value: { places: 5, given: true } },
    soak: { capacity: [{ name: null, value: 5 }] },
    analyze: ["--capacity", "5"],
  },
  peerCapacities: {
    ...{ story: "0591", value: { db: { places: 7, given: true } } },
    soak: { capacity: [{ name: "db", value: 7 }] },
    analyze: ["--capacity", "db=7"],
  },
};

/** What is compared: expectations change no function. A run's result also says what was overridden. */
function judged({ functions, expectationsMet, exitCode }: RunResult): unknown {
  return JSON.parse(JSON.stringify({ functions, expectationsMet, exitCode }));
}
const stories = readStories("told");

describe("each setting of a judgement", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  for (const [name, { story, value, soak, analyze }] of Object.entries(EXAMPLES)) {
    it(`reaches it through each face: ${name}`, async () => {
      const recorded = stories.get(story);
      if (recorded === undefined) throw new Error(`there is no story ${story}`);
      const [path = ""] = unpackStory(story, recorded, folder.path());
      const isRun = recorded.files.some((one) => one.path === "manifest.json");
      const where = join(folder.path(), path);
      const evidence = isRun ? readRun(where) : ofLogs(join(where, "f.jsonl"));
      const before = judged(judgeRun(evidence));
      const after = judgeRun(evidence, { [name]: value });
      expect(judged(after), "changed").to.not.deep.equal(before);
      if (isRun) expect(judgeRun(where, { [name]: value }), "library").to.deep.equal(after);
      if (analyze !== null) {
        const { out } = await longrun(["analyze", where, ...analyze, "--json"]);
        const { overrides, functions } = JSON.parse(out) as RunResult;
        expect(overrides, "analyze").to.deep.equal({ [name]: value });
        expect(functions, "analyze").to.deep.equal(JSON.parse(JSON.stringify(after.functions)));
      }
      if (soak === null) return;
      startedWith(where, soak);
      expect(judged(judgeRun(where)), "soak, as the library judges it").to.deep.equal(judged(after));
      await longrun(["judge", where], { inputLines: ["seal"] });
      const sealed = JSON.parse(readFileSync(join(where, "result.json"), "utf8")) as RunResult;
      expect(judged(sealed), "soak").to.deep.equal(judged(after));
    });
  }

  it("has a flag of soak or analyze, and explore and replay record those that they have", () => {
    const judges = (table: SettingTable): readonly unknown[] =>
      [...settingsByFlag(table).values()].flatMap((one) => one.judges ?? []);
    const flags = [...judges(SOAK_SETTINGS), ...judges(ANALYZE_SETTINGS), "peerCapacities"];
    expect(OVERRIDABLE.filter((name) => !flags.includes(name))).to.deep.equal([]);
    const { manifest } = new EvidenceRecorder(systemClock, {
      ...{
        label: "f",
        functionName: "f",
        functionArn: "a",
        logGroup: "g",
        timeoutMs: 1,
        runtime: "nodejs22.x",
      },
      ...{ program: { ranOn: null, notice: null }, admission: null, isolation: "none", toolVersion: "0.0.0" },
      ...{ capacity: 5, peers: [], strangers: ["backup"] },
    }).evidence({ records: [], linkLog: null, peerLog: null });
    const { capacity, strangers } = judgementSettings(manifest, {});
    expect({ capacity, strangers }).to.deep.equal({
      capacity: { places: 5, given: true },
      strangers: ["backup"],
    });
    const recorded = new Set([...judges(EXPLORE_SETTINGS), ...judges(REPLAY_SETTINGS)]);
    expect([...recorded].sort()).to.deep.equal(["capacity", "strangers"]);
  });
});

function ofLogs(file: string): Evidence {
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  const records = lines.map((line) => JSON.parse(line) as LogRecord);
  const one = { name: "f", functionArn: null, records, linkLog: null, peerLog: null, unreadable: [] };
  return { manifest: null, journal: null, plan: null, applied: null, functions: [one] };
}

/** Changes the manifest of a run as if these flags had been given to its soak. */
function startedWith(run: string, flags: SoakFlags): void {
  const path = join(run, "manifest.json");
  const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
  const severalPeers = manifest.functions[0]?.peers !== undefined;
  const peers: SoakFlags = severalPeers
    ? { peer: PEERS, capacity: PEERS.map(({ name }) => ({ name, value: 1 })) }
    : {};
  const [usual, given] = [manifestWith(peers), manifestWith({ ...peers, ...flags })];
  const profile = changed(usual.profile, given.profile);
  const functions = manifest.functions.map((one) => ({
    ...one,
    ...changed(usual.functions[0] ?? {}, given.functions[0] ?? {}),
  }));
  expect([profile, functions], "the manifest of the soak").to.not.deep.equal([{}, manifest.functions]);
  writeFileSync(
    path,
    JSON.stringify({ ...manifest, functions, profile: { ...manifest.profile, ...profile } }),
  );
}

function manifestWith(flags: SoakFlags): Manifest {
  const { settings } = resolveSoak(
    { function: [{ label: "f", name: "handler-connect" }], ...flags },
    {},
    null,
  );
  return soakManifest({
    ...{ settings, functionNames: new Map(), platform: "typical", seed: 1, now: epochMs(0), system: "linux" },
    inputs: { code: [], event: null, success: null, missing: null, problems: [] },
    resumed: null,
  });
}

function changed<Members extends object>(usual: Members, given: Members): Partial<Members> {
  const before = new Map<string, unknown>(Object.entries(usual));
  return Object.fromEntries(
    Object.entries(given).filter(([name, one]) => JSON.stringify(one) !== JSON.stringify(before.get(name))),
  ) as Partial<Members>;
}
