/** Connects in the first invocation and keeps the connection, so a frozen environment still holds it. */
import type { Context } from "aws-lambda";
import { startBoot } from "../boot.ts";
import { serveOnKept } from "../connection/serve.ts";
import type { ExchangeAnswer } from "../contract.ts";

const boot = startBoot("lazy-connect");

export async function handler(_event: unknown, context: Context): Promise<ExchangeAnswer> {
  return serveOnKept(boot, context.awsRequestId);
}
