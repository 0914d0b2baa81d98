/** What `longrun analyze` costs on logs of any length: memory of the built command, and speed beside a plain scan of the same bytes. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { text } from "node:stream/consumers";
import { LineSplitter } from "../src/adapters/node/log-files/line-splitter.ts";
import { readLogs } from "../src/adapters/node/log-files/read-logs.ts";
import { timePaired, type PairedFigures } from "./paired.ts";
import { syntheticLogs, type SyntheticLogs } from "./synthetic-logs.ts";

export interface AnalyzeMemory {
  readonly mib: number;
  readonly bytes: number;
  readonly seconds: number;
}

const TELL_MEMORY = `data:text/javascript,${encodeURIComponent(
  'process.on("exit", () => process.stderr.write(`maxRSS=${process.resourceUsage().maxRSS}\\n`));',
)}`;

/** Peak resident memory of the built command while it judges this many events from a pipe. */
export async function analyzeMemory(logs: SyntheticLogs): Promise<AnalyzeMemory> {
  const started = performance.now();
  let bytes = 0;
  const child = spawn(
    process.execPath,
    ["--import", TELL_MEMORY, "dist/longrun.js", "analyze", "-", "--json"],
    {
      stdio: ["pipe", "ignore", "pipe"],
    },
  );
  const told = text(child.stderr);
  const counted = function* (): Generator<Buffer> {
    for (const piece of syntheticLogs(logs)) {
      bytes += piece.length;
      yield piece;
    }
  };
  const [code] = (
    await Promise.all([once(child, "exit"), pipeline(Readable.from(counted()), child.stdin)])
  )[0] as [number];
  const kib = /maxRSS=(\d+)/.exec(await told)?.[1];
  if (code !== 0 || kib === undefined) throw new Error(`longrun analyze ended with ${code}: ${await told}`);
  return { mib: Number(kib) / 1024, bytes, seconds: (performance.now() - started) / 1_000 };
}

const SPEED_BYTES = 64 << 20;

/**
 * An application's own lines, read for a judgement, against a plain scan of the same bytes for platform events: every line found, and
 * whether `platform.` stands in it. In one process, from memory, in turns.
 */
export async function analyzeSpeed(): Promise<PairedFigures> {
  const pieces = applicationLines();
  const source = async function* (): AsyncGenerator<Buffer> {
    for (const piece of pieces) yield await Promise.resolve(piece);
  };
  const timed = async (work: () => Promise<void>): Promise<number> => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
  const scan = async (): Promise<void> => {
    let found = 0;
    const lines = new LineSplitter(
      {
        line: (bytes) => void (found += bytes.includes("platform.") ? 1 : 0),
        longPart: () => {},
        longEnd: () => {},
      },
      1 << 20,
    );
    for await (const piece of source()) lines.push(piece);
    lines.finish();
    if (found > 0) throw new Error("an application's line names a platform event");
  };
  const read = async (): Promise<void> => {
    await readLogs({
      logs: [{ source: "synthetic", open: source }],
      peerLogs: [],
      functionName: null,
      range: { since: null, until: null },
      condense: { heldMax: 20_000, clockToleranceMs: 1_000 },
    });
  };
  return timePaired(
    () => timed(read),
    () => timed(scan),
    { pairs: 15, warmUp: 3 },
  );
}

function applicationLines(): readonly Buffer[] {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for (const piece of syntheticLogs({
    events: Infinity,
    invocationsPerEnvironment: 400,
    applicationLines: 40,
    overlapping: true,
  })) {
    const lines = piece
      .toString("latin1")
      .split("\n")
      .filter((line) => line.includes('\\"level\\"'));
    const kept = Buffer.from(`${lines.join("\n")}\n`, "latin1");
    pieces.push(kept);
    bytes += kept.length;
    if (bytes >= SPEED_BYTES) return pieces;
  }
  return pieces;
}
