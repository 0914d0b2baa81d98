/** Cuts a byte stream into lines with bounded memory, even if the peer never sends a newline. */
interface PeerLineReader {
  /** Returns the complete lines without their newline, or null if a line is longer than the limit. */
  read(chunk: Uint8Array): readonly string[] | null;
}

const LINE_BYTES_MAX = 64 * 1024;

export function createLineReader(lineBytesMax: number = LINE_BYTES_MAX): PeerLineReader {
  let rest: Buffer = Buffer.alloc(0);
  return {
    read(chunk) {
      const data = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
      const lines: string[] = [];
      let from = 0;
      for (let end = data.indexOf(10, from); end !== -1; end = data.indexOf(10, from)) {
        if (end - from > lineBytesMax) return null;
        lines.push(data.toString("utf8", from, end));
        from = end + 1;
      }
      rest = data.subarray(from);
      return rest.length > lineBytesMax ? null : lines;
    },
  };
}
