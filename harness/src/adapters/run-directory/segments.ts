/**
 * A file of lines that grows for days is split into segments: `journal.jsonl`, `journal.jsonl.0001`, … A finished segment is on the disk
 * and never written again, so that it can be copied during the run. Readers see all segments as one file.
 */
import { basename, dirname, join } from "node:path";
import { openAppendFile, type AppendFile } from "./append-file.ts";
import { namesInRun } from "./run-files.ts";

/** Small, because the runner (cli/runner-main.ts) copies the segment that grows again and again. */
const SEGMENT_BYTES = 8 << 20;

/** The existing segments of a file in the run directory `folder`, in order. Empty if there is no such file. */
export function segmentsOf(folder: string, path: string): readonly string[] {
  const within = dirname(path);
  const name = basename(path);
  return numbersIn(namesInRun(folder, within), name).map((number) => join(within, segmentName(name, number)));
}

/** Begins the next segment before a segment becomes longer than `maxBytes`. */
export function openSegments(path: string, maxBytes = SEGMENT_BYTES): AppendFile {
  let number = numbersIn(namesInRun(dirname(path), dirname(path)), basename(path)).at(-1) ?? 0;
  let file = openAppendFile(segmentName(path, number));
  return {
    append: (text) => {
      if (file.length() > 0 && file.length() + Buffer.byteLength(text) > maxBytes) {
        const next = openAppendFile(segmentName(path, number + 1));
        file.flush();
        file.close();
        file = next;
        number += 1;
      }
      file.append(text);
    },
    length: () => file.length(),
    flush: () => file.flush(),
    close: () => file.close(),
  };
}

function segmentName(path: string, number: number): string {
  return number === 0 ? path : `${path}.${String(number).padStart(4, "0")}`;
}

/** The path of the segment that follows. If this file exists, the segment before it is finished. */
export function segmentAfter(path: string): string {
  const [, first = path, number = "0"] = /^(.*)\.(\d{4,})$/s.exec(path) ?? [];
  return segmentName(first, Number(number) + 1);
}

/** Number 0 is the file without a number in its name. */
function numbersIn(names: readonly string[], name: string): readonly number[] {
  return names
    .flatMap((one) => {
      if (one === name) return [0];
      const number = one.startsWith(`${name}.`) ? one.slice(name.length + 1) : "";
      return /^\d{4,}$/.test(number) ? [Number(number)] : [];
    })
    .sort((a, b) => a - b);
}
