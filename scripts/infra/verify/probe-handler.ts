/** The function that a verification deploys: it does what the event asks for. */
import type { Context } from "aws-lambda";
import { setTimeout as sleep } from "node:timers/promises";
import type { LifecycleLine } from "../../../functions/src/contract.ts";
import { createLifecycleLog } from "../../../functions/src/lifecycle-log.ts";
import type { ProbeAnswer, ProbeEvent } from "./probe-event.ts";

const log = createLifecycleLog();

export async function handler(event: ProbeEvent, context: Context): Promise<ProbeAnswer> {
  log.enter("invoke", context.awsRequestId);
  switch (event.ask) {
    case "answer":
      break;
    case "wait":
      await sleep(event.ms);
      break;
    case "crash":
      process.exit(1);
      break;
    case "two lines":
      // As a function writes them that was turned away, and one that was served.
      for (const outcome of ["refused", "accepted"] satisfies NonNullable<LifecycleLine["outcome"]>[])
        log.write("connect", { outcome });
      break;
  }
  return { logStream: context.logStreamName, value: process.env["PROBE_VALUE"] ?? null };
}
