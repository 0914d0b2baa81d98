/** Judges rendered logs as `longrun analyze` does, from files that come in pieces. */
import { Readable } from "node:stream";
import { durationMs } from "../../../src/base/time.ts";
import { readLogs, type PeerLogInput } from "../../../src/adapters/log-formats/read-logs.ts";
import { unpacked } from "../../../src/adapters/log-formats/log-source-bytes.ts";
import { SpilledTexts } from "../../../src/adapters/storage/spilled-texts.ts";
import { judgeRun } from "../../../src/judge/judge-run.ts";
import type { PeerLogRecord } from "../../../src/record/peer-log.ts";
import type { RunResult } from "../../../src/result/run-result.ts";
import type { Files } from "./render/render.ts";

/** Divides the bytes into pieces of `pieceBytes` bytes. */
function input(source: string, content: string | Uint8Array, pieceBytes: number): Omit<PeerLogInput, "name"> {
  const bytes = Buffer.from(content);
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, index) =>
    Buffer.from(bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes)),
  );
  return { source, open: () => unpacked(Readable.from(pieces)) };
}

/** Judges the files. `read` copies what a test needs from the result before the evidence is closed. The function is called `device`. */
export async function judgeFiles<T>(
  files: Files,
  peerLog: readonly PeerLogRecord[] | null,
  pieceBytes: number,
  read: (result: RunResult) => T,
): Promise<T> {
  const { evidence, close } = await readLogs(
    {
      logs: Object.entries(files).map(([name, content]) => input(name, content, pieceBytes)),
      peerLogs: (peerLog === null ? [] : [peerLog]).map((records) => ({
        name: null,
        ...input("peer.jsonl", records.map((record) => `${JSON.stringify(record)}\n`).join(""), 1 << 16),
      })),
      // A text log without a log group does not name its function.
      functionName: "device",
      range: { since: null, until: null },
      clockToleranceMs: durationMs(1_000),
    },
    new SpilledTexts(),
  );
  try {
    return read(judgeRun({ evidence }));
  } finally {
    close();
  }
}
