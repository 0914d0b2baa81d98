/** Turns a recording of `make verify` into API calls of the same form as those in sessions.ts, and into the lines of each log stream. */
import type { RecordedAnswer, Recording } from "../../../../scripts/infra/verify/recording/recording.ts";
import type { Service } from "./client.ts";
import { ACCOUNT, REGION, type RecordedCall } from "./sessions.ts";

export interface RecordingCall extends RecordedCall {
  readonly service: Service;
  /** The headers that the API promises. Other headers, such as the date, are left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the call only reads, so that it may be repeated until its answer agrees with the recording. */
  readonly reads: boolean;
}

export interface RecordedStream {
  readonly name: string;
  readonly messages: readonly unknown[];
}

export interface RecordingSession {
  /** The configuration of the function before the first call. */
  readonly deployed: Readonly<Record<string, unknown>>;
  readonly reserved: number;
  readonly metricFilters: readonly Readonly<Record<string, unknown>>[];
  /** The calls of one batch were under way at the same time. */
  readonly batches: readonly (readonly RecordingCall[])[];
  readonly streams: readonly RecordedStream[];
  /** The answers that are not played, because they are about something that the engine does not have. */
  readonly left: readonly Pick<RecordedAnswer, "service" | "operation">[];
}

const READS = /^(?:Get|List|Describe)/;
const LINES = "FilterLogEvents";
const HEADERS = ["content-type", "x-amz-function-error", "x-amz-executed-version"];
/** Members whose numbers differ from run to run. */
const MEASURED =
  /^(?:timestamp|LastModified|storedBytes|maxMemoryUsedMB|start|producedBytes|epochMs|monotonicMs)$|(?:Time|Timestamp|[dD]urationMs|CodeSize)$/;
/** Members that name the release of a runtime, which AWS updates often. */
const RELEASE = /^(?:runtimeVersion|runtimeVersionArn|RuntimeVersionArn)$/;

/** Returns the calls and the log lines of a recording. Throws if the recording does not show the function's configuration. */
export function recordingSession(recording: Recording): RecordingSession {
  const { head, answers } = JSON.parse(
    JSON.stringify(recording).replaceAll("<account>", ACCOUNT).replaceAll("<region>", REGION),
  ) as Recording;
  const bodyOf = (operation: string): unknown =>
    answers.find((one) => one.operation === operation && one.status < 300)?.body;
  const deployed = bodyOf("GetFunctionConfiguration");
  if (deployed === undefined) throw new Error("The recording does not show the function's configuration.");
  const { metricFilters = [] } = (bodyOf("DescribeMetricFilters") ?? {}) as {
    readonly metricFilters?: RecordingSession["metricFilters"];
  };
  const { Tags } = (bodyOf("GetFunction") ?? {}) as { readonly Tags?: unknown };
  const own = ownNames(deployed as RecordingSession["deployed"]);
  const left = answers.filter((one) => !isPlayed(one, own));
  const played = answers.filter((one) => isPlayed(one, own) && one.operation !== LINES);
  return {
    deployed: { ...(deployed as RecordingSession["deployed"]), Tags },
    reserved: head.reserved,
    metricFilters,
    batches: withoutRepeats(batchesOf(played)),
    streams: streamsIn(
      answers.filter((one) => isPlayed(one, own)),
      left.flatMap(({ headers }) => headers["x-amzn-requestid"] ?? []),
    ),
    left: left.map(({ service, operation }) => ({ service, operation })),
  };
}

interface OwnNames {
  readonly functionName: unknown;
  readonly logGroup: unknown;
}

function ownNames({ FunctionName, LoggingConfig }: RecordingSession["deployed"]): OwnNames {
  const { LogGroup = `/aws/lambda/${String(FunctionName)}` } = (LoggingConfig ?? {}) as {
    readonly LogGroup?: string;
  };
  return { functionName: FunctionName, logGroup: LogGroup };
}

/**
 * Returns whether the engine can answer the request. The engine has the function that `make verify` deploys for its tier `lambda` (the
 * claims that need only functions, logs and roles), and that function's log. The engine has no table for leases.
 */
