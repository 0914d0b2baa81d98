/** Serves an invocation under a lease, on a connection that is closed at the end of the invocation. */
import type { Boot } from "../boot.ts";
import { CLOSE_LIMIT_MS, exchangeOnNew } from "../connection/serve.ts";
import { PeerError } from "../connection/peer-error.ts";
import type { ExchangeAnswer } from "../contract.ts";
import { peerAddress } from "../environment.ts";
import type { DynamoDbClient } from "./dynamodb-client.ts";
import { takeLease } from "./lease.ts";
import type { LeaseSettings } from "./lease-settings.ts";

interface LeaseAccess {
  readonly settings: LeaseSettings;
  readonly client: DynamoDbClient;
}

export function serveUnderLease(boot: Boot, table: LeaseAccess, requestId: string): Promise<ExchangeAnswer> {
  const { client, environment } = boot;
  return boot.invocation(requestId, async () => {
    const taken = await takeLease(table.settings, table.client, environment.logStream);
    if (taken.result === "waited-in-vain") {
      const { holder, waitedMs } = taken;
      const detail = `waited ${waitedMs} ms for the lease of ${holder ?? "another environment"}`;
      boot.log.write("connect", {
        peer: peerAddress(environment),
        outcome: "timed-out",
        detail,
        leaseHolder: holder,
      });
      throw new PeerError(
        "LeaseTimedOutError",
        `no connection to the peer ${peerAddress(environment)}: ${detail}`,
      );
    }
    const { lease } = taken;
    lease.onLost = () => void client.close(CLOSE_LIMIT_MS);
    try {
      return await exchangeOnNew(client, requestId, lease.token);
    } catch (error) {
      if (lease.lost)
        throw new PeerError("LeaseLostError", "the lease was lost before the peer had answered");
      throw error;
    } finally {
      await client.close(CLOSE_LIMIT_MS);
      await lease.release();
    }
  });
}
