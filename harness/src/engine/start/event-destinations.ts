/**
 * Sends the record of an ended asynchronous invocation to the destination that the function has for this outcome
 * (docs/aws/concurrency.md#asynchronous-invocations). Only functions can be destinations in the engine. Without a destination, an event
 * that failed is reported to the operator.
 */
import { randomUUID } from "node:crypto";
import type { Clock } from "../../run/ports/clock.ts";
import type { WeightedAliases } from "../aws-api/invoke/weighted-alias.ts";
import { checkTenant } from "../registry/functions/check-tenant.ts";
import { functionArn, parseFunctionReference } from "../registry/functions/function-reference.ts";
import type { FunctionRegistry } from "../registry/functions/function-registry.ts";
import type { EventAnswer, EventOutcome, QueuedEvent } from "../scheduling/event-queue.ts";

/** AWS ends a chain in which a function was invoked this many times (docs/aws/concurrency.md#asynchronous-invocations). */
const LOOP_MAX = 16;

export interface DestinationParts {
  readonly registry: FunctionRegistry;
  readonly weightedAliases: WeightedAliases;
  readonly clock: Clock;
  readonly report: (problem: string) => void;
  /** Returns false if the queue is full. */
  readonly add: (event: QueuedEvent) => boolean;
}

export interface EndedEvent {
  readonly event: QueuedEvent;
  readonly outcome: EventOutcome;
  readonly attempts: number;
  readonly answer: EventAnswer | null;
}

export function sendToDestination(ended: EndedEvent, parts: DestinationParts): void {
  const { event, outcome, attempts } = ended;
  if (outcome === "Abandoned") return;
  const record = parts.registry.byKey(event.functionName);
  const destinations = record?.eventInvokeConfigs[event.qualifier]?.destinations;
  const arn = outcome === "Success" ? destinations?.OnSuccess : destinations?.OnFailure;
  const named = `event ${event.request.requestId} of ${event.functionName}`;
  if (record === undefined || arn === undefined) {
    if (outcome !== "Success") parts.report(`${named} was dropped after ${attempts} attempts: ${outcome}`);
    return;
  }
  try {
    const reference = parseFunctionReference(arn, null, record);
    const resolved = parts.registry.resolve(reference, record.region);
    checkTenant(resolved.version, undefined);
    const { fleetKey, recursiveLoop } = resolved.record;
    const chain = [...(event.chain ?? []), event.functionName];
    if (recursiveLoop === "Terminate" && chain.filter((key) => key === fleetKey).length >= LOOP_MAX) {
      parts.report(`${named} was not sent to its destination: ${fleetKey} is in a loop`);
      return;
    }
    const sent = parts.add({
      functionName: fleetKey,
      version: parts.weightedAliases.versionOf(resolved).version,
      qualifier: reference.qualifier ?? "$LATEST",
      ...(recursiveLoop === "Terminate" ? { chain } : {}),
      request: {
        requestId: randomUUID(),
        payload: Buffer.from(
          JSON.stringify(
            invocationRecord(ended, functionArn(record, record.name, event.qualifier), parts.clock.now()),
          ),
        ),
        invokedFunctionArn: arn,
        traceId: event.request.traceId,
        clientContext: null,
      },
    });
    if (!sent) parts.report(`${named} was not sent to its destination: the queue is full`);
  } catch (error) {
    parts.report(`${named} was not sent to its destination: ${(error as Error).message}`);
  }
}

/** Returns the record of an invocation, in the form that was recorded from AWS. Without an answer the record has no response. */
function invocationRecord(
  { event, outcome, attempts, answer }: EndedEvent,
  arn: string,
  now: number,
): object {
  return {
    version: "1.0",
    timestamp: new Date(now).toISOString(),
    requestContext: {
      requestId: event.request.requestId,
      functionArn: arn,
      condition: outcome,
      approximateInvokeCount: attempts,
    },
    requestPayload: parsed(event.request.payload),
    ...(answer === null
      ? {}
      : {
          responseContext: {
            statusCode: 200,
            executedVersion: answer.executedVersion,
            ...(answer.functionError === null ? {} : { functionError: answer.functionError }),
          },
          responsePayload: parsed(answer.payload),
        }),
  };
}

/** Returns the value of a JSON payload. Any other payload, such as the output of a stream, is returned as text. */
function parsed(payload: Buffer): unknown {
  const text = payload.toString("utf8");
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
