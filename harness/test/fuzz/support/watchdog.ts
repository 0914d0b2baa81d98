/** Watches that each case ends. The limit is far above what a case takes on a busy machine: it finds endless loops, not slow code. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { FuzzCase } from "./fuzz-case.ts";

export interface WatchdogData {
  /** [0]: odd while a case runs. [1]: how many bytes the case has. */
  readonly counter: Int32Array;
  readonly bytes: Uint8Array;
  /** The file into which an endless case is written. */
  readonly file: string;
  readonly limitMs: number;
  readonly replay: string;
}

const LIMIT_MS = 120_000;
const BYTES_MAX = 1 << 20;

export interface Watchdog {
  begin(input: FuzzCase): void;
  end(): void;
  close(): Promise<void>;
}

export async function startWatchdog({
  file,
  replay,
}: Pick<WatchdogData, "file" | "replay">): Promise<Watchdog> {
  const counter = new Int32Array(new SharedArrayBuffer(8));
  const bytes = new Uint8Array(new SharedArrayBuffer(BYTES_MAX));
  const workerData: WatchdogData = { counter, bytes, file, limitMs: LIMIT_MS, replay };
  const worker = new Worker(new URL("./watchdog-worker.mjs", import.meta.url), { workerData, execArgv: [] });
  await once(worker, "online");
  worker.unref();
  return {
    begin(input) {
      bytes.set(input.bytes.subarray(0, BYTES_MAX));
      Atomics.store(counter, 1, Math.min(input.bytes.length, BYTES_MAX));
      Atomics.add(counter, 0, 1);
    },
    end: () => void Atomics.add(counter, 0, 1),
    close: async () => void (await worker.terminate()),
  };
}
