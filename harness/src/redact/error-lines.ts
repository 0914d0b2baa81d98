/**
 * Writes a line about a failure that says to each runtime family what the function's own line says: whether it is such a line, its kind,
 * whether it has a request id, and its error type. The own line is not used.
 */
import { decodeMessage } from "../logs/decode-message.ts";
import type { RuntimeErrorLine } from "../logs/parse-error-line.ts";
import { FAMILIES, type RuntimeReading } from "../runtimes/all-runtimes.ts";
import { errorType } from "./names.ts";
import type { Replacements } from "./replacements.ts";

/** The place of the request id in a line, until the line is chosen. */
const ID = "00000000-0000-4000-8000-000000000000";
/** The type in a line that needs one although no reading has one. */
const ANY_TYPE = "Error";

export class ErrorLines {
  readonly #names: Replacements;
  /** By the readings, without request ids. */
  readonly #chosen = new Map<string, string>();

  constructor(names: Replacements) {
    this.#names = names;
  }

  write({ readings }: RuntimeErrorLine): string {
    const said = readings.map((one) => ({
      ...one,
      requestId: one.requestId === null ? null : ID,
      errorType: one.errorType === null ? null : errorType(this.#names, one.errorType),
    }));
    const key = JSON.stringify(said);
    const line = this.#chosen.get(key) ?? closestLine(said);
    this.#chosen.set(key, line);
    const id = readings.find(({ requestId }) => requestId !== null)?.requestId ?? null;
    return id === null ? line : line.replaceAll(ID, this.#names.id(id));
  }
}

function closestLine(said: readonly RuntimeReading[]): string {
  const type = said.find((one) => (one.errorType ?? "") !== "")?.errorType ?? ANY_TYPE;
  let best = { line: "", agree: -1 };
  for (const line of FAMILIES.flatMap(({ log }) => log.bareLines(ID, type))) {
    const agree = agreeing(said, readingsOf(line));
    if (agree > best.agree) best = { line, agree };
  }
  return best.line;
}

function readingsOf(line: string): readonly RuntimeReading[] {
  const decoded = decodeMessage(line);
  return decoded.kind === "error" ? decoded.error.readings : [];
}

/** How many families read the same. A family that reads the original counts more than all that do not, because one of the former wrote it. */
function agreeing(left: readonly RuntimeReading[], right: readonly RuntimeReading[]): number {
  return FAMILIES.reduce((sum, { name }) => {
    const [one, other] = [left, right].map((readings) => readings.find(({ family }) => family === name));
    if (one === undefined) return sum + (other === undefined ? 1 : 0);
    return sum + (isEqual(one, other) ? FAMILIES.length : 0);
  }, 0);
}

function isEqual(one: RuntimeReading, other: RuntimeReading | undefined): boolean {
  return one.kind === other?.kind && one.requestId === other.requestId && one.errorType === other.errorType;
}
