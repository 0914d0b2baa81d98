/** Shows the harm: an environment that is never invoked holds the peer's only connection, and the peer turns away another environment. */
import { PutFunctionConcurrencyCommand } from "@aws-sdk/client-lambda";
import type { FullProbe } from "../full-probe.ts";
import { invokeAny, invokedText } from "../invoke.ts";
import { linesNow } from "../log-lines.ts";
import { watch } from "../watch.ts";
import { confirmed, differs, notReached } from "../probe.ts";
import { isOfVersion, provisionedEnvironment } from "../provisioned-environment.ts";
import { LABEL, peerRecords } from "./unused-connection.ts";

const POLL_MS = 1_000;
const WITHIN_MS = 120_000;

export const harm: FullProbe = async (context) => {
  const { lambda, logs, functions, peerLines, signal } = context;
  const { name: functionName, log_group: logGroup } = functions[LABEL];
  // Reserves a concurrency of two: for the provisioned environment and for an environment of $LATEST. The configuration in infra/ cannot
  // reserve more concurrency than the peer has places, and this peer has one place.
  const two = { FunctionName: functionName, ReservedConcurrentExecutions: 2 };
  await lambda.send(new PutFunctionConcurrencyCommand(two), { abortSignal: signal });
  const owner = { lambda, functionName, signal };
  const { version, status } = await provisionedEnvironment(owner);
  if (status !== "READY") return notReached(`The provisioned environment was not ready: ${status}.`);
  const invoked = await invokeAny(owner, {});
  const records = await watch({
    look: async () => {
      const all = peerRecords(await peerLines(LABEL));
      return all.some(({ event }) => event === "refused") ? all : null;
    },
    pollMs: POLL_MS,
    withinMs: WITHIN_MS,
    signal,
  });
  const lines = logGroup == null ? [] : await linesNow({ logs, logGroup, signal });
  const started = lines.some(
    ({ stream, platform }) => platform?.type === "platform.start" && isOfVersion(stream, version),
  );
  const held =
    records?.some(({ event, logStream }) => event === "accepted" && isOfVersion(logStream, version)) ?? false;
  const turnedAway =
    records?.some(({ event, logStream }) => event === "refused" && !isOfVersion(logStream, version)) ?? false;
  const text = `The invocation of $LATEST ${invokedText(invoked)}. The peer ${held ? "served" : "did not serve"} the environment of version ${version}, which ${started ? "was invoked" : "was never invoked"}, and ${turnedAway ? "refused" : "did not refuse"} another environment.`;
  return invoked.failed !== null && held && turnedAway && !started ? confirmed(text) : differs(text);
};
