/**
 * Connects inside each invocation, under a lease with a fencing token, and closes the connection before it returns. Some peers evict a
 * holder when a client with a newer token comes. With such a peer, an environment that ended and left its connection open does not block
 * the next environment.
 */
import type { Context } from "aws-lambda";
import { startBoot } from "../boot.ts";
import type { ExchangeAnswer } from "../contract.ts";
import { dynamoDbClient } from "../lease/dynamodb-client.ts";
import { readLeaseSettings } from "../lease/lease-settings.ts";
import { serveUnderLease } from "../lease/serve-under-lease.ts";

const boot = startBoot("lease-connect");
const settings = readLeaseSettings(process.env);
const table = { settings, client: dynamoDbClient(settings) };

export async function handler(_event: unknown, context: Context): Promise<ExchangeAnswer> {
  return serveUnderLease(boot, table, context.awsRequestId);
}
