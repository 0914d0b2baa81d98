/**
 * A boot is one life of the process in an execution environment. It is made once, when the module is loaded; it writes the boot line and
 * holds what every design needs: the settings, the lifecycle log, the client of the peer and the count of invocations.
 */
import { PeerClient } from "./connection/client.ts";
import type { ExchangeAnswer } from "./contract.ts";
import { readEnvironment, type FunctionEnvironment } from "./environment.ts";
import { createLifecycleLog, type LifecycleLog } from "./lifecycle-log.ts";

export interface Boot {
  readonly environment: FunctionEnvironment;
  readonly log: LifecycleLog;
  readonly client: PeerClient;
  /** Runs one invocation: writes its invoke line, and gives its request id to every line until it ends. The work returns the peer's reply. */
  invocation(requestId: string, work: () => Promise<unknown>): Promise<ExchangeAnswer>;
}

export function startBoot(design: string): Boot {
  const log = createLifecycleLog();
  // The boot line is written before the settings are checked, so that a boot which fails on a wrong variable is in the log too.
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
        // Lines between invocations have no request id. If SIGTERM came meanwhile, the phase stays `shutdown`.
        if (log.phase === "invoke") log.enter("invoke", null);
      }
    },
  };
}
