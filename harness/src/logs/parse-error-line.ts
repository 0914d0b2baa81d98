/**
 * The line that a runtime writes for a failure, in the words of whichever runtime wrote it: the catalogue of runtimes knows them. Which
 * runtime it was is known to those who see the whole stream.
 */
import { readRuntimeLine, type RuntimeReading } from "../runtimes/all-runtimes.ts";
import type { LogLine } from "../runtimes/runtime-log.ts";

export interface RuntimeErrorLine {
  /** One for each family whose client, or whose users, write so; at least one. */
  readonly readings: readonly RuntimeReading[];
}

/** Null: no runtime writes such a line, or it is certainly an application's own. */
export function parseErrorLine(line: LogLine): RuntimeErrorLine | null {
  const readings = readRuntimeLine(line).filter(({ kind }) => kind !== "application");
  return readings.length === 0 ? null : { readings };
}

/**
 * What the line says in the log of a runtime of this family; null: nothing. `family`: null where the log does not name its runtime. Then
 * a line that each family takes for a failure is one, and any other doubt remains a doubt.
 */
export function readAs({ readings }: RuntimeErrorLine, family: string | null): RuntimeReading | null {
  if (family !== null) return readings.find((one) => one.family === family) ?? null;
  return readings.find(({ kind }) => kind === "ambiguous") ?? readings[0] ?? null;
}
