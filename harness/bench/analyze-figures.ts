/** Measures the built command `longrun analyze`: its memory, and its speed compared with a plain scan (plain-scan.ts) of the same file. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { text } from "node:stream/consumers";
import { build } from "esbuild";
import { median, timePaired, type PairedFigures } from "./paired.ts";
import { syntheticLogs, type SyntheticLogs } from "./synthetic-logs.ts";
import { writeUnneededLines, type UnneededKind } from "./unneeded-lines.ts";

interface AnalyzeMemory {
  readonly mib: number;
  readonly bytes: number;
  readonly seconds: number;
}

const PRINT_MEMORY = `data:text/javascript,${encodeURIComponent(
  'process.on("exit", () => process.stderr.write(`maxRSS=${process.resourceUsage().maxRSS}\\n`));',
)}`;

/** Measures the peak resident memory of the command while it reads the logs from a pipe. */
export async function analyzeMemory(logs: SyntheticLogs): Promise<AnalyzeMemory> {
  const started = performance.now();
  let bytes = 0;
  const child = spawn(
    process.execPath,
    ["--import", PRINT_MEMORY, "dist/longrun.js", "analyze", "-", "--json"],
    {
      stdio: ["pipe", "ignore", "pipe"],
    },
  );
  const errorOutput = text(child.stderr);
  const counted = function* (): Generator<Buffer> {
    for (const piece of syntheticLogs(logs)) {
      bytes += piece.length;
      yield piece;
    }
  };
  const [code] = (
    await Promise.all([once(child, "exit"), pipeline(Readable.from(counted()), child.stdin)])
  )[0] as [number];
  const kib = /maxRSS=(\d+)/.exec(await errorOutput)?.[1];
  // Without lifecycle lines, or without two environments at the same time, the verdict is inconclusive.
  if (code !== (logs.lifecycleLines && logs.overlapping ? 0 : 2) || kib === undefined)
    throw new Error(`longrun analyze ended with ${code}: ${await errorOutput}`);
  return { mib: Number(kib) / 1024, bytes, seconds: (performance.now() - started) / 1_000 };
}

const SPEED_BYTES = 2 * 2 ** 30;

interface AnalyzeSpeed extends PairedFigures {
  readonly lines: number;
  /** The milliseconds of a plain scan that uses Node's line reader. */
  readonly readlineMs: number;
}

/**
 * Compares the built command with plain-scan.ts on a file of 2 GiB whose lines no judgement needs. The times include the start of each
 * process.
 */
export async function analyzeSpeed(kind: UnneededKind): Promise<AnalyzeSpeed> {
  const folder = await mkdtemp(join(tmpdir(), "longrun-bench-"));
  const file = join(folder, "lines.log");
  try {
    const lines = await writeUnneededLines(kind, SPEED_BYTES, file);
    const program = join(folder, "plain-scan.mjs");
    await build({ entryPoints: ["harness/bench/plain-scan.ts"], outfile: program, format: "esm" });
    const scan = (how: string) => (): Promise<number> => timed([program, how, file], 0);
    const readline = [await scan("readline")(), await scan("readline")(), await scan("readline")()];
    // The file shows too little for a judgement, so the verdict is inconclusive.
    const analyze = (): Promise<number> => timed(["dist/longrun.js", "analyze", file, "--json"], 2);
    const paired = await timePaired(analyze, scan("bytes"), { pairs: 9, warmUp: 1 });
    return { ...paired, lines, readlineMs: median(readline) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Returns the milliseconds from the start of a process to its end. */
async function timed(args: readonly string[], expected: number): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  const [code] = (await once(child, "exit")) as [number];
  if (code !== expected) throw new Error(`${args.join(" ")}: expected exit code ${expected}, got ${code}`);
  return performance.now() - started;
}
