/** Connects in module scope, keeps the connection for ever. This is the published failure, kept as it was written. */
import type { Context } from "aws-lambda";
import { startBoot } from "../boot.ts";
import { serveOnKept } from "../connection/serve.ts";
import type { ExchangeAnswer } from "../contract.ts";

const boot = startBoot("init-connect");
// Part of the Init phase, hence also of an Init phase that no invocation ever follows.
await boot.client.connect();

export async function handler(_event: unknown, context: Context): Promise<ExchangeAnswer> {
  return serveOnKept(boot, context.awsRequestId);
}