function isPlayed({ service, operation, input }: RecordedAnswer, own: OwnNames): boolean {
  const { FunctionName = own.functionName, logGroupName = own.logGroup, Payload } = input;
  const lease = operation === "Invoke" && String(Payload).includes('"lease"');
  const known = service === "lambda" || service === "logs";
  return known && !lease && FunctionName === own.functionName && logGroupName === own.logGroup;
}

function batchesOf(answers: readonly RecordedAnswer[]): readonly (readonly RecordingCall[])[] {
  const batches: RecordingCall[][] = [];
  let until = -1;
  for (const answer of [...answers].sort((one, other) => one.from - other.from)) {
    if (answer.from >= until) batches.push([]);
    batches.at(-1)?.push(callOf(answer));
    until = Math.max(until, answer.to);
  }
  return batches;
}

function callOf({ service, operation, input, status, headers, body }: RecordedAnswer): RecordingCall {
  const type = (body as { readonly __type?: string } | null)?.__type;
  const error = headers["x-amzn-errortype"] ?? type;
  return {
    service: service as Service,
    operation,
    input,
    status,
    ...(status < 300 || error === undefined ? {} : { error: error.replace(/:.*/, "") }),
    headers: Object.fromEntries(
      HEADERS.flatMap((name) => (name in headers ? [[name, headers[name] ?? ""]] : [])),
    ),
    ...(body === null ? {} : { body: generalised(body) }),
    reads: READS.test(operation),
  };
}

/** Keeps only the last of several equal reads in a row: the client repeated the read until it got that answer. */
function withoutRepeats(
  batches: readonly (readonly RecordingCall[])[],
): readonly (readonly RecordingCall[])[] {
  const asked = (batch: readonly RecordingCall[] | undefined): string | null => {
    const [call, ...more] = batch ?? [];
    return call === undefined || !call.reads || more.length > 0
      ? null
      : JSON.stringify([call.service, call.operation, call.input]);
  };
  return batches.filter(
    (batch, index) => asked(batch) === null || asked(batch) !== asked(batches[index + 1]),
  );
}

interface LogEvent {
  readonly eventId: string;
  readonly logStreamName: string;
  readonly timestamp: number;
  readonly message: string;
}

/** Returns the recorded streams, without the lines of requests that are not played. */
function streamsIn(
  answers: readonly RecordedAnswer[],
  without: readonly string[],
): readonly RecordedStream[] {
  const events = new Map<string, LogEvent>();
  for (const { operation, status, body } of answers) {
    if (operation !== LINES || status >= 300) continue;
    for (const event of (body as { readonly events?: readonly LogEvent[] }).events ?? [])
      if (!without.some((id) => event.message.includes(id))) events.set(event.eventId, event);
  }
  return streamsOf([...events.values()]).map(({ name, messages }) => ({
    name: String(generalised(name)),
    messages: messages.map((message) => generalisedMessage(message)),
  }));
}

/** Returns the messages of each stream in order of time. The streams are in order of their first event. */
export function streamsOf(
  events: readonly Omit<LogEvent, "eventId">[],
): readonly { readonly name: string; readonly messages: readonly string[] }[] {
  const streams = new Map<string, string[]>();
  for (const { logStreamName, message } of [...events].sort(
    (one, other) => one.timestamp - other.timestamp,
  )) {
    const messages = streams.get(logStreamName) ?? [];
    streams.set(logStreamName, messages);
    messages.push(message);
  }
  return [...streams].map(([name, messages]) => ({ name, messages }));
}

function generalisedMessage(message: string): unknown {
  try {
    const value: unknown = JSON.parse(message);
    if (typeof value === "object" && value !== null) return { $json: generalised(value) };
  } catch {
    // The message is no JSON.
  }
  return generalised(message);
}

/** Puts placeholders where an answer differs from run to run. */
function generalised(value: unknown, member = ""): unknown {
  if (RELEASE.test(member)) return "<any>";
  if (typeof value === "number") return MEASURED.test(member) ? "<epoch>" : value;
  if (typeof value === "string")
    return value
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?\+0000/g, "<date>")
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z/g, "<iso>")
      .replace(/\d{4}\/\d\d\/\d\d\//g, "<day>/");
  if (Array.isArray(value)) return value.map((item) => generalised(item, member));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, generalised(item, key)]));
}
