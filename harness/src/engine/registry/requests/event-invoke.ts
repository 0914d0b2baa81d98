/** Reads an event-invoke configuration from a request, and describes it in an answer. Pure. */
import type { EventInvokeConfig, FunctionRecord } from "../functions/function-record.ts";
import {
  type FunctionReference,
  functionArn,
  parseFunctionReference,
} from "../functions/function-reference.ts";
import { LambdaError, invalidParameter, resourceNotFound } from "../../request-validation/lambda-error.ts";
import { type LambdaCall, type OperationContext, referenceOf } from "./operation.ts";

/** The services that can be the destination of an asynchronous invocation on AWS. */
const DESTINATION_SERVICES: readonly string[] = ["events", "lambda", "s3", "sns", "sqs"];

/** Returns only the members that the request names. */
export function readEventInvoke(
  call: LambdaCall,
  context: OperationContext,
): Omit<EventInvokeConfig, "lastModified"> {
  const members = call.body;
  const attempts = members.integer("MaximumRetryAttempts");
  const age = members.integer("MaximumEventAgeInSeconds");
  const destinations = members.object("DestinationConfig");
  const wanted = Object.fromEntries(
    (["OnSuccess", "OnFailure"] as const).flatMap((name) => {
      const destination = destinations?.object(name)?.text("Destination") ?? "";
      return destination === "" ? [] : [[name, destination]];
    }),
  );
  if (attempts === undefined && age === undefined && destinations === undefined)
    throw invalidParameter("You must specify at least one of error handling or destination setting.");
  if (Object.values(wanted).includes(functionArn(call.home, referenceOf(call).name)))
    throw invalidParameter("You can't specify the function as a destination for itself.");
  for (const destination of Object.values(wanted)) checkDestination(destination, wanted, call, context);
  return {
    ...(attempts === undefined ? {} : { MaximumRetryAttempts: attempts }),
    ...(age === undefined ? {} : { MaximumEventAgeInSeconds: age }),
    ...(destinations === undefined ? {} : { destinations: wanted }),
  };
}

/**
 * Functions are the only destinations of the engine. Any other destination of a service in `DESTINATION_SERVICES` gets AWS's error for a
 * destination that does not exist. All other texts get AWS's error for an invalid configuration.
 */
function checkDestination(
  destination: string,
  wanted: NonNullable<EventInvokeConfig["destinations"]>,
  call: LambdaCall,
  context: OperationContext,
): void {
  const service = /^arn:[^:]*:([^:]*):/.exec(destination)?.[1] ?? "";
  if (service === "lambda" && exists(destination, call, context)) return;
  const shown = (kind: "OnSuccess" | "OnFailure"): string =>
    wanted[kind] === undefined ? "null" : `${kind}(destination=${wanted[kind]})`;
  throw invalidParameter(
    DESTINATION_SERVICES.includes(service)
      ? `The destination ARN ${destination} is invalid.`
      : `The provided destination config DestinationConfig(onSuccess=${shown("OnSuccess")}, onFailure=${shown("OnFailure")}) is invalid.`,
  );
}

function exists(arn: string, { home }: LambdaCall, { registry }: OperationContext): boolean {
  try {
    registry.resolve(parseFunctionReference(arn, null, home), home.region);
    return true;
  } catch (error) {
    if (error instanceof LambdaError) return false;
    throw error;
  }
}

export interface EventInvokeTarget {
  readonly record: FunctionRecord;
  readonly key: string;
}

/** As on AWS, the error does not say whether the function, the version or the alias is missing. */
export function eventInvokeTarget(call: LambdaCall, context: OperationContext): EventInvokeTarget {
  const reference = referenceOf(call);
  const record = context.registry.byName(reference.name, call.home.region);
  const key = reference.qualifier ?? "$LATEST";
  const known =
    key === "$LATEST" ||
    record?.versions.some(({ version }) => version === key) === true ||
    record?.aliases.some(({ Name }) => Name === key) === true;
  if (record === undefined || !known) throw resourceNotFound("The function doesn't exist.");
  return { record, key };
}

export function storedEventInvoke(
  call: LambdaCall,
  context: OperationContext,
): EventInvokeTarget & { readonly config: EventInvokeConfig } {
  const reference = referenceOf(call);
  const record = context.registry.byName(reference.name, call.home.region);
  const key = reference.qualifier ?? "$LATEST";
  const config = record?.eventInvokeConfigs[key];
  if (record === undefined || config === undefined) throw noEventInvokeError(call, reference);
  return { record, key, config };
}

export function eventInvokeResponse(record: FunctionRecord, key: string, config: EventInvokeConfig): object {
  const { lastModified, destinations, ...settings } = config;
  const shown = (arn: string | undefined): object => (arn === undefined ? {} : { Destination: arn });
  return {
    LastModified: lastModified / 1_000,
    FunctionArn: functionArn(record, record.name, key),
    ...settings,
    DestinationConfig: {
      OnSuccess: shown(destinations?.OnSuccess),
      OnFailure: shown(destinations?.OnFailure),
    },
  };
}

function noEventInvokeError(call: LambdaCall, { name, qualifier }: FunctionReference): LambdaError {
  return resourceNotFound(
    `The function ${functionArn(call.home, name, qualifier ?? "$LATEST")} doesn't have an EventInvokeConfig`,
  );
}
