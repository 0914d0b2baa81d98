import { socketEventsDelivered } from "./socket-events-delivered.ts";

/**
 * Calls `expired` when `limitMs` are over, and returns a function that cancels this.
 *
 * An environment can be frozen, or its machine can stand still, until the time is over. When it continues, Node runs timers before it reads
 * sockets. So what has arrived meanwhile is handled first: an answer that is there is not reported as missing.
 */
export function limitWait(limitMs: number, expired: () => void): () => void {
  let cancelled = false;
  const timer = setTimeout(() => {
    void socketEventsDelivered().then(() => {
      if (!cancelled) expired();
    });
  }, limitMs);
  return () => {
    cancelled = true;
    clearTimeout(timer);
  };
}
