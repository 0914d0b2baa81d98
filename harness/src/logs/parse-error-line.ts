/**
 * Recognises the line that a runtime writes for a failure. The line alone does not show which runtime wrote it, so the caller of `readAs`
 * gives the family of the runtime.
 */
import { readRuntimeLine, type RuntimeReading } from "../runtimes/all-runtimes.ts";
import { completeCutObject } from "./complete-cut-object.ts";
import type { LogLine } from "../runtimes/runtime-log.ts";

export interface RuntimeErrorLine {
  /** One reading for each runtime family in whose logs such a line occurs. There is at least one. */
  readonly readings: readonly RuntimeReading[];
}

/** Returns null if no runtime writes such a line, or if the application certainly wrote it itself. */
export function parseErrorLine(line: LogLine): RuntimeErrorLine | null {
  const readings = readRuntimeLine(line).filter(({ kind }) => kind !== "application");
  return readings.length === 0 ? null : { readings };
}

/** For an object that was cut off. Each reading is ambiguous: the missing part could show that the function itself wrote the line. */
export function parseCutErrorLine(text: string): RuntimeErrorLine | null {
  const object = completeCutObject(text);
  const error = object === null ? null : parseErrorLine({ text, object, cut: true });
  return error === null
    ? null
    : { readings: error.readings.map((one) => ({ ...one, kind: "ambiguous" as const })) };
}

/** Null if the family writes no such line. Without a known family (null), the line is a failure only if no reading is ambiguous. */
export function readAs({ readings }: RuntimeErrorLine, family: string | null): RuntimeReading | null {
  if (family !== null) return readings.find((one) => one.family === family) ?? null;
  return readings.find(({ kind }) => kind === "ambiguous") ?? readings[0] ?? null;
}
