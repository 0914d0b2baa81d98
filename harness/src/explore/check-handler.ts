/** Checks once, before the search, that the package works; otherwise every schedule would fail for the same reason. */
import { randomUUID } from "node:crypto";
import { DEFAULT_ADMISSION } from "../domain/admission.ts";
import { DEFAULT_CAPACITY } from "../domain/capacity.ts";
import { LongrunError } from "../domain/errors.ts";
import type { LogRecord } from "../domain/log-record.ts";
import { startPeer } from "../peer/peer.ts";
import type { Clock } from "../ports/clock.ts";
import type { Stage } from "./stage.ts";

export interface CheckOptions {
  readonly clock: Clock;
  /** The event of the invocation. */
  readonly payload: Buffer;
}

/** Throws the error `usage` if the Init phase fails although the peer is free, or if the handler never connects to the peer. */
export async function checkHandler(stage: Stage, { clock, payload }: CheckOptions): Promise<void> {
  let connected = false;
  const peer = await startPeer({
    host: "127.0.0.1",
    port: 0,
    admission: DEFAULT_ADMISSION,
    capacity: DEFAULT_CAPACITY,
    idleTimeoutMs: null,
    replyLatencyMs: 0,
    clock,
    log: ({ event }) => {
      connected ||= event === "accepted";
    },
  });
  const snapshot = stage.makeSnapshot(peer);
  const { functionName } = snapshot;
  try {
    stage.fleet.put(snapshot);
    const { succeeded } = await stage.fleet.initialiseAhead(functionName);
    if (!succeeded) throw doesNotLoadError(snapshot.handler, stage.records(functionName));
    await stage.fleet.invoke(functionName, "$LATEST", {
      requestId: randomUUID(),
      payload,
      invokedFunctionArn: snapshot.functionArn,
      traceId: NO_TRACE,
      clientContext: null,
    });
    if (!connected) throw neverConnectsError(snapshot.handler, stage.records(functionName));
  } finally {
    await peer.close();
    await stage.fleet.remove(functionName);
    stage.forget(functionName);
  }
}

function doesNotLoadError(handler: string, records: readonly LogRecord[]): LongrunError {
  return new LongrunError(
    "usage",
    `The handler ${handler} does not load: its Init phase fails although the peer is free.\n${firstLogLines(records)}`,
    {
      hint: "Name another export with --handler, or set a variable that it needs with --env.",
    },
  );
}

/** A search with such a handler would never find harm. */
function neverConnectsError(handler: string, records: readonly LogRecord[]): LongrunError {
  const lines = firstLogLines(records);
  return new LongrunError(
    "usage",
    `The handler ${handler} does not connect to the peer: neither its Init phase nor an invocation did.${lines === "" ? "" : `\n${lines}`}`,
    {
      hint: "Say with --link where it finds the peer's address (HOSTVAR:PORTVAR, VARIABLE or host), or send it with --event an event that makes it connect.",
    },
  );
}

const LINES_SHOWN = 6;
const NO_TRACE = `Root=1-00000000-${"0".repeat(24)}`;

function firstLogLines(records: readonly LogRecord[]): string {
  const lines = records
    .map(({ message }) => message.trimEnd())
    .filter((message) => !message.includes('"type":"platform.') && message !== "");
  return lines
    .slice(0, LINES_SHOWN)
    .flatMap(shortenError)
    .map((line) => `  ${line.slice(0, 400)}`)
    .join("\n");
}

const FRAMES_SHOWN = 3;

/** Shortens an error that the runtime wrote as JSON to its message and the line that threw it, without the runtime's own frames. */
function shortenError(line: string): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return [line];
  }
  const { message } = value as { readonly message?: unknown };
  if (typeof message !== "object" || message === null) return [line];
  const { errorType, errorMessage, stackTrace } = message as Readonly<Record<string, unknown>>;
  if (typeof errorMessage !== "string") return [line];
  const frames = (Array.isArray(stackTrace) ? (stackTrace as readonly unknown[]) : [])
    .filter((frame): frame is string => typeof frame === "string" && /^ +at /.test(frame))
    .filter((frame) => !/node:internal|\/runtime\/index\.c?js/.test(frame));
  return [
    ...`${typeof errorType === "string" ? errorType : "Error"}: ${errorMessage}`.split("\n"),
    ...frames.slice(0, FRAMES_SHOWN),
  ];
}
