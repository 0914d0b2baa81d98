/**
 * One boot: one life of the process inside an execution environment. Made once at module load, it writes the boot line
 * and holds what every design needs: settings, lifecycle log, the client of the peer and the count of invocations.
 */
import { PeerClient } from "./connection/client.ts";
import type { ExchangeAnswer } from "./contract.ts";
import { readEnvironment, type FunctionEnvironment } from "./environment.ts";
import { createLifecycleLog, type LifecycleLog } from "./lifecycle-log.ts";

export interface Boot {
  readonly environment: FunctionEnvironment;
  readonly log: LifecycleLog;
  readonly client: PeerClient;
  /** Runs one invocation: writes its invoke line, and lines belong to it until it ends. The work returns the peer's reply. */
  invocation(requestId: string, work: () => Promise<unknown>): Promise<ExchangeAnswer>;
}

export function startBoot(design: string): Boot {
  const log = createLifecycleLog();
  // The boot line comes before the settings are judged: also a boot that fails for a wrong variable shows in the log.
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
        // What happens between invocations belongs to none of them; a SIGTERM meanwhile keeps its own phase.
        if (log.phase === "invoke") log.enter("invoke", null);
      }
    },
  };
}
