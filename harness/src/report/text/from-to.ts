/** Writes a range in words: `2 s to 5 min`, or `2 s` if both ends are the same when they are written. */
export function fromTo(from: string, to: string): string {
  return from === to ? from : `${from} to ${to}`;
}
