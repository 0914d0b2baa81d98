/**
 * Turns a real run of some minutes into the run directory of a run of several days, by repeating the lines of the real run. Each repeat has
 * its own times, ids and numbers. The command is `node --import tsx harness/bench/repeat-run.ts RUN INTO TIMES [--killed]`. TIMES is
 * the number of repeats. With `--killed`, the long run looks as if `kill -9` had ended it, for tests of `soak --resume`.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openSegments } from "../src/adapters/run-directory/segments.ts";
import { toRepeatable, type Repeat } from "./repeatable-line.ts";

interface Journalled {
  readonly event: string;
  readonly time: string;
}

/** Where a line of the real run is written: once at the beginning (head), in each repeat (each), or once at the end (tail). */
type Part = "head" | "each" | "tail";

interface RepeatedRun {
  readonly run: string;
  /** The folder to make. It must not exist. */
  readonly into: string;
  readonly times: number;
  readonly killed: boolean;
}

/** Pause between two repeats, in addition to `idleLifeMs`. So no environment of a repeat still counts as alive in the next repeat. */
const PAUSE_MS = 5_000;
const BATCH_BYTES = 1 << 18;
const HEAD = new Set(["run-started", "function-ready", "peer-ready", "drive-started"]);
const TAIL = new Set(["stop-requested", "drive-ended", "logs-settled", "run-ended"]);

function repeatRun({ run, into, times, killed }: RepeatedRun): void {
  const manifest = readJson(run, "manifest.json") as {
    profile: { durationMs: number; intervalMs: number; idleLifeMs: number };
    settings: object;
    createdAt: string;
    endedAt: string;
  };
  const plan = existsSync(join(run, "plan.json")) ? (readJson(run, "plan.json") as PlanFile) : null;
  const journal = linesOf(join(run, "journal.jsonl"));
  const events = journal.map((line) => JSON.parse(line) as Journalled);
  const { durationMs, intervalMs, idleLifeMs } = manifest.profile;
  const begun = Date.parse(events[0]?.time ?? "");
  const period = Date.parse(events.at(-1)?.time ?? "") - begun + idleLifeMs + PAUSE_MS;
  // The last repeat has the times of the real run, so that a resumed run comes after all repeats.
  const earlier = (times - 1) * period;
  const step = {
    periodMs: period,
    earlierMs: earlier,
    invocations: Math.floor(durationMs / intervalMs),
    entries: plan?.entries.length ?? 0,
    connections: 0,
    lines: 0,
  };

  mkdirSync(join(into, "logs"), { recursive: true });
  const part = (name: Part): readonly string[] =>
    journal.filter((_, index) => partOf(events[index]) === name);
  const head = part("head");
  const each = part("each");
  // The lines get new numbers, because in the real journal some lines of the tail lie between lines that are repeated.
  const numbered = (lines: readonly string[], after: number): readonly string[] =>
    lines.map((line, index) => line.replace(/"sequence":\d+/, `"sequence":${after + index + 1}`));
  write(join(into, "journal.jsonl"), {
    step: { ...step, lines: each.length },
    times,
    head: numbered(head, 0),
    each: numbered(each, head.length),
    tail: killed ? [] : numbered(part("tail"), head.length + each.length),
  });
  for (const name of readdirSync(join(run, "logs"))) {
    const lines = linesOf(join(run, "logs", name));
    const connections = Math.max(
      0,
      ...lines.map((line) => Number(/"connection":(\d+)/.exec(line)?.[1] ?? 0)),
    );
    const ready = lines.filter((line) => line.includes('"event":"ready"'));
    const each = lines.filter((line) => !ready.includes(line));
    write(join(into, "logs", name), { step: { ...step, connections }, times, head: ready, each, tail: [] });
  }

  // A killed run has ten more planned invocations, so that there is something to resume.
  const length = durationMs * times + (killed ? 10 * intervalMs : 0);
  writeJson(into, "manifest.json", {
    ...manifest,
    profile: { ...manifest.profile, durationMs: length },
    settings: { ...manifest.settings, duration: length },
    status: killed ? "running" : "ended",
    createdAt: new Date(Date.parse(manifest.createdAt) - earlier).toISOString(),
    endedAt: killed ? null : manifest.endedAt,
  });
  if (plan !== null)
    writeJson(into, "plan.json", { ...plan, durationMs: length, entries: planned(plan, times, period) });
}

interface PlanFile {
  readonly entries: readonly { readonly offsetMs: number }[];
}

function planned(plan: PlanFile, times: number, period: number): readonly object[] {
  return Array.from({ length: times }, (_, repeat) =>
    plan.entries.map((entry) => ({ ...entry, offsetMs: entry.offsetMs + repeat * period })),
  ).flat();
}

interface FileParts {
  readonly step: Repeat;
  readonly times: number;
  readonly head: readonly string[];
  readonly each: readonly string[];
  readonly tail: readonly string[];
}

function write(path: string, { step, times, head, each, tail }: FileParts): void {
  const file = openSegments(path);
  let batch = head.map((line) => `${toRepeatable(line, step)(0)}\n`).join("");
  const put = (text: string): void => {
    batch += `${text}\n`;
    if (batch.length < BATCH_BYTES) return;
    file.append(batch);
    batch = "";
  };
  const repeatable = each.map((line) => toRepeatable(line, step));
  for (let repeat = 0; repeat < times; repeat += 1) for (const line of repeatable) put(line(repeat));
  for (const line of tail) put(toRepeatable(line, step)(times - 1));
  file.append(batch);
  file.close();
}

function partOf(event: Journalled | undefined): Part {
  if (HEAD.has(event?.event ?? "")) return "head";
  return TAIL.has(event?.event ?? "") ? "tail" : "each";
}

function linesOf(path: string): readonly string[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "");
}

function readJson(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), "utf8"));
}

function writeJson(folder: string, name: string, value: object): void {
  writeFileSync(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [run = "", into = "", times = ""] = process.argv.slice(2);
  repeatRun({ run, into, times: Number(times), killed: process.argv.includes("--killed") });
}
