/**
 * Adds numbers to a list. A short list is copied instead of extended, because an extended list reserves more memory than it needs, and there is one
 * such list for each log stream.
 */
const SHORT = 16;

export function withMore(list: number[], ...more: readonly number[]): number[] {
  if (list.length < SHORT) return list.concat(more);
  list.push(...more);
  return list;
}
