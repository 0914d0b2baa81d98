/**
 * Connects in module scope like init-connect, but asks Lambda for SIGTERM and closes the connection when it comes.
 * That shortens the harm only where an environment would have ended in silence; the first failure comes all the same.
 */
import type { Context } from "aws-lambda";
import { startBoot } from "../boot.ts";
import { serveOnKept } from "../connection/serve.ts";
import type { ExchangeAnswer } from "../contract.ts";
import { registerInternalExtension } from "../internal-extension.ts";

/** The whole Shutdown budget with an internal extension is 500 ms (docs/aws/lifecycle.md#shutdown). */
const CLOSE_LIMIT_MS = 300;

const boot = startBoot("graceful-connect");
process.once("SIGTERM", () => {
  boot.log.enter("shutdown", null);
  void boot.client.close(CLOSE_LIMIT_MS).finally(() => process.exit(0));
});
await registerInternalExtension(boot.environment.runtimeApi, "graceful-connect");
await boot.client.connect();

export async function handler(_event: unknown, context: Context): Promise<ExchangeAnswer> {
  return serveOnKept(boot, context.awsRequestId);
}
