/**
 * Reads a log with and without skipping the lines that no judgement reads. Of the lines that can be skipped, only the first and the last of each
 * stream are compared.
 */
import type { LogEvent } from "../../../src/logs/log-event.ts";
import { LogText, type LogPiece } from "../../../src/adapters/log-formats/log-text.ts";
import { decodeMessage } from "../../../src/logs/stream-event.ts";

export interface Reading {
  /** In the order of the log: the events that a judgement reads, and for each stream the first and the last of its other lines. */
  readonly said: readonly unknown[];
  readonly unreadable: readonly string[];
  /** Whether there are events after the end of the range. */
  readonly cut: boolean;
}

/** The time and the event id of a line whose text no judgement reads. `sign` is the line's log stream. */
interface Sign {
  readonly sign: string | null;
  readonly timestamp: number;
  readonly eventId: string | null;
}

export interface HowToRead {
  /** The lengths of the pieces into which the bytes are divided. They are used in turn. */
  readonly pieces: readonly number[];
  readonly since: number;
  readonly until: number;
}

const ALL: HowToRead = { pieces: [1 << 20], since: -Infinity, until: Infinity };

export function readLog(
  bytes: Buffer,
  skim: boolean,
  how: HowToRead = ALL,
): Reading & { readonly passed: number } {
  const [events, unreadable]: [{ order: number; event: LogEvent }[], string[]] = [[], []];
  const signs = new Map<string | null, { first: [Sign, number]; last: [Sign, number] }>();
  let [order, passed, cut] = [0, 0, false];
  const inRange = ({ timestamp }: { readonly timestamp: number }): boolean => {
    if (timestamp > how.until) cut = true;
    return timestamp >= how.since && timestamp <= how.until;
  };
  const note = (stream: string | null, { timestamp, eventId }: Omit<Sign, "sign">): void => {
    const one: [Sign, number] = [{ sign: stream, timestamp, eventId }, order];
    const known = signs.get(stream);
    if (known === undefined) return void signs.set(stream, { first: one, last: one });
    if (timestamp < known.first[0].timestamp) known.first = one;
    if (timestamp >= known.last[0].timestamp) known.last = one;
  };
  const take = (piece: LogPiece<never>): void => {
    if (piece.kind === "lost") return void unreadable.push(piece.text);
    if (piece.kind === "own") return;
    order += 1;
    if (piece.kind === "skipped") {
      passed += 1;
      if (inRange(piece.line)) note(piece.line.logStreamName, piece.line);
      return;
    }
    const { event } = piece;
    if (!inRange(event)) return;
    const decoded = decodeMessage(event.message);
    const unneeded =
      decoded.kind === "application" || (decoded.kind === "platform" && decoded.platform.event === "other");
    if (unneeded) note(event.logStreamName, event);
    else events.push({ order, event });
  };
  const text = new LogText<never>({
    own: () => null,
    skip: skim ? { since: how.since, until: how.until } : null,
  });
  for (const pieces of inPieces(text, bytes, how)) pieces.forEach(take);
  const lasting = [...signs.values()].flatMap(({ first, last }) =>
    first === last ? [first] : [first, last],
  );
  const said = [...events.map((one) => [one.event, one.order] as const), ...lasting]
    .sort((a, b) => a[1] - b[1])
    .map(([one]) => one);
  return { said: withSortedSigns(said), unreadable, cut, passed };
}

/**
 * Sorts the signs between two events by log stream. The order of signs of different streams has no meaning, because their lines count
 * only as signs that their own stream was alive.
 */
function withSortedSigns(said: readonly (LogEvent | Sign)[]): readonly (LogEvent | Sign)[] {
  const sorted: (LogEvent | Sign)[] = [];
  let signs: Sign[] = [];
  const flush = (): void => {
    sorted.push(...signs.sort((a, b) => (a.sign ?? "").localeCompare(b.sign ?? "")));
    signs = [];
  };
  for (const one of said) {
    if ("sign" in one) {
      signs.push(one);
      continue;
    }
    flush();
    sorted.push(one);
  }
  flush();
  return sorted;
}

/**
 * Pushes each piece from another offset of one buffer, and clears the buffer before what was found is used. So a reader that keeps a piece
 * without copying it fails.
 */
function* inPieces(
  text: LogText<never>,
  bytes: Buffer,
  { pieces }: HowToRead,
): Generator<readonly LogPiece<never>[]> {
  const lent = Buffer.alloc(Math.max(...pieces) + 8);
  for (let from = 0, turn = 0; from < bytes.length; turn += 1) {
    const piece = bytes.subarray(from, from + (pieces[turn % pieces.length] ?? 1));
    lent.fill("\n{");
    const at = turn % 5;
    piece.copy(lent, at);
    const found = text.push(lent.subarray(at, at + piece.length));
    lent.fill("\n{");
    yield found;
    from += piece.length;
  }
  yield text.finish();
}
