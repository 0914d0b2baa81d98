/** Plays a recording of `make verify` against the engine, and says of each answer and each log stream whether the engine agrees. */
import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";
import type { Seen } from "./client.ts";
import type { RecordedStream, RecordingCall, RecordingSession } from "./recording-session.ts";
import { streamsOf } from "./recording-session.ts";
import { sdkClient } from "./sdk-client.ts";
import { Shapes } from "./shape.ts";

export interface ReplayedCall {
  readonly call: RecordingCall;
  /** How the engine's answer differs. Null if it agrees. */
  readonly differs: string | null;
}

export interface ReplayedStream {
  readonly stream: RecordedStream;
  readonly differs: string | null;
}

export interface Replayed {
  readonly calls: readonly ReplayedCall[];
  readonly streams: readonly ReplayedStream[];
}

interface On {
  readonly endpoint: string;
  /** The package of the verification's function. */
  readonly zip: Buffer;
}

/** How long a reading call is repeated. On a busy machine an Init takes seconds. */
const AGREES_WITHIN_MS = 30_000;
const AGAIN_AFTER_MS = 100;

/** The members of a configuration that CreateFunction takes. */
const DEPLOYED = [
  ...["FunctionName", "Description", "Runtime", "Handler", "Role", "Timeout", "MemorySize", "Environment"],
  ...["TracingConfig", "Architectures", "EphemeralStorage", "LoggingConfig", "Tags"],
];

export async function replayRecording(session: RecordingSession, on: On): Promise<Replayed> {
  await deploy(session, on);
  const shapes = new Shapes();
  const calls: ReplayedCall[] = [];
  for (const batch of session.batches) {
    const seen = await Promise.all(batch.map((call) => ask(call, shapes, on)));
    // If several calls run at the same time, any of them can be the one that is refused. So calls and answers are paired in
    // the order of their operations and statuses.
    const order = (one: { readonly operation: string; readonly status: number | null }): string =>
      `${one.operation} ${one.status}`;
    const recorded = [...batch].sort((one, other) => order(one).localeCompare(order(other)));
    const found = batch
      .map((call, index) => ({
        operation: call.operation,
        answer: seen[index],
        status: seen[index]?.status ?? null,
      }))
      .sort((one, other) => order(one).localeCompare(order(other)));
    for (const [index, call] of recorded.entries()) {
      const answer = found[index]?.answer;
      calls.push({ call, differs: answer === undefined ? "no answer" : differenceOf(shapes, call, answer) });
    }
  }
  return { calls, streams: await replayStreams(session, shapes, on) };
}

async function deploy({ deployed, reserved, metricFilters }: RecordingSession, on: On): Promise<void> {
  const { FunctionName } = deployed;
  const made = Object.fromEntries(DEPLOYED.map((name) => [name, deployed[name]]));
  const client = sdkClient(on.endpoint, on.zip);
  const done = async (...[service, operation, input]: Parameters<typeof client.call>): Promise<Seen> => {
    const seen = await client.call(service, operation, input);
    expect(seen.error, `${operation}: ${seen.message}`).to.equal(null);
    return seen;
  };
  await done("lambda", "CreateFunction", { ...made, Code: { ZipFile: "<zip>" } });
  for (;;) {
    const { output } = await done("lambda", "GetFunctionConfiguration", { FunctionName });
    if ((output as { readonly State?: string }).State === "Active") break;
    await sleep(AGAIN_AFTER_MS);
  }
  await done("lambda", "PutFunctionConcurrency", { FunctionName, ReservedConcurrentExecutions: reserved });
  const [{ logGroupName } = {}] = metricFilters;
  if (logGroupName !== undefined) await client.call("logs", "CreateLogGroup", { logGroupName });
  for (const { filterName, filterPattern, metricTransformations } of metricFilters)
    await done("logs", "PutMetricFilter", { logGroupName, filterName, filterPattern, metricTransformations });
  await client.close();
}

/** Makes the call once. Repeats a reading call until its answer agrees, for at most AGREES_WITHIN_MS. */
async function ask(call: RecordingCall, shapes: Shapes, on: On): Promise<Seen> {
  // Each call has clients of its own, because a client keeps the bytes of one answer.
  const client = sdkClient(on.endpoint, on.zip);
  const until = performance.now() + AGREES_WITHIN_MS;
  try {
    for (;;) {
      const input = shapes.filled(call.input) as Record<string, unknown>;
      const seen = await client.call(call.service, call.operation, input);
      if (!call.reads || differenceOf(shapes, call, seen) === null || performance.now() > until) return seen;
      await sleep(AGAIN_AFTER_MS);
    }
  } finally {
    await client.close();
  }
}

function differenceOf(shapes: Shapes, recorded: RecordingCall, seen: Seen): string | null {
  return shapes.difference(() => {
    expect({ status: seen.status, error: seen.error }).to.deep.equal({
      status: recorded.status,
      error: recorded.error ?? null,
    });
    const headers = Object.keys(recorded.headers).map((name) => [name, seen.raw?.headers[name]]);
    shapes.check(Object.fromEntries(headers), recorded.headers);
    const text = seen.raw?.text ?? "";
    shapes.check(text === "" ? null : JSON.parse(text), recorded.body ?? null);
  });
}

async function replayStreams(
  { deployed, streams }: RecordingSession,
  shapes: Shapes,
  on: On,
): Promise<readonly ReplayedStream[]> {
  const { FunctionName } = deployed as { readonly FunctionName: string };
  const logGroupName =
    (deployed["LoggingConfig"] as { readonly LogGroup?: string } | undefined)?.LogGroup ??
    `/aws/lambda/${FunctionName}`;
  const client = sdkClient(on.endpoint, on.zip);
  const until = performance.now() + AGREES_WITHIN_MS;
  try {
    for (;;) {
      const compared = compareStreams(streams, await eventsOf(client, logGroupName), shapes);
      if (compared.every(({ differs }) => differs === null) || performance.now() > until) return compared;
      await sleep(AGAIN_AFTER_MS);
    }
  } finally {
    await client.close();
  }
}

type Events = Parameters<typeof streamsOf>[0];

async function eventsOf(client: ReturnType<typeof sdkClient>, logGroupName: string): Promise<Events> {
  const events: Events[number][] = [];
  let nextToken: string | undefined;
  do {
    const { output } = await client.call("logs", "FilterLogEvents", { logGroupName, nextToken });
    const page = output as { readonly events?: Events; readonly nextToken?: string } | null;
    events.push(...(page?.events ?? []));
    nextToken = page?.nextToken;
  } while (nextToken !== undefined);
  return events;
}

/**
 * Compares each recorded stream with one stream of the engine. If a recorded answer contained the name of the recorded stream, the
 * engine's answer to the same call contained the name of the stream to compare. Any other recorded stream is compared with the first
 * stream of the engine that has a name of the recorded form and was not compared with another recorded stream before.
 */
export function compareStreams(
  recorded: readonly RecordedStream[],
  events: Events,
  shapes: Shapes,
): readonly ReplayedStream[] {
  const left = [...streamsOf(events)];
  return recorded.map((stream) => {
    const at = left.findIndex(
      ({ name }) => shapes.difference(() => shapes.check(name, stream.name), { keep: false }) === null,
    );
    const found = at < 0 ? undefined : left.splice(at, 1)[0];
    if (found === undefined) return { stream, differs: "The engine has no such stream." };
    return {
      stream,
      differs: shapes.difference(() => {
        shapes.check(found.name, stream.name);
        // The recording may end before the last lines have arrived.
        shapes.check(found.messages.slice(0, stream.messages.length), stream.messages);
      }),
    };
  });
}
