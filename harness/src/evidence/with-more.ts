/**
 * Adds numbers to a list. A short list is copied: `push` would reserve memory for more numbers, and there is one such list for each log
 * stream.
 */
const SHORT = 16;

export function withMore(list: number[], ...more: readonly number[]): number[] {
  if (list.length < SHORT) return list.concat(more);
  list.push(...more);
  return list;
}
