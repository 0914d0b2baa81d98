/** The operations on functions, one line each: method, path, AWS's name. */
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
];
