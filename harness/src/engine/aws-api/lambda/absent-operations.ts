/** Operations that the engine does not implement. A read answers as AWS does when nothing is configured; a write is refused. */
import type { HTTPMethod } from "find-my-way";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import { type LambdaAnswer, referenceOf } from "../../registry/requests/operation.ts";
import { functionArn } from "../../registry/functions/function-reference.ts";
import type { RouteRow } from "./route-row.ts";

/** Reads of one version of a function, each with its answer if the version exists. `arn` is the ARN of the version. */
const READS: readonly (readonly [string, string, (arn: string) => object])[] = [
  [
    "/2021-07-20/functions/:FunctionName/runtime-management-config",
    "GetRuntimeManagementConfig",
    (arn) => ({ UpdateRuntimeOn: "Auto", FunctionArn: arn }),
  ],
  [
    "/2025-12-01/functions/:FunctionName/durable-executions",
    "ListDurableExecutionsByFunction",
    () => ({ DurableExecutions: [] }),
  ],
];

const LISTS: readonly (readonly [string, string, object])[] = [
  ["/2015-03-31/event-source-mappings", "ListEventSourceMappings", { EventSourceMappings: [] }],
  ["/2020-04-22/code-signing-configs", "ListCodeSigningConfigs", { CodeSigningConfigs: [] }],
  ["/2025-11-30/capacity-providers", "ListCapacityProviders", { CapacityProviders: [] }],
];

/** Reads of one resource of a kind that cannot exist here. The answer is AWS's 404. */
const MISSING: readonly (readonly [HTTPMethod, string, string])[] = [
  ["GET", "/2015-03-31/event-source-mappings/:id", "GetEventSourceMapping"],
  ["GET", "/2025-11-30/capacity-providers/:name", "GetCapacityProvider"],
  ["GET", "/2025-11-30/capacity-providers/:name/function-versions", "ListFunctionVersionsByCapacityProvider"],
  ["GET", "/2025-12-01/durable-executions/:arn", "GetDurableExecution"],
  ["GET", "/2025-12-01/durable-executions/:arn/history", "GetDurableExecutionHistory"],
  ["GET", "/2025-12-01/durable-executions/:arn/state", "GetDurableExecutionState"],
];

/** Reads of a code signing configuration, which cannot exist here. AWS's 404 has no `Type` (recorded 2025-11). */
const CODE_SIGNING: readonly (readonly [string, string])[] = [
  ["/2020-04-22/code-signing-configs/:arn", "GetCodeSigningConfig"],
  ["/2020-04-22/code-signing-configs/:arn/functions", "ListFunctionsByCodeSigningConfig"],
];

