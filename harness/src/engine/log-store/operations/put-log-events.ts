/** PutLogEvents: stores a batch from a caller, with AWS's limits on order, size and age. */
import { eventBytes } from "../log-group.ts";
import { streamNotFound, invalidLogsParameter } from "../logs-error.ts";
import { type LogsOperation, groupOf } from "../operation.ts";

const BATCH_BYTES_MAX = 1_048_576;
const OLDEST_MS = 14 * 86_400_000;
const NEWEST_MS = 2 * 3_600_000;
const SPAN_MS_MAX = 24 * 3_600_000;

export const putLogEvents: LogsOperation = (members, context) => {
  const name = members.required("logStreamName");
  const events = (members.objects("logEvents") ?? []).map((event) => ({
    timestamp: event.integer("timestamp"),
    message: event.text("message"),
  }));
  const bytes = events.reduce((sum, { message }) => sum + eventBytes(message ?? ""), 0);
  if (bytes > BATCH_BYTES_MAX)
    throw invalidLogsParameter(`Upload too large: ${bytes} bytes exceeds limit of ${BATCH_BYTES_MAX}`);
  if (
    events.some((event, index) => index > 0 && (event.timestamp ?? 0) < (events[index - 1]?.timestamp ?? 0))
  ) {
    throw invalidLogsParameter("Log events in a single PutLogEvents request must be in chronological order.");
  }
  const group = groupOf(members, context);
  const stream = group.stream(name);
  if (stream === undefined) throw streamNotFound();
  const tooOld = events.filter(({ timestamp }) => (timestamp ?? 0) < context.now - OLDEST_MS).length;
  const tooNew = events.findIndex(({ timestamp }) => (timestamp ?? 0) > context.now + NEWEST_MS);
  const accepted = events.slice(tooOld, tooNew === -1 ? undefined : tooNew);
  if ((accepted.at(-1)?.timestamp ?? 0) - (accepted[0]?.timestamp ?? 0) > SPAN_MS_MAX)
    throw invalidLogsParameter(
      "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.",
    );
  group.writeNow(
    stream,
    context.now,
    accepted.map(({ timestamp = 0, message = "" }) => ({ timestamp, message })),
  );
  const rejected = {
    ...(tooOld > 0 ? { tooOldLogEventEndIndex: tooOld } : {}),
    ...(tooNew === -1 ? {} : { tooNewLogEventStartIndex: tooNew }),
  };
  return {
    nextSequenceToken: sequenceToken(context.now),
    ...(Object.keys(rejected).length > 0 ? { rejectedLogEventsInfo: rejected } : {}),
  };
};

/** A token of AWS's form: 56 digits. AWS and the engine ignore the token that a caller sends. */
function sequenceToken(now: number): string {
  return String(now).padEnd(56, "0");
}
