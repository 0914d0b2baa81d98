/**
 * Connects in module scope and keeps the connection for ever. This design has the failure that README.md describes: an environment that is
 * never invoked can hold the peer's only connection.
 */
import type { Context } from "aws-lambda";
import { startBoot } from "../boot.ts";
import { serveOnKept } from "../connection/serve.ts";
import type { ExchangeAnswer } from "../contract.ts";

const boot = startBoot("init-connect");
await boot.client.connect();

export async function handler(_event: unknown, context: Context): Promise<ExchangeAnswer> {
  return serveOnKept(boot, context.awsRequestId);
}
