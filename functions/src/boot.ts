/** A boot is one life of the process in an execution environment. Every design calls `startBoot` once, when its module is loaded. */
import { PeerClient } from "./connection/client.ts";
import type { ExchangeAnswer } from "./contract.ts";
import { readEnvironment, type FunctionEnvironment } from "./environment.ts";
import { createLifecycleLog, type LifecycleLog } from "./lifecycle-log.ts";

export interface Boot {
  readonly environment: FunctionEnvironment;
  readonly log: LifecycleLog;
  readonly client: PeerClient;
  /** Writes the invoke line, and adds the request id to every line until the invocation ends. `work` returns the peer's reply. */
  invocation(requestId: string, work: () => Promise<unknown>): Promise<ExchangeAnswer>;
}

export function startBoot(design: string): Boot {
  const log = createLifecycleLog();
  // The boot line is written before the settings are checked, so that the log also shows a boot that fails because of a wrong variable.
  const logStream = process.env["AWS_LAMBDA_LOG_STREAM_NAME"] ?? "unknown";
  log.write("boot", { design, logStream });
  const environment = readEnvironment(process.env);
  const client = new PeerClient(environment, log);
  let invocations = 0;
  return {
    environment,
    log,
    client,
    async invocation(requestId, work) {
      invocations += 1;
      const invocation = invocations;
      log.enter("invoke", requestId);
      log.write("invoke", { invocation });
      try {
        const reply = await work();
        const connectionOpenedIn = client.openedIn ?? "invoke";
        const { bootId } = log;
        return {
          ok: true,
          design,
          bootId,
          logStream: environment.logStream,
          invocation,
          connectionOpenedIn,
          reply,
        };
      } finally {
        // If SIGTERM came during the invocation, the phase stays `shutdown`.
        if (log.phase === "invoke") log.enter("invoke", null);
      }
    },
  };
}
