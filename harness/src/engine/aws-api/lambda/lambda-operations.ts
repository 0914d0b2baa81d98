/**
 * The functions that serve the operations of the Lambda API, by AWS's names. Method and path of each operation are in the API model. The engine
 * refuses every operation of the model that is not in these modules or in absent-operations.ts.
 */
import * as aliases from "../../registry/operations/aliases.ts";
import * as eventInvokeConfig from "../../registry/operations/event-invoke-config.ts";
import * as functions from "../../registry/operations/functions.ts";
import * as accountSettings from "../../registry/operations/get-account-settings.ts";
import * as layerPermissions from "../../registry/operations/layer-permissions.ts";
import * as layers from "../../registry/operations/layers.ts";
import * as permissions from "../../registry/operations/permissions.ts";
import * as provisionedConcurrency from "../../registry/operations/provisioned-concurrency.ts";
import * as recursionConfig from "../../registry/operations/recursion-config.ts";
import * as reservedConcurrency from "../../registry/operations/reserved-concurrency.ts";
import * as tags from "../../registry/operations/tags.ts";
import * as versions from "../../registry/operations/versions.ts";
import type { LambdaOperation } from "../../registry/requests/operation.ts";
import { operationsByName } from "../operations-by-name.ts";

export const LAMBDA_OPERATIONS = operationsByName<LambdaOperation>(
  ...[functions, versions, aliases, permissions, tags, layers, layerPermissions],
  ...[reservedConcurrency, provisionedConcurrency, eventInvokeConfig, recursionConfig, accountSettings],
);
