/**
 * Calls `expired` when `limitMs` are over, and returns a function that cancels this.
 *
 * An environment can be frozen, or its machine can stand still, until the time is over. When it continues, Node runs timers before it reads
 * sockets. So what has arrived meanwhile is read first: an answer that is there is not reported as missing.
 */
export function deadline(limitMs: number, expired: () => void): () => void {
  let afterSockets: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => (afterSockets = setImmediate(expired)), limitMs);
  return () => {
    clearTimeout(timer);
    clearImmediate(afterSockets);
  };
}
