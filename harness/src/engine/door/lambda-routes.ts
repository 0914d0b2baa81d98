/**
 * Which operation a method and a path mean: one line per operation. What Lambda has and the engine has not is here too
 * (`absent-operations.ts`), so that a caller gets an answer in AWS's form and never a hang.
 */
import router, { type HTTPMethod } from "find-my-way";
import type { LambdaOperation } from "../registry/operation.ts";
import { createAlias } from "../registry/operations/create-alias.ts";
import { createFunction } from "../registry/operations/create-function.ts";
import { deleteAlias } from "../registry/operations/delete-alias.ts";
import { deleteFunctionConcurrency } from "../registry/operations/delete-function-concurrency.ts";
import { deleteFunction } from "../registry/operations/delete-function.ts";
import { getAccountSettings } from "../registry/operations/get-account-settings.ts";
import { getAlias } from "../registry/operations/get-alias.ts";
import { getFunctionCodeSigningConfig } from "../registry/operations/get-function-code-signing-config.ts";
import { getFunctionConcurrency } from "../registry/operations/get-function-concurrency.ts";
import { getFunctionConfiguration } from "../registry/operations/get-function-configuration.ts";
import { getFunction } from "../registry/operations/get-function.ts";
import { listAliases } from "../registry/operations/list-aliases.ts";
import { listFunctions } from "../registry/operations/list-functions.ts";
import { listTags } from "../registry/operations/list-tags.ts";
import { listVersionsByFunction } from "../registry/operations/list-versions-by-function.ts";
import { publishVersion } from "../registry/operations/publish-version.ts";
import { putFunctionConcurrency } from "../registry/operations/put-function-concurrency.ts";
import { tagResource } from "../registry/operations/tag-resource.ts";
import { untagResource } from "../registry/operations/untag-resource.ts";
import { updateAlias } from "../registry/operations/update-alias.ts";
import { updateFunctionCode } from "../registry/operations/update-function-code.ts";
import { updateFunctionConfiguration } from "../registry/operations/update-function-configuration.ts";
import { absentOperations } from "./absent-operations.ts";

export interface LambdaRoute {
  readonly operation: LambdaOperation;
  readonly name: string;
  readonly bodyBytesMax: number;
}

/** CreateFunction and UpdateFunctionCode carry a package of 50 MB in base64; AWS's figure. */
export const PACKAGE_BODY_BYTES_MAX = 70_167_211;
export const BODY_BYTES_MAX = 1_048_576;

const PACKAGES: ReadonlySet<string> = new Set(["CreateFunction", "UpdateFunctionCode"]);

const ROUTES: readonly (readonly [HTTPMethod, string, string, LambdaOperation])[] = [
  ["POST", "/2015-03-31/functions", "CreateFunction", createFunction],
  ["GET", "/2015-03-31/functions", "ListFunctions", listFunctions],
  ["GET", "/2015-03-31/functions/:name", "GetFunction", getFunction],
  ["DELETE", "/2015-03-31/functions/:name", "DeleteFunction", deleteFunction],
  ["GET", "/2015-03-31/functions/:name/configuration", "GetFunctionConfiguration", getFunctionConfiguration],
  [
    "PUT",
    "/2015-03-31/functions/:name/configuration",
    "UpdateFunctionConfiguration",
    updateFunctionConfiguration,
  ],
  ["PUT", "/2015-03-31/functions/:name/code", "UpdateFunctionCode", updateFunctionCode],
  ["GET", "/2015-03-31/functions/:name/versions", "ListVersionsByFunction", listVersionsByFunction],
  ["POST", "/2015-03-31/functions/:name/versions", "PublishVersion", publishVersion],
  ["POST", "/2015-03-31/functions/:name/aliases", "CreateAlias", createAlias],
  ["GET", "/2015-03-31/functions/:name/aliases", "ListAliases", listAliases],
  ["GET", "/2015-03-31/functions/:name/aliases/:alias", "GetAlias", getAlias],
  ["PUT", "/2015-03-31/functions/:name/aliases/:alias", "UpdateAlias", updateAlias],
  ["DELETE", "/2015-03-31/functions/:name/aliases/:alias", "DeleteAlias", deleteAlias],
  ["PUT", "/2017-10-31/functions/:name/concurrency", "PutFunctionConcurrency", putFunctionConcurrency],
  [
    "DELETE",
    "/2017-10-31/functions/:name/concurrency",
    "DeleteFunctionConcurrency",
    deleteFunctionConcurrency,
  ],
  ["GET", "/2019-09-30/functions/:name/concurrency", "GetFunctionConcurrency", getFunctionConcurrency],
  [
    "GET",
    "/2020-06-30/functions/:name/code-signing-config",
    "GetFunctionCodeSigningConfig",
    getFunctionCodeSigningConfig,
  ],
  ["GET", "/2017-03-31/tags/:arn", "ListTags", listTags],
  ["POST", "/2017-03-31/tags/:arn", "TagResource", tagResource],
  ["DELETE", "/2017-03-31/tags/:arn", "UntagResource", untagResource],
  ["GET", "/2016-08-19/account-settings", "GetAccountSettings", getAccountSettings],
];

export interface FoundRoute {
  readonly route: LambdaRoute;
  readonly parameters: Readonly<Record<string, string | undefined>>;
}

export class LambdaRoutes {
  readonly #router = router<router.HTTPVersion.V1>({
    ignoreTrailingSlash: true,
    maxParamLength: 1_024,
    onBadUrl: () => undefined,
  });

  constructor() {
    for (const [method, path, name, operation] of [...ROUTES, ...absentOperations()]) {
      const route: LambdaRoute = {
        operation,
        name,
        bodyBytesMax: PACKAGES.has(name) ? PACKAGE_BODY_BYTES_MAX : BODY_BYTES_MAX,
      };
      this.#router.on(method, path, () => undefined, route);
    }
  }

  /** Null: Lambda has no such operation. */
  find(method: string, path: string): FoundRoute | null {
    const found = this.#router.find(method as HTTPMethod, path);
    const route = found?.store as LambdaRoute | undefined;
    return found === null || route === undefined || route === null
      ? null
      : { route, parameters: found.params };
  }
}