/** Always refused: writes, and reads whose answer for an unset value is not published. */
const REFUSED: readonly (readonly [HTTPMethod, string, string])[] = [
  ["POST", "/2021-10-31/functions/:FunctionName/url", "CreateFunctionUrlConfig"],
  ["PUT", "/2021-10-31/functions/:FunctionName/url", "UpdateFunctionUrlConfig"],
  ["DELETE", "/2021-10-31/functions/:FunctionName/url", "DeleteFunctionUrlConfig"],
  ["PUT", "/2021-07-20/functions/:FunctionName/runtime-management-config", "PutRuntimeManagementConfig"],
  ["PUT", "/2020-06-30/functions/:FunctionName/code-signing-config", "PutFunctionCodeSigningConfig"],
  ["DELETE", "/2020-06-30/functions/:FunctionName/code-signing-config", "DeleteFunctionCodeSigningConfig"],
  ["POST", "/2015-03-31/event-source-mappings", "CreateEventSourceMapping"],
  ["PUT", "/2015-03-31/event-source-mappings/:id", "UpdateEventSourceMapping"],
  ["DELETE", "/2015-03-31/event-source-mappings/:id", "DeleteEventSourceMapping"],
  ["POST", "/2020-04-22/code-signing-configs", "CreateCodeSigningConfig"],
  ["PUT", "/2020-04-22/code-signing-configs/:arn", "UpdateCodeSigningConfig"],
  ["DELETE", "/2020-04-22/code-signing-configs/:arn", "DeleteCodeSigningConfig"],
  ["POST", "/2025-11-30/capacity-providers", "CreateCapacityProvider"],
  ["PUT", "/2025-11-30/capacity-providers/:name", "UpdateCapacityProvider"],
  ["DELETE", "/2025-11-30/capacity-providers/:name", "DeleteCapacityProvider"],
  ["PUT", "/2025-11-30/functions/:FunctionName/function-scaling-config", "PutFunctionScalingConfig"],
  ["GET", "/2025-11-30/functions/:FunctionName/function-scaling-config", "GetFunctionScalingConfig"],
  ["GET", "/2026-07-09/resource-policy/:arn", "GetResourcePolicy"],
  ["PUT", "/2026-07-09/resource-policy/:arn", "PutResourcePolicy"],
  ["DELETE", "/2026-07-09/resource-policy/:arn", "DeleteResourcePolicy"],
  ["POST", "/2025-12-01/durable-executions/:arn/checkpoint", "CheckpointDurableExecution"],
  ["POST", "/2025-12-01/durable-executions/:arn/stop", "StopDurableExecution"],
  ["POST", "/2025-12-01/durable-executions/:arn/pause", "PauseDurableExecution"],
  ["POST", "/2025-12-01/durable-executions/:arn/resume", "ResumeDurableExecution"],
  ["DELETE", "/2025-12-01/durable-executions/:arn", "DeleteDurableExecution"],
  ["POST", "/2025-12-01/durable-execution-callbacks/:id/succeed", "SendDurableExecutionCallbackSuccess"],
  ["POST", "/2025-12-01/durable-execution-callbacks/:id/fail", "SendDurableExecutionCallbackFailure"],
  ["POST", "/2025-12-01/durable-execution-callbacks/:id/heartbeat", "SendDurableExecutionCallbackHeartbeat"],
];

/** Reads of function URLs, which no function of the engine has. The two operations report a missing function with different messages. */
const FUNCTION_URLS: readonly RouteRow[] = [
  [
    "GET",
    "/2021-10-31/functions/:FunctionName/url",
    "GetFunctionUrlConfig",
    (call) => {
      referenceOf(call);
      throw new LambdaError("ResourceNotFoundException", "The resource you requested does not exist.");
    },
  ],
  [
    "GET",
    "/2021-10-31/functions/:FunctionName/urls",
    "ListFunctionUrlConfigs",
    (call, { registry }) => {
      const { name } = referenceOf(call);
      if (registry.byName(name, call.home.region) === undefined)
        throw new LambdaError("ResourceNotFoundException", "Function does not exist");
      return configured({ FunctionUrlConfigs: [] });
    },
  ],
];

export function absentOperations(): readonly RouteRow[] {
  return [
    ...FUNCTION_URLS,
    ...READS.map(([path, name, give]): RouteRow => [
      "GET",
      path,
      name,
      (call, { registry }) => {
        const { record, version } = registry.resolve(referenceOf(call), call.home.region);
        return configured(give(functionArn(record, record.name, version.version)));
      },
    ]),
    ...LISTS.map(([path, name, body]): RouteRow => ["GET", path, name, () => configured(body)]),
    ...MISSING.map(([method, path, name]): RouteRow => [
      method,
      path,
      name,
      () => {
        throw new LambdaError("ResourceNotFoundException", "The resource you requested does not exist.");
      },
    ]),
    ...CODE_SIGNING.map(([path, name]): RouteRow => [
      "GET",
      path,
      name,
      ({ parameters }) => {
        const message = `The Lambda code signing configuration ${parameters["arn"]} can not be found.`;
        throw new LambdaError("ResourceNotFoundException", message, {}, { typed: false });
      },
    ]),
    ...REFUSED.map(([method, path, name]): RouteRow => [
      method,
      path,
      name,
      () => {
        throw unknownOperation(name);
      },
    ]),
  ];
}

export function unknownOperation(name: string): LambdaError {
  return new LambdaError("UnknownOperationException", `The local engine does not serve ${name}.`);
}

function configured(body: object): LambdaAnswer {
  return { status: 200, body };
}
