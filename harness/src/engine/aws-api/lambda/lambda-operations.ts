/**
 * The functions that serve the operations of the Lambda API, by AWS's names. Method and path of each operation are in the API model. The engine
 * refuses every operation of the model that is not listed here or in absent-operations.ts.
 */
import {
  addLayerVersionPermission,
  getLayerVersionPolicy,
  removeLayerVersionPermission,
} from "../../registry/operations/layer-permissions.ts";
import { addPermission, getPolicy, removePermission } from "../../registry/operations/permissions.ts";
import {
  createAlias,
  deleteAlias,
  getAlias,
  listAliases,
  updateAlias,
} from "../../registry/operations/aliases.ts";
import {
  createFunction,
  deleteFunction,
  getFunction,
  getFunctionCodeSigningConfig,
  getFunctionConfiguration,
  listFunctions,
  updateFunctionCode,
  updateFunctionConfiguration,
} from "../../registry/operations/functions.ts";
import {
  deleteFunctionConcurrency,
  getFunctionConcurrency,
  putFunctionConcurrency,
} from "../../registry/operations/reserved-concurrency.ts";
import {
  deleteFunctionEventInvokeConfig,
  getFunctionEventInvokeConfig,
  listFunctionEventInvokeConfigs,
  putFunctionEventInvokeConfig,
  updateFunctionEventInvokeConfig,
} from "../../registry/operations/event-invoke-config.ts";
import {
  deleteLayerVersion,
  getLayerVersion,
  getLayerVersionByArn,
  listLayerVersions,
  listLayers,
  publishLayerVersion,
} from "../../registry/operations/layers.ts";
import {
  deleteProvisionedConcurrencyConfig,
  getProvisionedConcurrencyConfig,
  listProvisionedConcurrencyConfigs,
  putProvisionedConcurrencyConfig,
} from "../../registry/operations/provisioned-concurrency.ts";
import { getAccountSettings } from "../../registry/operations/get-account-settings.ts";
import {
  getFunctionRecursionConfig,
  putFunctionRecursionConfig,
} from "../../registry/operations/recursion-config.ts";
import { listTags, tagResource, untagResource } from "../../registry/operations/tags.ts";
import { listVersionsByFunction, publishVersion } from "../../registry/operations/versions.ts";
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
