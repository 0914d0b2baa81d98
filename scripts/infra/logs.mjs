/** `make logs`: what the functions and their managed peers wrote in the last hour (SINCE), oldest first, by the real Logs API. */
import { CloudWatchLogsClient, paginateFilterLogEvents } from "@aws-sdk/client-cloudwatch-logs";
import { readDeployed } from "./deployed.mjs";
import { Problem } from "./problem.mjs";

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export async function logs(settings) {
  const match = /^(\d+)([smhd])$/.exec(settings.since);
  if (match === null)
    throw new Problem(`SINCE must be a length such as 30m or 2h. Given: ${JSON.stringify(settings.since)}.`, {
      code: 64,
    });
  const startTime = Date.now() - Number(match[1]) * UNIT_MS[match[2]];
  const { region, endpoint, functions } = await readDeployed(settings);
  const client = new CloudWatchLogsClient({
    region,
    ...(endpoint === null
      ? {}
      : { endpoint, credentials: { accessKeyId: "local", secretAccessKey: "local" } }),
  });
  try {
    const lines = [];
    for (const [label, { log_group: own, peer_log_group: ofPeer }] of Object.entries(functions)) {
      for (const [who, logGroupName] of [
        [label, own],
        [`${label} peer`, ofPeer],
      ]) {
        if (logGroupName === null) continue;
        for await (const { events = [] } of paginateFilterLogEvents(
          { client },
          { logGroupName, startTime },
        )) {
          for (const { timestamp = 0, message = "" } of events)
            lines.push({
              timestamp,
              text: `${new Date(timestamp).toISOString()} ${who}  ${message.trimEnd()}\n`,
            });
        }
      }
    }
    lines.sort((one, other) => one.timestamp - other.timestamp);
    for (const { text } of lines) process.stdout.write(text);
  } finally {
    client.destroy();
  }
}
