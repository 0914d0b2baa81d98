/** Reads a run directory line by line, even if the run was killed. Refuses any other folder, and a run of a newer version. */
import { wrongInput, type LongrunError } from "../../base/errors.ts";
import { isNestedTooDeeply, shown } from "../../base/json-object.ts";
import { MANIFEST, type Manifest } from "../../record/manifest.ts";
import { PLAN, type Plan } from "../../record/plan-file.ts";
import { memberProblems } from "../../record/schema/member-problems.ts";
import { readAs } from "../../record/schema/read-as.ts";
import {
  RunGathering,
  type RunSink,
  type ScannedFunction,
  type ScannedRun,
} from "../../evidence/gather-run.ts";
import type { GatheredEvidence } from "../../evidence/gathered-evidence.ts";
import { eachJsonLine, readJsonLines } from "./json-lines.ts";
import {
  asJournalEvent,
  asLinkRecord,
  asLogRecord,
  asMetricsLine,
  asPeerRecord,
  asPlatformRecord,
} from "./run-records.ts";
import { readRunFile } from "./run-files.ts";
import { runFolder } from "./run-folder.ts";
import { isFolder } from "../node/is-folder.ts";
import { SpilledTexts } from "../storage/spilled-texts.ts";

/** The version of the run directory. A recorded run of each older version is kept (harness/test/golden). */
export const RUN_SCHEMA_VERSION = 1;

export interface OpenRun {
  readonly evidence: GatheredEvidence;
  /** After this call, the evidence cannot be read. */
  readonly close: () => void;
}

export function openRun(folder: string): OpenRun {
  const gathering = new RunGathering(new SpilledTexts());
  try {
    return opened(scanRun(folder, gathering), gathering);
  } catch (error) {
    gathering.close();
    throw error;
  }
}

/** Passes evidence that is not in the folder to `sink`. Resolves with the run and what is now known about its sources. */
export type AddEvidence = (run: ScannedRun, sink: RunSink) => Promise<ScannedRun>;

/** Opens a run directory together with evidence from elsewhere, such as a server's log that the run did not read. */
export async function openRunWith(folder: string, add: AddEvidence): Promise<OpenRun> {
  const gathering = new RunGathering(new SpilledTexts());
  try {
    return opened(await add(scanRun(folder, gathering), gathering), gathering);
  } catch (error) {
    gathering.close();
    throw error;
  }
}

function opened(run: ScannedRun, gathering: RunGathering): OpenRun {
  return { evidence: gathering.evidence(run), close: () => gathering.close() };
}

export function scanRun(folder: string, sink: RunSink): ScannedRun {
  const paths = runFolder(folder);
  const manifest = readManifest(folder, paths.manifest);
  const functionArns = new Map<string, string>();
  let journalEnd: string | null = null;
  const journal = eachOf(folder, paths.journal, asJournalEvent, (event) => {
    journalEnd = event.time;
    if (event.event === "function-ready") functionArns.set(event.function, event.functionArn);
    sink.journal(event);
  });
  if (journal === null) throw notARun(folder, "it has no journal.jsonl");
  const metrics = readJsonLines(folder, paths.metrics, asMetricsLine);
  const functions = manifest.functions.map(({ name }): ScannedFunction => {
    const readings = (metrics?.values ?? []).filter((one) => one.function === name);
    const names = new Map<string, string>();
    const sources = {
      "journal.jsonl": journal,
      [`logs/${name}.jsonl`]: eachOf(
        folder,
        paths.logs(name),
        (value) => asLogRecord(value, names),
        (record) => sink.record(name, record),
      ),
      [`logs/peer-${name}.jsonl`]: eachOf(folder, paths.peer(name), asPeerRecord, (record) =>
        sink.peer(name, record),
      ),
      [`logs/link-${name}.jsonl`]: eachOf(folder, paths.links(name), asLinkRecord, (record) =>
        sink.link(name, record),
      ),
      "metrics.jsonl": metrics?.unreadable ?? null,
    };
    return {
      name,
      functionArn: functionArns.get(name) ?? null,
      has: {
        peerLog: sources[`logs/peer-${name}.jsonl`] !== null,
        linkLog: sources[`logs/link-${name}.jsonl`] !== null,
      },
      ...(readings.length === 0 ? {} : { metrics: { readings, loggedFrom: null, loggedTo: null } }),
      unreadable: Object.entries(sources).flatMap(([source, unreadable]) =>
        unreadable == null || unreadable.lines === 0 ? [] : [{ source, ...unreadable }],
      ),
    };
  });
  const applied = readJsonLines(folder, paths.applied, asPlatformRecord)?.values ?? null;
  return { manifest, plan: readPlan(folder), applied, journalEnd, functions };
}

