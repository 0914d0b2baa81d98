/** The operations of the Lambda API except layers: method, path, AWS's name. Those that the engine does not implement come last. */
import { addPermission } from "../../registry/operations/add-permission.ts";
import { createAlias } from "../../registry/operations/create-alias.ts";
import { createFunction } from "../../registry/operations/create-function.ts";
import { deleteAlias } from "../../registry/operations/delete-alias.ts";
import { deleteFunction } from "../../registry/operations/delete-function.ts";
import { deleteFunctionConcurrency } from "../../registry/operations/delete-function-concurrency.ts";
import { deleteFunctionEventInvokeConfig } from "../../registry/operations/delete-function-event-invoke-config.ts";
import { deleteProvisionedConcurrencyConfig } from "../../registry/operations/delete-provisioned-concurrency-config.ts";
import { getAccountSettings } from "../../registry/operations/get-account-settings.ts";
import { getAlias } from "../../registry/operations/get-alias.ts";
import { getFunction } from "../../registry/operations/get-function.ts";
import { getFunctionCodeSigningConfig } from "../../registry/operations/get-function-code-signing-config.ts";
import { getFunctionConcurrency } from "../../registry/operations/get-function-concurrency.ts";
import { getFunctionConfiguration } from "../../registry/operations/get-function-configuration.ts";
import { getFunctionEventInvokeConfig } from "../../registry/operations/get-function-event-invoke-config.ts";
import { getFunctionRecursionConfig } from "../../registry/operations/get-function-recursion-config.ts";
import { getPolicy } from "../../registry/operations/get-policy.ts";
import { getProvisionedConcurrencyConfig } from "../../registry/operations/get-provisioned-concurrency-config.ts";
import { listAliases } from "../../registry/operations/list-aliases.ts";
import { listFunctionEventInvokeConfigs } from "../../registry/operations/list-function-event-invoke-configs.ts";
import { listFunctions } from "../../registry/operations/list-functions.ts";
import { listProvisionedConcurrencyConfigs } from "../../registry/operations/list-provisioned-concurrency-configs.ts";
import { listTags } from "../../registry/operations/list-tags.ts";
import { listVersionsByFunction } from "../../registry/operations/list-versions-by-function.ts";
import { publishVersion } from "../../registry/operations/publish-version.ts";
import { putFunctionConcurrency } from "../../registry/operations/put-function-concurrency.ts";
import { putFunctionEventInvokeConfig } from "../../registry/operations/put-function-event-invoke-config.ts";
import { putFunctionRecursionConfig } from "../../registry/operations/put-function-recursion-config.ts";
import { putProvisionedConcurrencyConfig } from "../../registry/operations/put-provisioned-concurrency-config.ts";
import { removePermission } from "../../registry/operations/remove-permission.ts";
import { tagResource } from "../../registry/operations/tag-resource.ts";
import { untagResource } from "../../registry/operations/untag-resource.ts";
import { updateAlias } from "../../registry/operations/update-alias.ts";
import { updateFunctionCode } from "../../registry/operations/update-function-code.ts";
import { updateFunctionConfiguration } from "../../registry/operations/update-function-configuration.ts";
import { updateFunctionEventInvokeConfig } from "../../registry/operations/update-function-event-invoke-config.ts";
import {
  emptyList,
  FUNCTION_URLS,
  missing,
  missingCodeSigning,
  reads,
  refused,
} from "./absent-operations.ts";
import type { RouteRow } from "./route-row.ts";

const FUNCTION = "/2015-03-31/functions/:FunctionName";
const EVENTS = "/2019-09-25/functions/:FunctionName/event-invoke-config";
const RECURSION = "/2024-08-31/functions/:FunctionName/recursion-config";
const PROVISIONED = "/2019-09-30/functions/:FunctionName/provisioned-concurrency";

