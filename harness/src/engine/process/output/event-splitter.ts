/**
 * Splits what a process writes to standard output, or to standard error, into log events. Each line is an event and keeps its newline. `\r`
 * does not end a line, and an empty line is no event (docs/aws/logs.md#lines-and-events). A line longer than the limit of an event is cut
 * into several events.
 */
export const EVENT_BYTES_MAX = 262_118; // 256 KiB less the 26 bytes which CloudWatch adds to each event

export class EventSplitter {
  #rest: Buffer = Buffer.alloc(0);

  /** Yields the events that end in the chunk. All of them must be taken before the next chunk comes. */
  *push(chunk: Buffer): Generator<string, undefined> {
    let pending = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const newline = pending.indexOf(0x0a);
      const end = newline === -1 ? pending.length : newline + 1;
      if (end > EVENT_BYTES_MAX) {
        const cut = characterStart(pending, EVENT_BYTES_MAX);
        yield pending.toString("utf8", 0, cut);
        pending = pending.subarray(cut);
      } else if (newline === -1) break;
      else {
        if (newline > 0) yield pending.toString("utf8", 0, end);
        pending = pending.subarray(end);
      }
    }
    // Copies the rest, because without a copy a short rest would keep a large chunk in memory.
    this.#rest = Buffer.from(pending);
    return undefined;
  }

  /** To be called at the end of the phase or the process, because an incomplete last line then becomes an event too. */
  *end(): Generator<string, undefined> {
    const rest = this.#rest;
    this.#rest = Buffer.alloc(0);
    if (rest.length > 0) yield `${rest.toString("utf8")}\n`;
    return undefined;
  }
}

/** Returns the nearest position at or before `offset` where a UTF-8 character begins. */
function characterStart(bytes: Buffer, offset: number): number {
  let start = offset;
  while (start > offset - 4 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start -= 1;
  return start;
}
