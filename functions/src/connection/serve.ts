/** The two ways to serve an invocation: on a connection that is kept, or on a connection that lives only as long as the invocation. */
import type { Boot } from "../boot.ts";
import type { ExchangeAnswer } from "../contract.ts";
import { socketEventsDelivered } from "../socket-events-delivered.ts";
import type { PeerClient } from "./client.ts";

/** How long closing waits for the peer's FIN: longer than a working peer needs, and not so long that it delays the invocation much. */
export const CLOSE_LIMIT_MS = 1_000;

/** Uses the kept connection. If there is none, or the peer has ended it, makes one new attempt and keeps the new connection. */
export function serveOnKept(boot: Boot, requestId: string): Promise<ExchangeAnswer> {
  const { client } = boot;
  return boot.invocation(requestId, async () => {
    await socketEventsDelivered();
    if (client.open) {
      const result = await client.exchange(requestId);
      if (result.result === "answered") return result.payload;
      if (result.how === "silent") throw client.errorOfExchange(result.how);
    }
    return exchangeOnNew(client, requestId);
  });
}

/** Before this returns or throws, it waits until the peer is free for the next client, for at most CLOSE_LIMIT_MS. */
export function serveAndClose(boot: Boot, requestId: string): Promise<ExchangeAnswer> {
  const { client } = boot;
  return boot.invocation(requestId, async () => {
    try {
      return await exchangeOnNew(client, requestId);
    } finally {
      await client.close(CLOSE_LIMIT_MS);
    }
  });
}

/** Returns the peer's reply, or null with the protocol `raw`. `token` is the token of a lease, or null. */
export async function exchangeOnNew(
  client: PeerClient,
  requestId: string,
  token: number | null = null,
): Promise<unknown> {
  const decision = await client.connect(token);
  if (decision.outcome !== "accepted") throw client.errorOfAttempt(decision);
  if (client.attemptIsExchange) return null;
  const result = await client.exchange(requestId);
  if (result.result === "lost") throw client.errorOfExchange(result.how);
  return result.payload;
}
