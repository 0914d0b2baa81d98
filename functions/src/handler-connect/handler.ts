/** The default design: connects in each invocation and closes the connection at its end. It avoids the failure that README.md describes. */
import type { Context } from "aws-lambda";
import { startBoot } from "../boot.ts";
import { serveAndClose } from "../connection/serve.ts";
import type { ExchangeAnswer } from "../contract.ts";

const boot = startBoot("handler-connect");

export async function handler(_event: unknown, context: Context): Promise<ExchangeAnswer> {
  return serveAndClose(boot, context.awsRequestId);
}
