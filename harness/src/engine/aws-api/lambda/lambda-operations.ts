/**
 * The functions that serve the operations of the Lambda API, by AWS's names. Method and path of each operation are in the API model. The engine
 * refuses every operation of the model that is not listed here or in absent-operations.ts.
 */
import { addLayerVersionPermission } from "../../registry/operations/add-layer-version-permission.ts";
import { addPermission } from "../../registry/operations/add-permission.ts";
import { createAlias } from "../../registry/operations/create-alias.ts";
import { createFunction } from "../../registry/operations/create-function.ts";
import { deleteAlias } from "../../registry/operations/delete-alias.ts";
import { deleteFunction } from "../../registry/operations/delete-function.ts";
import { deleteFunctionConcurrency } from "../../registry/operations/delete-function-concurrency.ts";
import { deleteFunctionEventInvokeConfig } from "../../registry/operations/delete-function-event-invoke-config.ts";
import { deleteLayerVersion } from "../../registry/operations/delete-layer-version.ts";
import { deleteProvisionedConcurrencyConfig } from "../../registry/operations/delete-provisioned-concurrency-config.ts";
import { getAccountSettings } from "../../registry/operations/get-account-settings.ts";
import { getAlias } from "../../registry/operations/get-alias.ts";
import { getFunction } from "../../registry/operations/get-function.ts";
import { getFunctionCodeSigningConfig } from "../../registry/operations/get-function-code-signing-config.ts";
import { getFunctionConcurrency } from "../../registry/operations/get-function-concurrency.ts";
import { getFunctionConfiguration } from "../../registry/operations/get-function-configuration.ts";
import { getFunctionEventInvokeConfig } from "../../registry/operations/get-function-event-invoke-config.ts";
import { getFunctionRecursionConfig } from "../../registry/operations/get-function-recursion-config.ts";
import { getLayerVersion } from "../../registry/operations/get-layer-version.ts";
import { getLayerVersionByArn } from "../../registry/operations/get-layer-version-by-arn.ts";
import { getLayerVersionPolicy } from "../../registry/operations/get-layer-version-policy.ts";
import { getPolicy } from "../../registry/operations/get-policy.ts";
import { getProvisionedConcurrencyConfig } from "../../registry/operations/get-provisioned-concurrency-config.ts";
import { listAliases } from "../../registry/operations/list-aliases.ts";
import { listFunctionEventInvokeConfigs } from "../../registry/operations/list-function-event-invoke-configs.ts";
import { listFunctions } from "../../registry/operations/list-functions.ts";
import { listLayerVersions } from "../../registry/operations/list-layer-versions.ts";
import { listLayers } from "../../registry/operations/list-layers.ts";
import { listProvisionedConcurrencyConfigs } from "../../registry/operations/list-provisioned-concurrency-configs.ts";
import { listTags } from "../../registry/operations/list-tags.ts";
import { listVersionsByFunction } from "../../registry/operations/list-versions-by-function.ts";
import { publishLayerVersion } from "../../registry/operations/publish-layer-version.ts";
import { publishVersion } from "../../registry/operations/publish-version.ts";
import { putFunctionConcurrency } from "../../registry/operations/put-function-concurrency.ts";
import { putFunctionEventInvokeConfig } from "../../registry/operations/put-function-event-invoke-config.ts";
import { putFunctionRecursionConfig } from "../../registry/operations/put-function-recursion-config.ts";
import { putProvisionedConcurrencyConfig } from "../../registry/operations/put-provisioned-concurrency-config.ts";
import { removeLayerVersionPermission } from "../../registry/operations/remove-layer-version-permission.ts";
import { removePermission } from "../../registry/operations/remove-permission.ts";
import { tagResource } from "../../registry/operations/tag-resource.ts";
import { untagResource } from "../../registry/operations/untag-resource.ts";
import { updateAlias } from "../../registry/operations/update-alias.ts";
import { updateFunctionCode } from "../../registry/operations/update-function-code.ts";
import { updateFunctionConfiguration } from "../../registry/operations/update-function-configuration.ts";
import { updateFunctionEventInvokeConfig } from "../../registry/operations/update-function-event-invoke-config.ts";
import type { LambdaOperation } from "../../registry/requests/operation.ts";

export const LAMBDA_OPERATIONS: Readonly<Record<string, LambdaOperation>> = {
  CreateFunction: createFunction,
  ListFunctions: listFunctions,
  GetFunction: getFunction,
  DeleteFunction: deleteFunction,
  GetFunctionConfiguration: getFunctionConfiguration,
  UpdateFunctionConfiguration: updateFunctionConfiguration,
  UpdateFunctionCode: updateFunctionCode,
  ListVersionsByFunction: listVersionsByFunction,
  PublishVersion: publishVersion,
  CreateAlias: createAlias,
  ListAliases: listAliases,
  GetAlias: getAlias,
  UpdateAlias: updateAlias,
  DeleteAlias: deleteAlias,
  PutFunctionConcurrency: putFunctionConcurrency,
  DeleteFunctionConcurrency: deleteFunctionConcurrency,
  GetFunctionConcurrency: getFunctionConcurrency,
  PutFunctionRecursionConfig: putFunctionRecursionConfig,
  GetFunctionRecursionConfig: getFunctionRecursionConfig,
  PutProvisionedConcurrencyConfig: putProvisionedConcurrencyConfig,
  GetProvisionedConcurrencyConfig: getProvisionedConcurrencyConfig,
  ListProvisionedConcurrencyConfigs: listProvisionedConcurrencyConfigs,
  DeleteProvisionedConcurrencyConfig: deleteProvisionedConcurrencyConfig,
  AddPermission: addPermission,
  GetPolicy: getPolicy,
  RemovePermission: removePermission,
  PutFunctionEventInvokeConfig: putFunctionEventInvokeConfig,
  UpdateFunctionEventInvokeConfig: updateFunctionEventInvokeConfig,
  GetFunctionEventInvokeConfig: getFunctionEventInvokeConfig,
  DeleteFunctionEventInvokeConfig: deleteFunctionEventInvokeConfig,
  ListFunctionEventInvokeConfigs: listFunctionEventInvokeConfigs,
  GetFunctionCodeSigningConfig: getFunctionCodeSigningConfig,
  ListTags: listTags,
  TagResource: tagResource,
  UntagResource: untagResource,
  GetAccountSettings: getAccountSettings,

  PublishLayerVersion: publishLayerVersion,
  ListLayers: listLayers,
  GetLayerVersionByArn: getLayerVersionByArn,
  ListLayerVersions: listLayerVersions,
  GetLayerVersion: getLayerVersion,
  DeleteLayerVersion: deleteLayerVersion,
  AddLayerVersionPermission: addLayerVersionPermission,
  GetLayerVersionPolicy: getLayerVersionPolicy,
  RemoveLayerVersionPermission: removeLayerVersionPermission,
};
