/**
 * Connects in module scope like init-connect. In addition it makes Lambda send SIGTERM at the end of the environment, and closes the
 * connection when SIGTERM comes. This does not prevent the failure that README.md describes. It shortens the harm only if the connection
 * would otherwise have stayed open after the environment had ended.
 */
import type { Context } from "aws-lambda";
import { startBoot } from "../boot.ts";
import { serveOnKept } from "../connection/serve.ts";
import type { ExchangeAnswer } from "../contract.ts";
import { registerInternalExtension } from "../internal-extension.ts";

/** With an internal extension, the whole Shutdown phase has 500 ms (docs/aws/lifecycle.md#shutdown). */
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
