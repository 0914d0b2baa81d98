/** Makes an environment that is initialised and never invoked, and checks what its log shows. */
import { invoke, invokedText } from "../invoke.ts";
import { logLines, type Line } from "../log-lines.ts";
import { confirmed, differs, notReached, type ProbeContext, type ProbeResult } from "../probe.ts";
import { isOfVersion, provisionedEnvironment } from "../provisioned-environment.ts";

export async function unusedInit(context: ProbeContext): Promise<ProbeResult> {
  const { version, status } = await provisionedEnvironment(context);
  if (status !== "READY") return notReached(`The provisioned environment was not ready: ${status}.`);
  const invoked = await invoke(context, { ask: "answer" });
  if (invoked.answer === null) return differs(`$LATEST ${invokedText(invoked)}.`);
  const ofVersion = ({ stream }: Line): boolean => isOfVersion(stream, version);
  const lines = await logLines(context, (all) =>
    all.some((line) => ofVersion(line) && line.platform?.type === "platform.initReport"),
  );
  const own = lines.filter(ofVersion);
  const ready = own.find(({ platform }) => platform?.type === "platform.initReport");
  if (ready === undefined) return differs(`No stream of version ${version} has the end of an Init.`);
  const started = own.some(({ platform }) => platform?.type === "platform.start");
  if (started) return differs(`A stream of version ${version} has a START, although nobody invoked it.`);
  if (invoked.answer.logStream === ready.stream)
    return differs("$LATEST was served by the provisioned environment.");
  return confirmed(
    `Version ${version} has an Init (${ready.platform?.record.initializationType ?? "no type"}) without a START; $LATEST was served by another environment.`,
  );
}
