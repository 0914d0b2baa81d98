/**
 * Recognises the line that a runtime writes for a failure. The catalogue of runtimes knows how each runtime writes it. One line does not
 * show which runtime wrote it; code that sees the whole log stream decides that with `readAs`.
 */
import { readRuntimeLine, type RuntimeReading } from "../runtimes/all-runtimes.ts";
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

/**
 * Returns what the line says in the log of this runtime family, or null if it says nothing there. `family` is null if the log does not name
 * its runtime. The line then counts as a failure only if no family finds it ambiguous.
 */
export function readAs({ readings }: RuntimeErrorLine, family: string | null): RuntimeReading | null {
  if (family !== null) return readings.find((one) => one.family === family) ?? null;
  return readings.find(({ kind }) => kind === "ambiguous") ?? readings[0] ?? null;
}
