/** Adds numbers to a list. A short list is copied, because extending reserves more memory, and there is one list for each stream. */
const SHORT = 16;

export function withMore(list: number[], ...more: readonly number[]): number[] {
  if (list.length < SHORT) return list.concat(more);
  list.push(...more);
  return list;
}
