/**
 * Writes a line about a failure that says what the function's own line says: to each runtime family whether it is such a line, its kind,
 * whether it has a request id, and its error type; whether the line could speak of a failure, and which error about a connection it names.
 * The own line is not used.
 */
import { SAMPLE_TEXTS } from "../logs/connection-error-in.ts";
import { decodeMessage } from "../logs/stream-event.ts";
import type { ConnectionError } from "../words/connection-error.ts";
import type { RuntimeErrorLine } from "../logs/parse-error-line.ts";
import { FAMILIES, type RuntimeReading } from "../catalogue/runtimes/all-runtimes.ts";
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

  write(original: RuntimeErrorLine): string {
    const said = {
      ...original,
      requestId: original.requestId === null ? null : ID,
      readings: original.readings.map((one) => ({
        ...one,
        requestId: one.requestId === null ? null : ID,
        errorType: one.errorType === null ? null : errorType(this.#names, one.errorType),
      })),
    };
    const key = JSON.stringify(said);
    const line = this.#chosen.get(key) ?? closestLine(said);
    this.#chosen.set(key, line);
    const ids = [...original.readings.map(({ requestId }) => requestId), original.requestId];
    const id = ids.find((one) => one !== null) ?? null;
    return id === null ? line : line.replaceAll(ID, this.#names.id(id));
  }
}

/** Lines that no client writes, and that say only what makes the outcome doubtful. */
const DOUBTFUL_LINES = ["", "error", `error requestId=${ID}`].flatMap((shape) => [
  shape,
  `[dd.trace_id=0 dd.span_id=0] ${shape}`.trim(),
]);

function closestLine(said: RuntimeErrorLine): string {
  const type = said.readings.find((one) => (one.errorType ?? "") !== "")?.errorType ?? ANY_TYPE;
  let best = { line: "", agree: -1 };
  const bare = [...DOUBTFUL_LINES, ...FAMILIES.flatMap(({ log }) => log.bareLines(ID, type))];
  for (const line of bare.flatMap((one) => withConnectionError(one, type, said.connectionError))) {
    const agree = agreeing(said, saidBy(line));
    if (agree > best.agree) best = { line, agree };
  }
  return best.line;
}

/** The line with the error's words at each place where the message of a line can be. */
function withConnectionError(line: string, type: string, error: ConnectionError | null): readonly string[] {
  if (error === null) return [line];
  const words = SAMPLE_TEXTS[error];
  const inMessage = line.replace(/(message\\?":\s?\\?")(?=\\?")/i, (before) => `${before}${words}`);
  const behindType = line.replace(`${type}: `, (before) => `${before}${words}`);
  return [...new Set([`${line} ${words}`, inMessage, behindType])];
}

function saidBy(line: string): RuntimeErrorLine {
  const decoded = decodeMessage(line);
  return decoded.kind === "error"
    ? decoded.error
    : { readings: [], shaped: false, altered: false, requestId: null, connectionError: null };
}

/**
 * How much two lines say the same. A family that reads the original counts more than all that do not, because one of the former wrote it. Then
 * come the signs of doubt.
 */
function agreeing(left: RuntimeErrorLine, right: RuntimeErrorLine): number {
  const signs = (["shaped", "altered", "requestId", "connectionError"] as const).filter(
    (sign) => left[sign] === right[sign],
  );
  const readings = FAMILIES.reduce((sum, { name }) => {
    const [one, other] = [left, right].map((line) => line.readings.find(({ family }) => family === name));
    if (one === undefined) return sum + (other === undefined ? 1 : 0);
    return sum + (isEqual(one, other) ? FAMILIES.length : 0);
  }, 0);
  return readings * 4 + signs.length;
}

function isEqual(one: RuntimeReading, other: RuntimeReading | undefined): boolean {
  return one.kind === other?.kind && one.requestId === other.requestId && one.errorType === other.errorType;
}
