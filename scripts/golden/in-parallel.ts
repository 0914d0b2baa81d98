/** Works through a list with so many at a time, in order of the list; the first error ends it. */
export async function inParallel<T>(
  list: readonly T[],
  jobs: number,
  act: (one: T) => Promise<void>,
): Promise<void> {
  const waiting = [...list];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await act(next);
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, worker));
}
