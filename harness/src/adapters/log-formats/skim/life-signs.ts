/**
 * Application lines are skipped without being parsed. This file notes the first and the last of them for each log stream, and `flush`
 * passes these two lines on. They are enough, because a judgement uses only the first and the last application line of each stream.
 * `flush` must be called before any later line of the file is passed on.
 */
import type { SkippedLine } from "../../../logs/log-event.ts";

/** A log stream and its first and last line in the current chunk. Positions are bytes of the chunk. */
export interface NotedStream {
  readonly logStreamName: string | null;
  readonly first: Sign;
  readonly last: Sign;
  noted: boolean;
}

interface Sign {
  timestamp: number;
  at: number;
  /** Where its event id begins and ends. Both are the same if it has no event id. */
  idFrom: number;
  idEnd: number;
}

/** Returns the log stream, without a noted line. */
export function notedStream(logStreamName: string | null): NotedStream {
  const none = { timestamp: 0, at: 0, idFrom: 0, idEnd: 0 };
  return { logStreamName, first: { ...none }, last: { ...none }, noted: false };
}

export class LifeSigns {
  readonly #tell: (line: SkippedLine) => void;
  readonly #since: number;
  readonly #until: number;
  #noted: NotedStream[] = [];

  /** Lines before `since` or after `until` do not count as the first or last line of a stream. They are passed on one by one. */
  constructor(tell: (line: SkippedLine) => void, since: number, until: number) {
    this.#tell = tell;
    this.#since = since;
    this.#until = until;
  }

  note(stream: NotedStream, timestamp: number, at: number, idFrom: number, idEnd: number): void {
    if (timestamp < this.#since || timestamp > this.#until)
      return this.#tell({ logStreamName: stream.logStreamName, timestamp, eventId: null });
    if (!stream.noted) {
      stream.noted = true;
      this.#noted.push(stream);
      set(stream.first, timestamp, at, idFrom, idEnd);
      set(stream.last, timestamp, at, idFrom, idEnd);
    } else if (timestamp >= stream.last.timestamp) set(stream.last, timestamp, at, idFrom, idEnd);
    else if (timestamp < stream.first.timestamp) set(stream.first, timestamp, at, idFrom, idEnd);
  }

  /** Passes on the noted lines. `chunk` is the chunk to which the positions belong. */
  flush(chunk: Buffer): void {
    if (this.#noted.length === 0) return;
    const signs = this.#noted.flatMap(({ logStreamName, first, last }) =>
      (first.at === last.at ? [first] : [first, last]).map((sign) => ({ logStreamName, sign })),
    );
    for (const stream of this.#noted) stream.noted = false;
    this.#noted = [];
    signs.sort((a, b) => a.sign.at - b.sign.at);
    for (const { logStreamName, sign } of signs) {
      const { timestamp, idFrom, idEnd } = sign;
      const eventId = idEnd === idFrom ? null : chunk.toString("utf8", idFrom, idEnd);
      this.#tell({ logStreamName, timestamp, eventId });
    }
  }
}

function set(sign: Sign, timestamp: number, at: number, idFrom: number, idEnd: number): void {
  sign.timestamp = timestamp;
  sign.at = at;
  sign.idFrom = idFrom;
  sign.idEnd = idEnd;
}
