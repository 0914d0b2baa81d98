/** An environment that is initialised and never invoked, made on demand: one provisioned environment of a version that nobody calls. */
import {
  GetProvisionedConcurrencyConfigCommand,
  PublishVersionCommand,
  PutProvisionedConcurrencyConfigCommand,
} from "@aws-sdk/client-lambda";
import { setTimeout as sleep } from "node:timers/promises";
import { invoke, invokedText } from "../invoke.ts";
import { logLines, type Line } from "../log-lines.ts";
import { confirmed, differs, notReached, type ProbeContext, type ProbeResult } from "../probe.ts";

const POLL_MS = 2_000;
const READY_WITHIN_MS = 600_000;

export async function unusedInit(context: ProbeContext): Promise<ProbeResult> {
  const { lambda, functionName: FunctionName, signal } = context;
  const { Version = "" } = await lambda.send(new PublishVersionCommand({ FunctionName }), {
    abortSignal: signal,
  });
  await lambda.send(
    new PutProvisionedConcurrencyConfigCommand({
      FunctionName,
      Qualifier: Version,
      ProvisionedConcurrentExecutions: 1,
    }),
    { abortSignal: signal },
  );
  const status = await provisioned(context, Version);
  if (status !== "READY") return notReached(`The provisioned environment was not ready: ${status}.`);
  const invoked = await invoke(context, { ask: "answer" });
  if (invoked.answer === null) return differs(`$LATEST ${invokedText(invoked)}.`);
  const ofVersion = ({ stream }: Line): boolean => stream.includes(`[${Version}]`);
  const lines = await logLines(context, (all) =>
    all.some((line) => ofVersion(line) && line.platform?.type === "platform.initReport"),
  );
  const own = lines.filter(ofVersion);
  const ready = own.find(({ platform }) => platform?.type === "platform.initReport");
  if (ready === undefined) return differs(`No stream of version ${Version} has the end of an Init.`);
  const started = own.some(({ platform }) => platform?.type === "platform.start");
  if (started) return differs(`A stream of version ${Version} has a START, although nobody invoked it.`);
  if (invoked.answer.logStream === ready.stream)
    return differs("$LATEST was served by the provisioned environment.");
  return confirmed(
    `Version ${Version} has an Init (${ready.platform?.record.initializationType ?? "no type"}) without a START; $LATEST was served by another environment.`,
  );
}

async function provisioned(
  { lambda, functionName: FunctionName, signal }: ProbeContext,
  Qualifier: string,
): Promise<string> {
  const until = performance.now() + READY_WITHIN_MS;
  for (;;) {
    const { Status = "unknown", StatusReason } = await lambda.send(
      new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier }),
      { abortSignal: signal },
    );
    const text = StatusReason === undefined ? Status : `${Status}, ${StatusReason}`;
    if (Status !== "IN_PROGRESS" || performance.now() > until) return text;
    await sleep(POLL_MS, null, { signal });
  }
}