/** Returns null if there is no plan. */
export function readPlan(folder: string): Plan | null {
  const found = readWhole(folder, runFolder(folder).plan);
  if (found === null) return null;
  const plan = asPlan(found);
  if (plan !== null) return plan;
  throw wrongInput(
    `${folder}: plan.json: expected the plan of a run, with a profile, a seed and a list of entries, found ${shown(found)}.`,
    { hint: DAMAGED },
  );
}

const asPlan = readAs(PLAN);

const DAMAGED =
  "The file was changed, or it is damaged. Restore its content; the other files of the run are not affected.";

function eachOf<T>(
  folder: string,
  path: string,
  as: (value: Record<string, unknown>) => T | null,
  take: (value: T) => void,
): ReturnType<typeof eachJsonLine> {
  return eachJsonLine(folder, path, (value) => {
    const checked = as(value);
    if (checked !== null) take(checked);
    return checked !== null;
  });
}

/** Throws a usage error if the folder is not a run of this version or an older one, or if a member of the manifest is wrong. */
export function readManifest(folder: string, path: string): Manifest {
  const what = isFolder(folder);
  if (what !== true) {
    const found = what === null ? "there is no such folder" : "it is a file";
    throw wrongInput(`${folder}: expected a run directory, but ${found}.`, {
      hint: "longrun soak prints the folder of its run on the last line.",
    });
  }
  const manifest = readWhole(folder, path) as Partial<Manifest> | null;
  if (manifest === null) throw notARun(folder, "it has no manifest.json");
  const version: unknown = manifest.schemaVersion;
  if (typeof version === "number" && version > RUN_SCHEMA_VERSION) {
    throw wrongInput(
      `${folder}: expected a run of schema version ${RUN_SCHEMA_VERSION}, found ${version}; a newer longrun made it.`,
      {
        hint: "Update lambda-longrun to read it.",
      },
    );
  }
  if (
    version !== RUN_SCHEMA_VERSION ||
    manifest.tool?.name !== "lambda-longrun" ||
    !Array.isArray(manifest.functions) ||
    manifest.profile === undefined
  ) {
    throw notARun(folder, "its manifest.json was not written by lambda-longrun");
  }
  const problems = memberProblems(MANIFEST, manifest);
  if (problems.length > 0)
    throw wrongInput(`${folder}: manifest.json, ${problems.join("; ")}.`, {
      hint: DAMAGED,
    });
  return manifest as Manifest;
}

/** Returns null if there is no such file. */
function readWhole(folder: string, path: string): unknown {
  const text = readRunFile(folder, path);
  if (text === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw notARun(folder, `${path} is not JSON`, error);
  }
  if (isNestedTooDeeply(value))
    throw wrongInput(
      `${path}: expected a file of a run, but it has lists or objects that are nested too deeply.`,
      { hint: DAMAGED },
    );
  return value;
}

function notARun(folder: string, why: string, cause?: unknown): LongrunError {
  return wrongInput(`${folder}: expected a run directory, but ${why}.`, {
    hint: "longrun soak prints the folder of its run on the last line.",
    ...(cause === undefined ? {} : { cause }),
  });
}
