/**
 * Operations that the engine does not implement. A read answers as AWS does when nothing is configured. A write is refused. A read is also
 * refused if no published source says what AWS answers when nothing is configured.
 */
import type { HTTPMethod } from "find-my-way";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import { type LambdaAnswer, referenceOf } from "../../registry/requests/operation.ts";
import { functionArn } from "../../registry/functions/function-reference.ts";
import type { RouteRow } from "./route-row.ts";

/** Reads of function URLs, which no function of the engine has. The two operations report a missing function with different messages. */
export const FUNCTION_URLS: readonly RouteRow[] = [
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

/** A read of one version of a function, with its answer if the version exists. `arn` is the ARN of the version. */
export function reads(path: string, name: string, give: (arn: string) => object): RouteRow {
  return [
    "GET",
    path,
    name,
    (call, { registry }) => {
      const { record, version } = registry.resolve(referenceOf(call), call.home.region);
      return configured(give(functionArn(record, record.name, version.version)));
    },
  ];
}

export function emptyList(path: string, name: string, body: object): RouteRow {
  return ["GET", path, name, () => configured(body)];
}

/** A read of one resource of a kind that cannot exist here. The answer is AWS's 404. */
export function missing(method: HTTPMethod, path: string, name: string): RouteRow {
  return [
    method,
    path,
    name,
    () => {
      throw new LambdaError("ResourceNotFoundException", "The resource you requested does not exist.");
    },
  ];
}

/** A read of a code signing configuration, which cannot exist here. AWS's 404 has no `Type` (recorded 2025-11). */
export function missingCodeSigning(path: string, name: string): RouteRow {
  return [
    "GET",
    path,
    name,
    ({ parameters }) => {
      const message = `The Lambda code signing configuration ${parameters["arn"]} can not be found.`;
      throw new LambdaError("ResourceNotFoundException", message, {}, { typed: false });
    },
  ];
}

/** Always refused: a write, or a read for which no published source says what AWS answers when nothing is configured. */
export function refused(method: HTTPMethod, path: string, name: string): RouteRow {
  return [
    method,
    path,
    name,
    () => {
      throw unknownOperation(name);
    },
  ];
}

export function unknownOperation(name: string): LambdaError {
  return new LambdaError("UnknownOperationException", `The local engine does not serve ${name}.`);
}

function configured(body: object): LambdaAnswer {
  return { status: 200, body };
}
