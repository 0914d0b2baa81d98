/** Connects in module scope and keeps the connection for ever. This is the published failure, without any change. */
import type { Context } from "aws-lambda";
import { startBoot } from "../boot.ts";
import { serveOnKept } from "../connection/serve.ts";
import type { ExchangeAnswer } from "../contract.ts";

const boot = startBoot("init-connect");
// This runs in the Init phase, so also in one that no invocation follows.
await boot.client.connect();

export async function handler(_event: unknown, context: Context): Promise<ExchangeAnswer> {
  return serveOnKept(boot, context.awsRequestId);
}
