/**
 * The positions of the events of one log group, in the order of writing: time stamp, offset in the file and stream, 20 bytes for an event. They
 * are in chunks of 1024 events. A query skips chunks whose time range or streams cannot match.
 */
const CHUNK_EVENTS = 1_024;

export interface IndexedEvent {
  readonly timestamp: number;
  /** The byte offset in the group's file. It ascends in the order of writing, so it orders events with the same time stamp. */
  readonly offset: number;
  /** How many bytes to read for the event: its line, and possibly more, up to the next event. What follows its line is ignored. */
  readonly length: number;
  readonly stream: number;
}

/** A position between events, which are ordered by time stamp, then offset. */
export interface Position {
  readonly timestamp: number;
  readonly offset: number;
}

export interface EventQuery {
  /** The time range; both ends are inclusive. */
  readonly from: number;
  readonly to: number;
  /** Null for every stream. */
  readonly streams: ReadonlySet<number> | null;
  /** Readers cannot yet see the events at this offset and after it. */
  readonly offsetBelow?: number;
  readonly limit: number;
}

class Chunk {
  readonly timestamps = new Float64Array(CHUNK_EVENTS);
  readonly offsets = new Float64Array(CHUNK_EVENTS);
  readonly streams = new Uint32Array(CHUNK_EVENTS);
  /** The offset of the first byte after the last event. */
  end = 0;
  size = 0;
  earliest = Infinity;
  latest = -Infinity;
  firstStream = Infinity;
  lastStream = -Infinity;

  add(event: IndexedEvent): void {
    this.timestamps[this.size] = event.timestamp;
    this.offsets[this.size] = event.offset;
    this.streams[this.size] = event.stream;
    this.size += 1;
    this.end = event.offset + event.length;
    this.earliest = Math.min(this.earliest, event.timestamp);
    this.latest = Math.max(this.latest, event.timestamp);
    this.firstStream = Math.min(this.firstStream, event.stream);
    this.lastStream = Math.max(this.lastStream, event.stream);
  }

  at(index: number): IndexedEvent {
    const offset = this.offsets[index] ?? 0;
    const next = index + 1 < this.size ? (this.offsets[index + 1] ?? 0) : this.end;
    return {
      timestamp: this.timestamps[index] ?? 0,
      offset,
      length: next - offset,
      stream: this.streams[index] ?? 0,
    };
  }
}

export class EventIndex {
  readonly #chunks: Chunk[] = [];

  add(event: IndexedEvent): void {
    let chunk = this.#chunks.at(-1);
    if (chunk === undefined || chunk.size === CHUNK_EVENTS) {
      chunk = new Chunk();
      this.#chunks.push(chunk);
    }
    chunk.add(event);
  }

  /** Returns the first events after a position (null: from the beginning), ascending. */
  after(position: Position | null, query: EventQuery): IndexedEvent[] {
    return this.#select(query, 1, position);
  }

  /** Returns the last events before a position (null: from the end), ascending. */
  before(position: Position | null, query: EventQuery): IndexedEvent[] {
    return this.#select(query, -1, position).reverse();
  }

  /** `direction` is 1 for a search from old to new, -1 from new to old. */
  #select(query: EventQuery, direction: 1 | -1, position: Position | null): IndexedEvent[] {
    const { from, to, streams, limit, offsetBelow = Infinity } = query;
    const compare = (a: Position, b: Position): number =>
      direction * (a.timestamp === b.timestamp ? a.offset - b.offset : a.timestamp - b.timestamp);
    const low = direction === 1 && position !== null ? Math.max(from, position.timestamp) : from;
    const high = direction === -1 && position !== null ? Math.min(to, position.timestamp) : to;
    const chunks = this.#chunks.filter(
      (chunk) => chunk.earliest <= high && chunk.latest >= low && mayHold(chunk, streams),
    );
    if (direction === -1) chunks.reverse();
    const frontiers = frontiersOf(chunks, direction);
    let chosen: IndexedEvent[] = [];
    for (const [number, chunk] of chunks.entries()) {
      if (chosen.length >= limit) {
        chosen = chosen.toSorted(compare).slice(0, limit);
        const last = chosen.at(-1);
        // In the direction of the search, all events of this chunk and of the next ones come after the last event that is wanted.
        if (last !== undefined && direction * (frontiers[number] ?? 0) > direction * last.timestamp) break;
      }
      for (let index = 0; index < chunk.size; index += 1) {
        const timestamp = chunk.timestamps[index] ?? 0;
        if (timestamp < low || timestamp > high) continue;
        if (streams !== null && !streams.has(chunk.streams[index] ?? 0)) continue;
        const event = chunk.at(index);
        if (event.offset >= offsetBelow) continue;
        if (position === null || compare(event, position) > 0) chosen.push(event);
      }
    }
    return chosen.toSorted(compare).slice(0, limit);
  }
}

function mayHold(chunk: Chunk, streams: ReadonlySet<number> | null): boolean {
  if (streams === null) return true;
  for (const stream of streams) if (stream >= chunk.firstStream && stream <= chunk.lastStream) return true;
  return false;
}

/**
 * Returns, for each chunk, the earliest time in this chunk and in all chunks after it. If `direction` is -1, returns the latest time
 * instead.
 */
function frontiersOf(chunks: readonly Chunk[], direction: 1 | -1): readonly number[] {
  const frontiers: number[] = [];
  let frontier = direction === 1 ? Infinity : -Infinity;
  for (let index = chunks.length - 1; index >= 0; index -= 1) {
    const chunk = chunks[index];
    if (chunk !== undefined)
      frontier = direction === 1 ? Math.min(frontier, chunk.earliest) : Math.max(frontier, chunk.latest);
    frontiers[index] = frontier;
  }
  return frontiers;
}
