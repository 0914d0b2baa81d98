/** Checks a request to invoke a function, and finds the version. Throws AWS's error for an invalid request (docs/aws/invoke-api.md). */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../../../run/ports/clock.ts";
import { checkLambdaRequest } from "../../api-model/check-lambda-request.ts";
import type { Fleet, InvokeRequest } from "../../fleet-contract.ts";
import type { ResolvedVersion } from "../../registry/functions/function-index.ts";
import { functionArn, parseFunctionReference } from "../../registry/functions/function-reference.ts";
import type { FunctionRegistry } from "../../registry/functions/function-registry.ts";
import { refuseWhilePending } from "../../registry/functions/function-state.ts";
import type { Scope } from "../authorize.ts";
import type { EventQueue } from "../../scheduling/event-queue.ts";
import {
  type InvokeHeaders,
  INVOKE_BYTES_MAX,
  payloadTooLarge,
  readInvokeHeaders,
  readPayload,
} from "./invoke-request.ts";
import { BodyTooLarge, readBody } from "../read-body.ts";
import { traceHeader } from "./trace-header.ts";
import type { WeightedAliases } from "./weighted-alias.ts";

export interface InvokeContext {
  readonly accountId: string;
  readonly registry: FunctionRegistry;
  readonly fleet: Pick<Fleet, "invoke">;
  readonly eventQueue: EventQueue;
  readonly weightedAliases: WeightedAliases;
  readonly clock: Clock;
}

export interface InvokeCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly scope: Scope;
  readonly requestId: string;
  /** The name of the function in the path, decoded. */
  readonly functionName: string;
  readonly query: URLSearchParams | null;
  /** True for InvokeAsync, which is asynchronous whatever the headers say. */
  readonly asynchronous: boolean;
}

/** Checked instead of the body, because the body is the function's event and has no members of the API model. */
const NOT_READ = {};

export interface PreparedInvocation extends InvokeHeaders, ResolvedVersion {
  readonly qualifier: string | null;
  readonly request: InvokeRequest;
  /** Headers of an answer with status 200 or 202. */
  readonly headers: Record<string, string | number>;
}

export async function prepareInvocation(
  call: InvokeCall,
  context: InvokeContext,
  operation: "Invoke" | "InvokeAsync" | "InvokeWithResponseStream",
): Promise<PreparedInvocation> {
  const { request, requestId } = call;
  checkLambdaRequest(operation, {
    path: { FunctionName: call.functionName },
    query: call.query,
    headers: request.headers,
    body: NOT_READ,
  });
  const read = readInvokeHeaders(request.headers);
  const isEvent = operation === "InvokeAsync";
  const invocationType = isEvent ? "Event" : read.invocationType;
  const tail = read.tail && !isEvent;
  const { clientContext } = read;
  const body = await readBody(request, INVOKE_BYTES_MAX[invocationType]).catch((error: unknown) => {
    throw error instanceof BodyTooLarge && error.complete
      ? payloadTooLarge(error.bytes, invocationType)
      : error;
  });
  const home = { region: call.scope.region, accountId: context.accountId };
  const reference = parseFunctionReference(call.functionName, call.query?.get("Qualifier") ?? null, home);
  // If the request has no qualifier, Invoke's 404 answer shows `$LATEST` as the qualifier (docs/aws/invoke-api.md#api-errors).
  const named = context.registry.resolve(reference, home.region, "$LATEST");
  const { record, alias } = named;
  const version = context.weightedAliases.versionOf(named);
  refuseWhilePending(version);
  const payload = readPayload(body);
  const trace = traceHeader(request.headers["x-amzn-trace-id"], context.clock.now());
  // The members are written out, because spreading objects took as long as the checks.
  return {
    invocationType,
    tail,
    clientContext,
    record,
    version,
    alias,
    qualifier: reference.qualifier,
    request: {
      requestId,
      payload,
      invokedFunctionArn: functionArn(home, record.name, reference.qualifier),
      traceId: trace,
      clientContext: invocationType === "Event" ? null : clientContext,
      waitForPhaseEnd: tail,
    },
    headers: {
      "Content-Type": "application/json",
      "x-amzn-RequestId": requestId,
      "x-amzn-Remapped-Content-Length": 0,
      "X-Amzn-Trace-Id": trace,
    },
  };
}
