/**
 * Orders the rows (log events) of a query's result. A query returns the rows of one millisecond in any order; here they get the order in
 * which the platform writes. Rows of different milliseconds are not moved, because streams are sorted by time later.
 */
import { decodeMessage, type DecodedMessage } from "../../logs/stream-event.ts";
import type { LogEvent } from "../../logs/log-event.ts";
import { LOG_LIMITS } from "../../logs/forms/log-limits.ts";

export class OrderRows {
  readonly #give: (event: LogEvent) => void;
  #held: LogEvent[] = [];
  #characters = 0;
  #before: number | null = null;

  constructor(give: (event: LogEvent) => void) {
    this.#give = give;
  }

  add(event: LogEvent): void {
    const first = this.#held[0];
    const full = this.#held.length >= LOG_LIMITS.rowsHeld || this.#characters > LOG_LIMITS.eventBytes;
    if (first !== undefined && (full || first.timestamp !== event.timestamp)) this.#end(event.timestamp);
    this.#held.push(event);
    this.#characters += event.message.length;
  }

  finish(): void {
    this.#end(null);
  }

  /** Passes on the held rows. `next` is the time of the row after them, or null at the end. */
  #end(next: number | null): void {
    const rows = this.#held;
    const time = rows[0]?.timestamp ?? 0;
    const newestFirst = next === null ? this.#before !== null && this.#before > time : next < time;
    this.#held = [];
    this.#characters = 0;
    this.#before = time;
    if (newestFirst) rows.reverse();
    for (const row of rows.length === 1 ? rows : inOrder(rows)) this.#give(row);
  }
}

function inOrder(rows: readonly LogEvent[]): readonly LogEvent[] {
  const said = rows.map((row) => ({ row, said: decodeMessage(row.message) }));
  const keys = new Map<LogEvent, readonly number[]>();
  for (const stream of new Set(rows.map((row) => row.logStreamName))) {
    const own = said.filter(({ row }) => row.logStreamName === stream);
    // More than one invocation begins only if the times are coarse. Then the order of the rows is all that shows what came first.
    if (own.filter((one) => startOf(one.said) !== null).length > 1) return rows;
    const requests = requestOrder(own.map((one) => one.said));
    for (const one of own) keys.set(one.row, sortKeyOf(one.said, requests));
  }
  return [...rows].sort((a, b) => compare(keys.get(a) ?? [], keys.get(b) ?? []));
}

/** Returns the position of each request: 0 if it only ends in this millisecond, 1 if it begins and ends in it, 2 if it only begins in it. */
function requestOrder(said: readonly DecodedMessage[]): ReadonlyMap<string, number> {
  const starts = new Set(said.map(startOf).filter((id) => id !== null));
  const ends = new Set(said.map(endOf).filter((id) => id !== null));
  const order = new Map<string, number>();
  for (const id of ends) order.set(id, starts.has(id) ? 1 : 0);
  for (const id of starts) if (!ends.has(id)) order.set(id, 2);
  return order;
}

/** Positions of lines within an invocation, and of lines that a process writes before its first invocation. */
const [START, INSIDE, END, REPORT, INIT, INIT_END] = [1, 2, 3, 4, 5, 6];
const [FIRST, LAST] = [-1, 9];

/** Returns the numbers by which rows are sorted: the invocation, the position in the invocation, and the function's own sequence number. */
function sortKeyOf(said: DecodedMessage, requests: ReadonlyMap<string, number>): readonly number[] {
  const around = requests.size === 0 ? 0 : Math.min(...requests.values());
  const invocation = (id: string | null): number => (id === null ? around : (requests.get(id) ?? around));
  if (said.kind === "lifecycle") {
    const { phase, requestId, sequence } = said.line;
    if (phase === "init") return [0, INIT, sequence ?? 0];
    return [phase === "shutdown" ? LAST : invocation(requestId), INSIDE, sequence ?? 0];
  }
  if (said.kind === "error") {
    const named = said.error.readings.find(({ requestId }) => requestId !== null);
    return [invocation(named?.requestId ?? null), INSIDE, Infinity];
  }
  if (said.kind === "unknown" && said.about !== undefined)
    return said.about === "init" ? [0, INIT_END] : [invocation(said.about.requestId), REPORT];
  if (said.kind !== "platform") return [around, INSIDE];
  const { platform } = said;
  switch (platform.event) {
    case "init-start":
      return platform.phase === "invoke" ? [around, INSIDE] : [FIRST];
    case "init-report":
    case "init-runtime-done":
      return platform.phase === "invoke" ? [around, INSIDE] : [0, INIT_END];
    case "start":
      return [invocation(platform.requestId), START];
    case "report":
      return [invocation(platform.requestId), REPORT];
    case "runtime-done":
      return [invocation(platform.requestId), END];
    case "task-timed-out":
    case "runtime-exited":
      return [invocation(platform.requestId), INSIDE, Infinity];
    default:
      return [around, INSIDE];
  }
}

function startOf(said: DecodedMessage): string | null {
  return said.kind === "platform" && said.platform.event === "start" ? said.platform.requestId : null;
}

function endOf(said: DecodedMessage): string | null {
  if (said.kind === "unknown" && said.about !== undefined && said.about !== "init")
    return said.about.requestId;
  if (said.kind !== "platform") return null;
  const { platform } = said;
  return platform.event === "report" || platform.event === "runtime-done" ? platform.requestId : null;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
  }
  return 0;
}
