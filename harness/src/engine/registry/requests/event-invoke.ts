/** Reads an event-invoke configuration from a request, and describes it in an answer. Pure. */
import type { EventInvokeConfig, FunctionRecord } from "../functions/function-record.ts";
import { type FunctionReference, functionArn } from "../functions/function-reference.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import { type LambdaCall, type OperationContext, referenceOf } from "./operation.ts";
import type { RequestMembers } from "../../request-validation/request-members.ts";

/** Returns only the members that the request names. `target` is the ARN of the function. */
export function readEventInvoke(
  members: RequestMembers,
  target: string,
): Omit<EventInvokeConfig, "lastModified"> {
  const attempts = members.integer("MaximumRetryAttempts");
  const age = members.integer("MaximumEventAgeInSeconds");
  const destinations = members.object("DestinationConfig");
  const wanted = ["OnSuccess", "OnFailure"]
    .map((name) => destinations?.object(name)?.text("Destination") ?? "")
    .filter((destination) => destination !== "");
  if (attempts === undefined && age === undefined && destinations === undefined)
    throw new LambdaError(
      "InvalidParameterValueException",
      "You must specify at least one of error handling or destination setting.",
    );
  if (wanted.includes(target))
    throw new LambdaError(
      "InvalidParameterValueException",
      "You can't specify the function as a destination for itself.",
    );
  // The engine has no destinations, so it answers like AWS for a destination that does not exist.
  if (wanted[0] !== undefined)
    throw new LambdaError("InvalidParameterValueException", `The destination ARN ${wanted[0]} is invalid.`);
  return {
    ...(attempts === undefined ? {} : { MaximumRetryAttempts: attempts }),
    ...(age === undefined ? {} : { MaximumEventAgeInSeconds: age }),
  };
}

export interface EventInvokeTarget {
  readonly record: FunctionRecord;
  readonly key: string;
}

/** Finds the target of a write. As on AWS, the error does not say whether the function, the version or the alias is missing. */
export function eventInvokeTarget(call: LambdaCall, context: OperationContext): EventInvokeTarget {
  const reference = referenceOf(call);
  const record = context.registry.byName(reference.name, call.home.region);
  const key = reference.qualifier ?? "$LATEST";
  const known =
    key === "$LATEST" ||
    record?.versions.some(({ version }) => version === key) === true ||
    record?.aliases.some(({ Name }) => Name === key) === true;
  if (record === undefined || !known)
    throw new LambdaError("ResourceNotFoundException", "The function doesn't exist.");
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
  const { lastModified, ...settings } = config;
  return {
    LastModified: lastModified / 1_000,
    FunctionArn: functionArn(record, record.name, key),
    ...settings,
    DestinationConfig: { OnSuccess: {}, OnFailure: {} },
  };
}

function noEventInvokeError(call: LambdaCall, { name, qualifier }: FunctionReference): LambdaError {
  return new LambdaError(
    "ResourceNotFoundException",
    `The function ${functionArn(call.home, name, qualifier ?? "$LATEST")} doesn't have an EventInvokeConfig`,
  );
}
