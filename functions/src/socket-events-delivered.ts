/**
 * Lets the event loop deliver what the kernel received while the environment was frozen. This takes two rounds: a socket opens in one and is
 * read in the next, and a stream defers some events, such as its close, to the end of a round.
 */
export async function socketEventsDelivered(): Promise<void> {
  for (let round = 0; round < 2; round += 1) await new Promise((resolve) => setImmediate(resolve));
}
