/** `make logs`: prints what functions, managed peers and runner wrote in the last hour (SINCE), oldest first. */
import { CloudWatchLogsClient, paginateFilterLogEvents } from "@aws-sdk/client-cloudwatch-logs";
import { serviceConnection } from "../../harness/src/adapters/aws/service-connection.ts";
import { systemClock } from "../../harness/src/adapters/node/system-clock.ts";
import type { Machine } from "../../harness/src/cli/machine.ts";
import { EXIT, type ExitCode } from "../../harness/src/words/exit-codes.ts";
import { epochMs, isoTime, parseDuration } from "../../harness/src/base/time.ts";
import { readDeployed, type DeployedStack } from "./deployed.ts";
import type { Settings } from "./settings.ts";

export async function logs(settings: Settings, machine: Machine): Promise<ExitCode> {
  const startTime = systemClock.now() - (parseDuration(settings.since) ?? 0);
  const deployed = await readDeployed(settings);
  const client = new CloudWatchLogsClient(serviceConnection(deployed));
  try {
    const lines: { readonly timestamp: number; readonly text: string }[] = [];
    for (const [who, logGroupName] of logGroups(deployed)) {
      for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName, startTime })) {
        for (const { timestamp = 0, message = "" } of events) {
          const text = `${isoTime(epochMs(timestamp))} ${who}  ${message.trimEnd()}\n`;
          lines.push({ timestamp, text });
        }
      }
    }
    lines.sort((one, other) => one.timestamp - other.timestamp);
    for (const { text } of lines) machine.stdout.write(text);
  } finally {
    client.destroy();
  }
  return EXIT.pass;
}

/** Returns the log groups, each with the name of its writer. */
export function logGroups({
  functions,
  runner,
}: Pick<DeployedStack, "functions" | "runner">): readonly (readonly [who: string, logGroup: string])[] {
  const all = [
    ...Object.entries(functions).flatMap(([label, { log_group: own, peer_log_group: ofPeer }]) => [
      [label, own] as const,
      [`${label} peer`, ofPeer] as const,
    ]),
    ["runner", runner?.log_group] as const,
  ];
  return all.flatMap(([who, logGroup]) => (logGroup == null ? [] : [[who, logGroup] as const]));
}
