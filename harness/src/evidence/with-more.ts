/** A list and more numbers. A short one is made anew, so that none of its room is spare: there is one for each log stream. */
const SHORT = 16;

export function withMore(list: number[], ...more: readonly number[]): number[] {
  if (list.length < SHORT) return list.concat(more);
  list.push(...more);
  return list;
}
