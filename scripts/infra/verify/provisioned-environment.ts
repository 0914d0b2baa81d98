/** The hazard: an environment whose Init runs, and which is never invoked. Here it is the provisioned environment of a version. */
import {
  GetProvisionedConcurrencyConfigCommand,
  PublishVersionCommand,
  PutProvisionedConcurrencyConfigCommand,
} from "@aws-sdk/client-lambda";
import type { ProbeContext } from "./probe.ts";
import { watch } from "./watch.ts";

const POLL_MS = 2_000;
const READY_WITHIN_MS = 600_000;

type ProvisionedFunction = Pick<ProbeContext, "lambda" | "functionName" | "signal">;

export interface Provisioned {
  readonly version: string;
  /** READY, or why the environment is not ready. */
  readonly status: string;
}

/**
 * Publishes a version, and waits until its environment is ready. The reserved concurrency of the function must have room for this
 * environment.
 */
export async function provisionedEnvironment(owner: ProvisionedFunction): Promise<Provisioned> {
  const { lambda, functionName: FunctionName, signal } = owner;
  const options = { abortSignal: signal };
  const { Version: version = "" } = await lambda.send(new PublishVersionCommand({ FunctionName }), options);
  const one = { FunctionName, Qualifier: version };
  await lambda.send(
    new PutProvisionedConcurrencyConfigCommand({ ...one, ProvisionedConcurrentExecutions: 1 }),
    options,
  );
  const { Status = "unknown", StatusReason } = await watch({
    look: () => lambda.send(new GetProvisionedConcurrencyConfigCommand(one), options),
    enough: ({ Status }) => Status !== "IN_PROGRESS",
    pollMs: POLL_MS,
    withinMs: READY_WITHIN_MS,
    signal,
  });
  return { version, status: StatusReason === undefined ? Status : `${Status}, ${StatusReason}` };
}

export const isOfVersion = (stream: string, version: string): boolean => stream.includes(`[${version}]`);
