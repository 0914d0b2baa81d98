/**
 * Reads CloudWatch Logs page by page, from AWS or from the local engine. An empty page with a token is normal
 * (docs/aws/logs-api.md#operations). The caller handles duplicate and late events.
 */
import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilteredLogEvent,
} from "@aws-sdk/client-cloudwatch-logs";
import { ANOTHER_LOG_GROUP } from "../../words/log-class.ts";
import { wrongInput } from "../../base/errors.ts";
import type { LogRecord } from "../../record/log-record.ts";
import type { LogSource, ReadMore } from "../../run/ports/log-source.ts";
import { unavailable, type ServiceConnection } from "./service-connection.ts";

/** How often a call is tried. Many tries are needed, because CloudWatch allows few calls of FilterLogEvents per second in a region. */
const ATTEMPTS = 8;

export function cloudwatchLogSource(
  connection: ServiceConnection,
  throttled: () => void = () => undefined,
): LogSource {
  const client = new CloudWatchLogsClient({
    ...connection,
    maxAttempts: ATTEMPTS,
    requestHandler: { socketTimeout: 30_000, connectionTimeout: 5_000 },
  });
  client.middlewareStack.add(
    (next) => async (request) => {
      try {
        return await next(request);
      } catch (error) {
        if ((error as { readonly name?: string }).name === "ThrottlingException") throttled();
        throw error;
      }
    },
    // This step runs for each retry of the client, so that each throttled attempt is noticed.
    { step: "finalizeRequest", priority: "low", name: "reportThrottling" },
  );
  return {
    read: (logGroup, from, signal, more = {}) => readPages(client, logGroup, { from, more }, signal),
    close: () => client.destroy(),
  };
}

async function* readPages(
  client: CloudWatchLogsClient,
  logGroup: string,
  { from, more }: { readonly from: number; readonly more: ReadMore },
  signal: AbortSignal,
): AsyncGenerator<readonly LogRecord[]> {
  const range = {
    logGroupName: logGroup,
    startTime: Math.max(0, Math.floor(from)),
    ...(more.until === undefined ? {} : { endTime: Math.floor(more.until) }),
  };
  let nextToken: string | undefined;
  do {
    const input = { ...range, ...(nextToken === undefined ? {} : { nextToken }) };
    try {
      const page = await client.send(new FilterLogEventsCommand(input), { abortSignal: signal });
      nextToken = page.nextToken;
      const records = (page.events ?? []).flatMap((event) => record(logGroup, event));
      if (records.length > 0) yield records;
    } catch (error) {
      const { name, message } = error as { readonly name?: string; readonly message?: string };
      // The group may not exist yet, because Lambda makes it when the first line is written.
      if (name === "ResourceNotFoundException" && more.groupMustExist !== true) return;
      // docs/aws/logs-api.md#log-classes
      if (name === "InvalidOperationException")
        throw wrongInput(`The log group ${logGroup} can never be read: ${message ?? name}`, {
          hint: ANOTHER_LOG_GROUP,
          cause: error,
        });
      throw unavailable(`The log group ${logGroup} cannot be read`, error);
    }
  } while (nextToken !== undefined);
}

function record(logGroup: string, event: FilteredLogEvent): readonly LogRecord[] {
  if (event.logStreamName === undefined || event.timestamp === undefined) return [];
  return [
    {
      logGroup,
      logStreamName: event.logStreamName,
      timestamp: event.timestamp,
      message: event.message ?? "",
      ingestionTime: event.ingestionTime ?? null,
      eventId: event.eventId ?? null,
    },
  ];
}
