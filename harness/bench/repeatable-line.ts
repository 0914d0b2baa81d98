/** Turns a line of a run directory into a template. Each repeat of the line gets later times, and new ids and numbers. */

/** How much greater the times and numbers are in each repeat than in the repeat before. */
export interface Repeat {
  readonly periodMs: number;
  /** How much earlier the first repeat is than the line itself. */
  readonly earlierMs: number;
  readonly invocations: number;
  readonly connections: number;
  readonly entries: number;
  /** The number of lines that have a sequence number. */
  readonly lines: number;
}

type Piece = string | ((repeat: number) => string);

/**
 * Matches what differs in each repeat: times, the last eight digits of UUIDs and of log stream names, and the numbers of some members of
 * the line itself. Members of a message in the line have escaped quotes and do not match.
 */
const CHANGING =
  /(?<iso>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)|(?<uuid>(?<=[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{4})[0-9a-f]{8})|(?<stream>(?<=\[\$LATEST\][0-9a-f]{24})[0-9a-f]{8})|(?<=(?<!\\)"(?<member>timestamp|ingestionTime|monotonicMs|sequence|n|connection|entry|eventId)":"?)(?<number>\d+)/g;

export function toRepeatable(line: string, step: Repeat): (repeat: number) => string {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of line.matchAll(CHANGING)) {
    pieces.push(line.slice(from, found.index), changing(found.groups ?? {}, step));
    from = found.index + found[0].length;
  }
  pieces.push(line.slice(from));
  return (repeat) => pieces.map((piece) => (typeof piece === "string" ? piece : piece(repeat))).join("");
}

function changing(groups: Readonly<Record<string, string | undefined>>, step: Repeat): Piece {
  const { iso, uuid, stream, member, number = "" } = groups;
  if (iso !== undefined) {
    const time = Date.parse(iso);
    return (repeat) => new Date(time - step.earlierMs + repeat * step.periodMs).toISOString();
  }
  const id = uuid ?? stream;
  if (id !== undefined) {
    const value = Number.parseInt(id, 16);
    return (repeat) => ((value + repeat) % 2 ** 32).toString(16).padStart(8, "0");
  }
  // As in CloudWatch, a later event has a greater id.
  if (member === "eventId") return (repeat) => `${String(repeat).padStart(6, "0")}${number}`;
  const later = {
    sequence: step.lines,
    n: step.invocations,
    connection: step.connections,
    entry: step.entries,
  };
  const beyond = (later as Readonly<Record<string, number>>)[member ?? ""] ?? step.periodMs;
  const first = member === "timestamp" || member === "ingestionTime" ? step.earlierMs : 0;
  return (repeat) => String(Number(number) - first + repeat * beyond);
}
