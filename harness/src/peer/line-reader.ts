/**
 * Splits what a client sends into lines. A line that is too long is reported once (as null) and skipped, so a flood without a newline takes
 * no memory.
 */
export interface LineReader {
  /** Returns the complete lines without their newline. Null stands for a line that was too long. */
  read(chunk: Uint8Array): readonly (string | null)[];
  /** The memory held for an incomplete line. */
  readonly heldBytes: number;
}

const LINE_BYTES_MAX = 16 * 1024;

export function createLineReader(lineBytesMax: number = LINE_BYTES_MAX): LineReader {
  let store = Buffer.alloc(0);
  let stored = 0;
  let skipping = false;

  // The incomplete line at the end of a chunk is copied, because a view of it would keep the complete network buffer in memory. The size of
  // `store` doubles when it is full, so a client that sends single bytes costs little.
  const keep = (rest: Buffer): void => {
    if (stored + rest.length > store.length) {
      const larger = Buffer.alloc(Math.max(256, 2 * store.length, stored + rest.length));
      store.copy(larger, 0, 0, stored);
      store = larger;
    }
    rest.copy(store, stored);
    stored += rest.length;
  };
  const forget = (): void => {
    stored = 0;
    if (store.length > 1024) store = Buffer.alloc(0);
  };

  return {
    get heldBytes() {
      return store.length;
    },
    read(chunk) {
      const data = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const lines: (string | null)[] = [];
      let from = 0;
      for (let end = data.indexOf(10, from); end !== -1; end = data.indexOf(10, from)) {
        const length = stored + end - from;
        if (skipping) skipping = false;
        else if (length > lineBytesMax) lines.push(null);
        else
          lines.push(Buffer.concat([store.subarray(0, stored), data.subarray(from, end)]).toString("utf8"));
        forget();
        from = end + 1;
      }
      const rest = data.subarray(from);
      if (skipping) return lines;
      if (stored + rest.length > lineBytesMax) {
        lines.push(null);
        forget();
        skipping = true;
      } else keep(rest);
      return lines;
    },
  };
}