export const FUNCTION_ROUTES: readonly RouteRow[] = [
  ["POST", "/2015-03-31/functions", "CreateFunction", createFunction],
  ["GET", "/2015-03-31/functions", "ListFunctions", listFunctions],
  ["GET", FUNCTION, "GetFunction", getFunction],
  ["DELETE", FUNCTION, "DeleteFunction", deleteFunction],
  ["GET", `${FUNCTION}/configuration`, "GetFunctionConfiguration", getFunctionConfiguration],
  ["PUT", `${FUNCTION}/configuration`, "UpdateFunctionConfiguration", updateFunctionConfiguration],
  ["PUT", `${FUNCTION}/code`, "UpdateFunctionCode", updateFunctionCode],
  ["GET", `${FUNCTION}/versions`, "ListVersionsByFunction", listVersionsByFunction],
  ["POST", `${FUNCTION}/versions`, "PublishVersion", publishVersion],
  ["POST", `${FUNCTION}/aliases`, "CreateAlias", createAlias],
  ["GET", `${FUNCTION}/aliases`, "ListAliases", listAliases],
  ["GET", `${FUNCTION}/aliases/:Name`, "GetAlias", getAlias],
  ["PUT", `${FUNCTION}/aliases/:Name`, "UpdateAlias", updateAlias],
  ["DELETE", `${FUNCTION}/aliases/:Name`, "DeleteAlias", deleteAlias],
  [
    "PUT",
    "/2017-10-31/functions/:FunctionName/concurrency",
    "PutFunctionConcurrency",
    putFunctionConcurrency,
  ],
  [
    "DELETE",
    "/2017-10-31/functions/:FunctionName/concurrency",
    "DeleteFunctionConcurrency",
    deleteFunctionConcurrency,
  ],
  [
    "GET",
    "/2019-09-30/functions/:FunctionName/concurrency",
    "GetFunctionConcurrency",
    getFunctionConcurrency,
  ],
  ["PUT", RECURSION, "PutFunctionRecursionConfig", putFunctionRecursionConfig],
  ["GET", RECURSION, "GetFunctionRecursionConfig", getFunctionRecursionConfig],
  ["PUT", PROVISIONED, "PutProvisionedConcurrencyConfig", putProvisionedConcurrencyConfig],
  ["GET", PROVISIONED, "GetProvisionedConcurrencyConfig", getProvisionedConcurrencyConfig],
  ["GET", `${PROVISIONED}?List=ALL`, "ListProvisionedConcurrencyConfigs", listProvisionedConcurrencyConfigs],
  ["DELETE", PROVISIONED, "DeleteProvisionedConcurrencyConfig", deleteProvisionedConcurrencyConfig],
  ["POST", `${FUNCTION}/policy`, "AddPermission", addPermission],
  ["GET", `${FUNCTION}/policy`, "GetPolicy", getPolicy],
  ["DELETE", `${FUNCTION}/policy/:StatementId`, "RemovePermission", removePermission],
  ["PUT", EVENTS, "PutFunctionEventInvokeConfig", putFunctionEventInvokeConfig],
  ["POST", EVENTS, "UpdateFunctionEventInvokeConfig", updateFunctionEventInvokeConfig],
  ["GET", EVENTS, "GetFunctionEventInvokeConfig", getFunctionEventInvokeConfig],
  ["DELETE", EVENTS, "DeleteFunctionEventInvokeConfig", deleteFunctionEventInvokeConfig],
  ["GET", `${EVENTS}/list`, "ListFunctionEventInvokeConfigs", listFunctionEventInvokeConfigs],
  [
    "GET",
    "/2020-06-30/functions/:FunctionName/code-signing-config",
    "GetFunctionCodeSigningConfig",
    getFunctionCodeSigningConfig,
  ],
  ["GET", "/2017-03-31/tags/:Resource", "ListTags", listTags],
  ["POST", "/2017-03-31/tags/:Resource", "TagResource", tagResource],
  ["DELETE", "/2017-03-31/tags/:Resource", "UntagResource", untagResource],
  ["GET", "/2016-08-19/account-settings", "GetAccountSettings", getAccountSettings],

  // The operations that the engine does not implement:
  ...FUNCTION_URLS,
  reads(
    "/2021-07-20/functions/:FunctionName/runtime-management-config",
    "GetRuntimeManagementConfig",
    (arn) => ({ UpdateRuntimeOn: "Auto", FunctionArn: arn }),
  ),
  reads("/2025-12-01/functions/:FunctionName/durable-executions", "ListDurableExecutionsByFunction", () => ({
    DurableExecutions: [],
  })),
  emptyList("/2015-03-31/event-source-mappings", "ListEventSourceMappings", { EventSourceMappings: [] }),
  emptyList("/2020-04-22/code-signing-configs", "ListCodeSigningConfigs", { CodeSigningConfigs: [] }),
  emptyList("/2025-11-30/capacity-providers", "ListCapacityProviders", { CapacityProviders: [] }),
  missing("GET", "/2015-03-31/event-source-mappings/:id", "GetEventSourceMapping"),
  missing("GET", "/2025-11-30/capacity-providers/:name", "GetCapacityProvider"),
  missing(
    "GET",
    "/2025-11-30/capacity-providers/:name/function-versions",
    "ListFunctionVersionsByCapacityProvider",
  ),
  missing("GET", "/2025-12-01/durable-executions/:arn", "GetDurableExecution"),
  missing("GET", "/2025-12-01/durable-executions/:arn/history", "GetDurableExecutionHistory"),
  missing("GET", "/2025-12-01/durable-executions/:arn/state", "GetDurableExecutionState"),
  missingCodeSigning("/2020-04-22/code-signing-configs/:arn", "GetCodeSigningConfig"),
  missingCodeSigning("/2020-04-22/code-signing-configs/:arn/functions", "ListFunctionsByCodeSigningConfig"),
  refused("POST", "/2021-10-31/functions/:FunctionName/url", "CreateFunctionUrlConfig"),
  refused("PUT", "/2021-10-31/functions/:FunctionName/url", "UpdateFunctionUrlConfig"),
  refused("DELETE", "/2021-10-31/functions/:FunctionName/url", "DeleteFunctionUrlConfig"),
  refused(
    "PUT",
    "/2021-07-20/functions/:FunctionName/runtime-management-config",
    "PutRuntimeManagementConfig",
  ),
  refused("PUT", "/2020-06-30/functions/:FunctionName/code-signing-config", "PutFunctionCodeSigningConfig"),
  refused(
    "DELETE",
    "/2020-06-30/functions/:FunctionName/code-signing-config",
    "DeleteFunctionCodeSigningConfig",
  ),
  refused("POST", "/2015-03-31/event-source-mappings", "CreateEventSourceMapping"),
  refused("PUT", "/2015-03-31/event-source-mappings/:id", "UpdateEventSourceMapping"),
  refused("DELETE", "/2015-03-31/event-source-mappings/:id", "DeleteEventSourceMapping"),
  refused("POST", "/2020-04-22/code-signing-configs", "CreateCodeSigningConfig"),
  refused("PUT", "/2020-04-22/code-signing-configs/:arn", "UpdateCodeSigningConfig"),
  refused("DELETE", "/2020-04-22/code-signing-configs/:arn", "DeleteCodeSigningConfig"),
  refused("POST", "/2025-11-30/capacity-providers", "CreateCapacityProvider"),
  refused("PUT", "/2025-11-30/capacity-providers/:name", "UpdateCapacityProvider"),
  refused("DELETE", "/2025-11-30/capacity-providers/:name", "DeleteCapacityProvider"),
  refused("PUT", "/2025-11-30/functions/:FunctionName/function-scaling-config", "PutFunctionScalingConfig"),
  refused("GET", "/2025-11-30/functions/:FunctionName/function-scaling-config", "GetFunctionScalingConfig"),
  refused("GET", "/2026-07-09/resource-policy/:arn", "GetResourcePolicy"),
  refused("PUT", "/2026-07-09/resource-policy/:arn", "PutResourcePolicy"),
  refused("DELETE", "/2026-07-09/resource-policy/:arn", "DeleteResourcePolicy"),
  refused("POST", "/2025-12-01/durable-executions/:arn/checkpoint", "CheckpointDurableExecution"),
  refused("POST", "/2025-12-01/durable-executions/:arn/stop", "StopDurableExecution"),
  refused("POST", "/2025-12-01/durable-executions/:arn/pause", "PauseDurableExecution"),
  refused("POST", "/2025-12-01/durable-executions/:arn/resume", "ResumeDurableExecution"),
  refused("DELETE", "/2025-12-01/durable-executions/:arn", "DeleteDurableExecution"),
  refused(
    "POST",
    "/2025-12-01/durable-execution-callbacks/:id/succeed",
    "SendDurableExecutionCallbackSuccess",
  ),
  refused("POST", "/2025-12-01/durable-execution-callbacks/:id/fail", "SendDurableExecutionCallbackFailure"),
  refused(
    "POST",
    "/2025-12-01/durable-execution-callbacks/:id/heartbeat",
    "SendDurableExecutionCallbackHeartbeat",
  ),
];
