/**
 * Opens log files. Large files that are not compressed are skimmed by threads: the threads find the lines that a judgement must read. All
 * other files are left to the main thread.
 */
import { statSync } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { cpuUsage } from "node:process";
import { fileBytes, pieces, PIECE_BYTES, unpackedSize } from "../log-source-bytes.ts";
import type { LogBytes } from "../read-values.ts";
import { planRanges, type KnownFile, type PlannedFile, type RangeSizes } from "./plan-ranges.ts";
import { SkimAhead, type SkimAheadOptions } from "./skim-ahead.ts";
import type { SkimmedPiece } from "./skimmed-piece.ts";

interface OpenedLogs {
  /** The caller must open and read the files in their order. */
  open(index: number): LogBytes;
  close(): void;
}

export interface ThreadSettings extends RangeSizes, Pick<SkimAheadOptions, "threads" | "mainSkims"> {
  /** Threads are started only if they have at least this many bytes to read. */
  readonly bytesMin: number;
}

const THREADS_MAX = 3;
const RANGE_BYTES = 1 << 19;

/**
 * Threads are used only if this process has got at least this share of one processor's time so far. If it got less, other programs use the
 * processors.
 */
const SHARE_MIN = 0.75;

function defaultThreads(): ThreadSettings {
  const { user, system } = cpuUsage();
  const share = (user + system) / 1_000 / performance.now();
  return {
    // On a busy machine, a thread would only take processor time from the main thread.
    threads: share < SHARE_MIN ? 0 : Math.min(availableParallelism() - 1, THREADS_MAX),
    mainSkims: true,
    bytesMin: 128 << 20,
    headBytes: PIECE_BYTES,
    pieceBytes: RANGE_BYTES,
  };
}

/** `range` is in epoch milliseconds. */
export function openLogFiles(
  paths: readonly string[],
  range: { readonly since: number | null; readonly until: number | null },
  sizes: ThreadSettings = defaultThreads(),
): OpenedLogs {
  const known = paths.map((path) => (sizes.threads > 0 ? knownFile(path, sizes) : null));
  const planned = planRanges(
    known.filter((file) => file !== null),
    sizes,
  );
  const bytes = planned.reduce((sum, { size }) => sum + size - sizes.headBytes, 0);
  if (bytes < sizes.bytesMin || planned.length === 0)
    return { open: (index) => fileBytes(paths[index] ?? ""), close: () => undefined };
  const ahead = new SkimAhead({
    files: planned,
    sizes,
    threads: sizes.threads,
    mainSkims: sizes.mainSkims,
    since: range.since ?? -Infinity,
    until: range.until ?? Infinity,
  });
  const ofPath = new Map(known.filter((file) => file !== null).map((file, index) => [file, planned[index]]));
  return {
    open(index) {
      const file = known[index] ?? null;
      const plan = file === null ? undefined : ofPath.get(file);
      return plan === undefined ? fileBytes(paths[index] ?? "") : skimmedFile(plan, ahead, sizes.headBytes);
    },
    close: () => ahead.close(),
  };
}

/** Returns null for a file that only the main thread reads. */
function knownFile(path: string, { headBytes }: RangeSizes): KnownFile | null {
  const size = unpackedSize(path);
  if (size === null || size <= headBytes) return null;
  const what = statSync(path, { throwIfNoEntry: false });
  return what === undefined ? null : { path, size, dev: what.dev, ino: what.ino };
}

/**
 * The main thread reads the head of the file. If the reader has allowed skimmed pieces by then, it gets the pieces after the head from the
 * threads. If the threads cannot read a piece, the main thread reads the file from that piece on.
 */
function skimmedFile(file: PlannedFile, ahead: SkimAhead, headBytes: number): LogBytes {
  let allowed = false;
  const read = async function* (): AsyncGenerator<Buffer | SkimmedPiece> {
    const handle = await open(file.path);
    let at = 0;
    try {
      for await (const piece of pieces(handle, 0, headBytes)) {
        yield piece;
        at += piece.length;
      }
      if (allowed && at === headBytes && (await isSame(handle, file))) {
        for (let range = file.firstRange; range < file.endRange; range += 1) {
          const piece = await ahead.take(range);
          if (piece === null) break;
          yield piece;
          at += piece.chunk.length;
          ahead.releaseUntil(range + 1);
        }
      }
      ahead.releaseUntil(file.endRange);
      yield* pieces(handle, at, Infinity);
    } finally {
      ahead.releaseUntil(file.endRange);
      await handle.close();
    }
  };
  return {
    allowSkimmed: () => {
      allowed = true;
    },
    [Symbol.asyncIterator]: read,
  };
}

async function isSame(handle: FileHandle, file: KnownFile): Promise<boolean> {
  const { dev, ino } = await handle.stat();
  return dev === file.dev && ino === file.ino;
}
