/** Adds numbers to a list. A short list is copied, so that it uses no more memory than it needs: there is one such list for each log stream. */
const SHORT = 16;

export function withMore(list: number[], ...more: readonly number[]): number[] {
  if (list.length < SHORT) return list.concat(more);
  list.push(...more);
  return list;
}
