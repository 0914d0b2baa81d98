/** Waits until all promises are fulfilled, but no longer than a limit. If one of the promises rejects within the limit, rejects at once. */
export async function settledWithin(limitMs: number, all: ReadonlyArray<Promise<unknown>>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  try {
    await Promise.race([Promise.all(all), limit]);
  } finally {
    clearTimeout(timer);
  }
}
