/**
 * `make chaos [DURATION=10m] [KILLS=30] [SEED=…]`: performs a story (runs in which processes are killed, drawn from the seed) with the built
 * command. It begins no further run when the time is over, or when the runs that have begun plan at least KILLS kills. The story and the
 * problems go to standard output, measured values to standard error. If there is a problem, the exit code is 1 and the folder of the run is
 * kept. Ctrl-C ends everything at once, with exit code 130.
 */
import { randomInt } from "node:crypto";
import { mkdirSync, mkdtempSync, rmdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process, { env, exit, platform, stderr, stdout } from "node:process";
import type { Parsed } from "../../src/settings/parsed.ts";
import { SEED_MAX } from "../../src/settings/shared-settings.ts";
import { duration, wholeNumber } from "../../src/settings/value-parsers.ts";
import { drawStory } from "./draw-story.ts";
import { performRun, type Performed } from "./perform-run.ts";
import { killsIn, runText, type Run } from "./story.ts";

/** How many runs are performed at one time. A run mostly waits. */
const LANES = 2;

/** At least this part of the planned kills must be possible: the others come after their process has ended by itself. */
const DONE_MIN = 0.75;

if (platform !== "linux") {
  stderr.write("make chaos needs Linux: it looks for processes in /proc\n");
  exit(69);
}
const seed = given("SEED", wholeNumber({ min: 0, max: SEED_MAX })) ?? randomInt(0, SEED_MAX + 1);
const kills = given("KILLS", wholeNumber({ min: 1, max: 1_000_000 }));
const lengthMs = given("DURATION", duration({ min: 1_000, example: "1s" }));
const untilMs = lengthMs ?? (kills === null ? 600_000 : Infinity);

stdout.write(`chaos with SEED=${seed}\n`);
const base = mkdtempSync(join(tmpdir(), "longrun-chaos-"));
const total = { runs: 0, kills: 0, planned: 0, problems: 0, notDone: 0 };
const verdicts = new Map<string, number>();
const running = new Set<Promise<void>>();
const stop = new AbortController();
// Ctrl-C: the runs end at once, and take their processes, mounts and files with them.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
for (const run of drawStory(seed)) {
  if (running.size === LANES) await Promise.race(running);
  if (stop.signal.aborted || performance.now() >= untilMs || total.planned >= (kills ?? Infinity)) break;
  stdout.write(`${runText(run)}\n`);
  total.planned += killsIn(run);
  const work = perform(run).finally(() => running.delete(work));
  running.add(work);
}
await Promise.all(running);
if (stop.signal.aborted) {
  rmSync(base, { recursive: true });
  exit(130);
}
if (total.problems === 0) rmdirSync(base);
if (total.kills < total.planned * DONE_MIN) {
  total.problems += 1;
  stdout.write(`PROBLEM: only ${total.kills} of ${total.planned} planned kills could be done\n`);
}
const decided = [...verdicts].sort().map(([text, times]) => `${text}: ${times}`);
stderr.write(
  `verdicts: ${decided.join(", ")}; ${total.kills} kills, ${total.notDone} actions could not be done\n`,
);
stdout.write(
  `chaos: ${total.runs} runs with ${total.planned} planned kills, ${total.problems} problems (SEED=${seed})\n`,
);
exit(total.problems === 0 ? 0 : 1);

async function perform(run: Run): Promise<void> {
  const folder = join(base, String(run.number));
  mkdirSync(folder);
  const began = performance.now();
  const performed = await performRun(run, folder, stop.signal);
  if (stop.signal.aborted) return;
  count(run.number, performed, folder);
  stderr.write(`run ${run.number}: ${((performance.now() - began) / 1_000).toFixed(1)} s\n`);
}

function count(number: number, performed: Performed, folder: string): void {
  total.runs += 1;
  total.kills += performed.kills;
  total.problems += performed.problems.length;
  total.notDone += performed.notDone.length;
  for (const verdict of performed.verdicts) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  for (const text of performed.notDone) stderr.write(`run ${number}: not done: ${text}\n`);
  for (const problem of performed.problems) stdout.write(`PROBLEM in run ${number}: ${problem}\n`);
  if (performed.problems.length === 0) rmSync(folder, { recursive: true });
  else stdout.write(`run ${number} is kept in ${folder}\n`);
}

/** Reads a variable of make. Returns null if it is not given. */
function given<T>(name: string, parse: (text: string) => Parsed<T>): T | null {
  const text = env[name] ?? "";
  if (text === "") return null;
  const parsed = parse(text);
  if (parsed.ok) return parsed.value;
  stderr.write(`${name}=${text}: expected ${parsed.expected}\n`);
  return exit(64);
}
