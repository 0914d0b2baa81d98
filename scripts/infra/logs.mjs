/** `make logs`: what the functions, their managed peers and the runner wrote in the last hour (SINCE), oldest first, by the real Logs API. */
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
  const { region, endpoint, functions, runner } = await readDeployed(settings);
  const client = new CloudWatchLogsClient({
    region,
    ...(endpoint === null
      ? {}
      : { endpoint, credentials: { accessKeyId: "local", secretAccessKey: "local" } }),
  });
  try {
    const lines = [];
    for (const [who, logGroupName] of logGroups(functions, runner)) {
      for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName, startTime })) {
        for (const { timestamp = 0, message = "" } of events)
          lines.push({
            timestamp,
            text: `${new Date(timestamp).toISOString()} ${who}  ${message.trimEnd()}\n`,
          });
      }
    }
    lines.sort((one, other) => one.timestamp - other.timestamp);
    for (const { text } of lines) process.stdout.write(text);
  } finally {
    client.destroy();
  }
}

/** Pure: who writes where. */
export function logGroups(functions, runner) {
  return [
    ...Object.entries(functions).flatMap(([label, { log_group: own, peer_log_group: ofPeer }]) => [
      [label, own],
      [`${label} peer`, ofPeer],
    ]),
    ["runner", runner?.log_group ?? null],
  ].filter(([, name]) => name != null);
}
