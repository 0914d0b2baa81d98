/** The operations on log streams. */
import { LogsError, streamNotFound, invalidLogsParameter } from "../logs-error.ts";
import { type LogsOperation, groupOf, groupArn } from "../operation.ts";
import { listPage } from "../pages.ts";

export const createLogStream: LogsOperation = (members, context) => {
  const name = members.required("logStreamName");
  const group = groupOf(members, context);
  if (group.stream(name) !== undefined)
    throw new LogsError("ResourceAlreadyExistsException", "The specified log stream already exists");
  group.createStream(name, context.now);
  return null;
};

export const describeLogStreams: LogsOperation = (members, context) => {
  const orderBy = members.text("orderBy") ?? "LogStreamName";
  const prefix = members.text("logStreamNamePrefix");
  if (orderBy === "LastEventTime" && prefix !== undefined) {
    throw invalidLogsParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
  }
  const group = groupOf(members, context);
  const streams = group.streams().filter(({ name }) => name.startsWith(prefix ?? ""));
  const byTime = orderBy === "LastEventTime";
  const { items, ...more } = listPage(
    streams,
    ({ name, lastTimestamp }) => (byTime ? [lastTimestamp ?? 0, name] : [name]),
    members,
    members.boolean("descending") ?? false,
  );
  return {
    logStreams: items.map((stream) => ({
      logStreamName: stream.name,
      creationTime: stream.createdAt,
      ...(stream.firstTimestamp === null ? {} : { firstEventTimestamp: stream.firstTimestamp }),
      ...(stream.lastTimestamp === null ? {} : { lastEventTimestamp: stream.lastTimestamp }),
      ...(stream.lastIngestion === null ? {} : { lastIngestionTime: stream.lastIngestion }),
      // Recorded from AWS: a stream without events has no token.
      ...(stream.lastTimestamp === null ? {} : { uploadSequenceToken: SEQUENCE_TOKEN }),
      arn: `${groupArn(group.name, context)}:log-stream:${stream.name}`,
      storedBytes: 0,
    })),
    ...more,
  };
};

/** Old clients expect a token. Its value has no meaning, because AWS ignores sequence tokens. */
const SEQUENCE_TOKEN = "49039859627149871948193456019283746501928374650192837465";

export const deleteLogStream: LogsOperation = (members, context) => {
  const name = members.required("logStreamName");
  const group = groupOf(members, context);
  if (group.stream(name) === undefined) throw streamNotFound();
  group.deleteStream(name);
  return null;
};
