/**
 * Notes the first and the last skipped line of each log stream. They are signs that the stream's environment was alive. `flush` must be
 * called before any later line is passed on.
 */

/** Takes a noted line. `idFrom` and `idEnd` are the positions of its event id in the chunk. They are equal if the line has no event id. */
export type TakeSign = (
  logStreamName: string | null,
  timestamp: number,
  idFrom: number,
  idEnd: number,
) => void;

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
  idFrom: number;
  idEnd: number;
}

export function notedStream(logStreamName: string | null): NotedStream {
  const none = { timestamp: 0, at: 0, idFrom: 0, idEnd: 0 };
  return { logStreamName, first: { ...none }, last: { ...none }, noted: false };
}

export class LifeSigns {
  readonly #tell: TakeSign;
  readonly #since: number;
  readonly #until: number;
  #noted: NotedStream[] = [];

  /** Lines before `since` or after `until` do not count as the first or last line of a stream. They are passed on one by one. */
  constructor(tell: TakeSign, since: number, until: number) {
    this.#tell = tell;
    this.#since = since;
    this.#until = until;
  }

  note(stream: NotedStream, timestamp: number, at: number, idFrom: number, idEnd: number): void {
    if (timestamp < this.#since || timestamp > this.#until)
      return this.#tell(stream.logStreamName, timestamp, 0, 0);
    if (!stream.noted) {
      stream.noted = true;
      this.#noted.push(stream);
      set(stream.first, timestamp, at, idFrom, idEnd);
      set(stream.last, timestamp, at, idFrom, idEnd);
    } else if (timestamp >= stream.last.timestamp) set(stream.last, timestamp, at, idFrom, idEnd);
    else if (timestamp < stream.first.timestamp) set(stream.first, timestamp, at, idFrom, idEnd);
  }

  /** To be called while the chunk of the noted lines is valid. */
  flush(): void {
    if (this.#noted.length === 0) return;
    const signs = this.#noted.flatMap(({ logStreamName, first, last }) =>
      (first.at === last.at ? [first] : [first, last]).map((sign) => ({ logStreamName, sign })),
    );
    for (const stream of this.#noted) stream.noted = false;
    this.#noted = [];
    signs.sort((a, b) => a.sign.at - b.sign.at);
    for (const { logStreamName, sign } of signs)
      this.#tell(logStreamName, sign.timestamp, sign.idFrom, sign.idEnd);
  }
}

export function eventIdAt(chunk: Buffer, idFrom: number, idEnd: number): string | null {
  return idEnd === idFrom ? null : chunk.toString("utf8", idFrom, idEnd);
}

function set(sign: Sign, timestamp: number, at: number, idFrom: number, idEnd: number): void {
  sign.timestamp = timestamp;
  sign.at = at;
  sign.idFrom = idFrom;
  sign.idEnd = idEnd;
}
