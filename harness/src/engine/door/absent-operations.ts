/**
 * What Lambda has and the engine has not. A read answers what AWS answers where nothing is configured, because nothing
 * is; a write is refused as an operation that is not known here, so that nobody believes it was done.
 */
import type { HTTPMethod } from "find-my-way";
import { LambdaError } from "../registry/lambda-error.ts";
import { type LambdaAnswer, type LambdaOperation, functionOf } from "../registry/operation.ts";
import { functionArn } from "../registry/function-reference.ts";

type Row = readonly [HTTPMethod, string, string, LambdaOperation];

const FUNCTION = "/2015-03-31/functions/:name";

/** Reads of one function: the function must exist, then this is the answer. */
const READS: readonly (readonly [string, string, (arn: string) => object | LambdaError])[] = [
  [
    `${FUNCTION}/policy`,
    "GetPolicy",
    () => new LambdaError("ResourceNotFoundException", "The resource you requested does not exist."),
  ],
  [
    "/2019-09-25/functions/:name/event-invoke-config",
    "GetFunctionEventInvokeConfig",
    (arn) =>
      new LambdaError(
        "ResourceNotFoundException",
        `The function ${arn}:$LATEST doesn't have an EventInvokeConfig`,
      ),
  ],
  [
    "/2019-09-25/functions/:name/event-invoke-config/list",
    "ListFunctionEventInvokeConfigs",
    () => ({ FunctionEventInvokeConfigs: [] }),
  ],
  [
    "/2021-10-31/functions/:name/url",
    "GetFunctionUrlConfig",
    () => new LambdaError("ResourceNotFoundException", "The resource you requested does not exist."),
  ],
  ["/2021-10-31/functions/:name/urls", "ListFunctionUrlConfigs", () => ({ FunctionUrlConfigs: [] })],
  [
    "/2019-09-30/functions/:name/provisioned-concurrency",
    "GetProvisionedConcurrencyConfig",
    () =>
      new LambdaError(
        "ProvisionedConcurrencyConfigNotFoundException",
        "No Provisioned Concurrency Config found for this function",
      ),
  ],
  [
    "/2021-07-20/functions/:name/runtime-management-config",
    "GetRuntimeManagementConfig",
    (arn) => ({ UpdateRuntimeOn: "Auto", FunctionArn: `${arn}:$LATEST` }),
  ],
  [
    "/2024-08-31/functions/:name/recursion-config",
    "GetFunctionRecursionConfig",
    () => ({ RecursiveLoop: "Terminate" }),
  ],
];

const LISTS: readonly (readonly [string, string, object])[] = [
  ["/2015-03-31/event-source-mappings", "ListEventSourceMappings", { EventSourceMappings: [] }],
  ["/2018-10-31/layers", "ListLayers", { Layers: [] }],
  ["/2018-10-31/layers/:layer/versions", "ListLayerVersions", { LayerVersions: [] }],
  ["/2020-04-22/code-signing-configs", "ListCodeSigningConfigs", { CodeSigningConfigs: [] }],
];

const MISSING: readonly (readonly [HTTPMethod, string, string])[] = [
  ["GET", "/2015-03-31/event-source-mappings/:id", "GetEventSourceMapping"],
  ["GET", "/2018-10-31/layers/:layer/versions/:version", "GetLayerVersion"],
  ["GET", "/2020-04-22/code-signing-configs/:arn", "GetCodeSigningConfig"],
];

const WRITES: readonly (readonly [HTTPMethod, string, string])[] = [
  ["POST", `${FUNCTION}/policy`, "AddPermission"],
  ["DELETE", `${FUNCTION}/policy/:statement`, "RemovePermission"],
  ["POST", "/2014-11-13/functions/:name/invoke-async", "InvokeAsync"],
  ["POST", "/2021-11-15/functions/:name/response-streaming-invocations", "InvokeWithResponseStream"],
  ["PUT", "/2019-09-25/functions/:name/event-invoke-config", "PutFunctionEventInvokeConfig"],
  ["POST", "/2019-09-25/functions/:name/event-invoke-config", "UpdateFunctionEventInvokeConfig"],
  ["DELETE", "/2019-09-25/functions/:name/event-invoke-config", "DeleteFunctionEventInvokeConfig"],
  ["POST", "/2021-10-31/functions/:name/url", "CreateFunctionUrlConfig"],
  ["PUT", "/2021-10-31/functions/:name/url", "UpdateFunctionUrlConfig"],
  ["DELETE", "/2021-10-31/functions/:name/url", "DeleteFunctionUrlConfig"],
  ["PUT", "/2019-09-30/functions/:name/provisioned-concurrency", "PutProvisionedConcurrencyConfig"],
  ["DELETE", "/2019-09-30/functions/:name/provisioned-concurrency", "DeleteProvisionedConcurrencyConfig"],
  ["PUT", "/2021-07-20/functions/:name/runtime-management-config", "PutRuntimeManagementConfig"],
  ["PUT", "/2024-08-31/functions/:name/recursion-config", "PutFunctionRecursionConfig"],
  ["PUT", "/2020-06-30/functions/:name/code-signing-config", "PutFunctionCodeSigningConfig"],
  ["DELETE", "/2020-06-30/functions/:name/code-signing-config", "DeleteFunctionCodeSigningConfig"],
  ["POST", "/2015-03-31/event-source-mappings", "CreateEventSourceMapping"],
  ["PUT", "/2015-03-31/event-source-mappings/:id", "UpdateEventSourceMapping"],
  ["DELETE", "/2015-03-31/event-source-mappings/:id", "DeleteEventSourceMapping"],
  ["POST", "/2018-10-31/layers/:layer/versions", "PublishLayerVersion"],
  ["DELETE", "/2018-10-31/layers/:layer/versions/:version", "DeleteLayerVersion"],
  ["POST", "/2020-04-22/code-signing-configs", "CreateCodeSigningConfig"],
  ["POST", "/2025-11-30/capacity-providers", "CreateCapacityProvider"],
];

export function absentOperations(): readonly Row[] {
  return [
    ...READS.map(([path, name, give]): Row => [
      "GET",
      path,
      name,
      (call, context) => {
        const record = functionOf(call, context);
        return found(give(functionArn(record, record.name)));
      },
    ]),
    ...LISTS.map(([path, name, body]): Row => ["GET", path, name, () => found(body)]),
    ...MISSING.map(([method, path, name]): Row => [
      method,
      path,
      name,
      () => found(new LambdaError("ResourceNotFoundException", "The resource you requested does not exist.")),
    ]),
    ...WRITES.map(([method, path, name]): Row => [method, path, name, () => found(unknownOperation(name))]),
  ];
}

export function unknownOperation(name: string): LambdaError {
  return new LambdaError("UnknownOperationException", `The local engine does not serve ${name}.`);
}

function found(result: object | LambdaError): LambdaAnswer {
  if (result instanceof LambdaError) throw result;
  return { status: 200, body: result };
}
