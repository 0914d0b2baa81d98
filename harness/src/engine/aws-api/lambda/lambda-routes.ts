/**
 * Which operation a method and a path mean. What Lambda has and the engine has not is here too (`absent-operations.ts`), so
 * that a caller gets an answer in AWS's form and never a hang.
 */
import router, { type HTTPMethod } from "find-my-way";
import type { LambdaOperation } from "../../registry/requests/operation.ts";
import { absentOperations } from "./absent-operations.ts";
import { FUNCTION_ROUTES } from "./function-routes.ts";
import { LAYER_ROUTES } from "./layer-routes.ts";

export interface LambdaRoute {
  readonly operation: LambdaOperation;
  readonly name: string;
  readonly bodyBytesMax: number;
}

/** CreateFunction and UpdateFunctionCode carry a package of 50 MB in base64; AWS's figure. */
export const PACKAGE_BODY_BYTES_MAX = 70_167_211;
export const BODY_BYTES_MAX = 1_048_576;

const PACKAGES: ReadonlySet<string> = new Set([
  "CreateFunction",
  "UpdateFunctionCode",
  "PublishLayerVersion",
]);

export interface FoundRoute {
  readonly route: LambdaRoute;
  readonly parameters: Readonly<Record<string, string | undefined>>;
}

export class LambdaRoutes {
  readonly #router = router<router.HTTPVersion.V1>({
    ignoreTrailingSlash: true,
    // As much as a request line holds: a name that is too long is refused by whoever reads it, in AWS's words.
    maxParamLength: 16_384,
    onBadUrl: () => undefined,
  });

  constructor() {
    for (const [method, path, name, operation] of [
      ...FUNCTION_ROUTES,
      ...LAYER_ROUTES,
      ...absentOperations(),
    ]) {
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
