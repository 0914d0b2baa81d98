/** The function that a verification deploys: it does what the event asks for. */
import type { Context } from "aws-lambda";
import { setTimeout as sleep } from "node:timers/promises";
import type { LifecycleLine } from "../../../functions/src/contract.ts";
import { dynamoDbClient } from "../../../functions/src/lease/dynamodb-client.ts";
import { keyOf } from "../../../functions/src/lease/lease-requests.ts";
import { readLeaseSettings } from "../../../functions/src/lease/lease-settings.ts";
import { createLifecycleLog } from "../../../functions/src/lifecycle-log.ts";
import type { ProbeAnswer, ProbeEvent } from "./probe-event.ts";

const WRITE_WITHIN_MS = 3_000;
const log = createLifecycleLog();

export async function handler(event: ProbeEvent, context: Context): Promise<ProbeAnswer> {
  log.enter("invoke", context.awsRequestId);
  let refusal: string | null = null;
  switch (event.ask) {
    case "answer":
    case "clocks":
      break;
    case "wait":
      await sleep(event.ms);
      break;
    case "crash":
      process.exit(1);
      break;
    case "two lines":
      // A function writes these lines if it is turned away, and if it is served.
      for (const outcome of ["refused", "accepted"] satisfies NonNullable<LifecycleLine["outcome"]>[])
        log.write("connect", { outcome });
      break;
    case "lease":
      refusal = await writeLease(event.key);
      break;
  }
  const { PROBE_VALUE: value = null, AWS_EXECUTION_ENV: runtime = null } = process.env;
  const clocks = { epochMs: Date.now(), monotonicMs: performance.now() };
  const answer = { logStream: context.logStreamName, value, runtime, refusal };
  return event.ask === "clocks" ? { ...answer, clocks } : answer;
}

/** If the table refused the write, returns the table's answer. */
async function writeLease(key: string): Promise<string | null> {
  const settings = readLeaseSettings({ ...process.env, LEASE_KEY: key });
  const client = dynamoDbClient(settings);
  const set = {
    UpdateExpression: "SET probed = :time",
    ExpressionAttributeValues: { ":time": { N: String(Date.now()) } },
  };
  try {
    await client.updateItem({ ...keyOf(settings), ...set }, performance.now() + WRITE_WITHIN_MS);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    client.close();
  }
}
