/** Finds the operation of the API model for a method and a path, also if the engine does not implement the operation. */
import type { HTTPMethod, HTTPVersion, Instance } from "find-my-way";
import type { LambdaCall, LambdaOperation } from "../../registry/requests/operation.ts";
import { routesOf } from "../../api-model/request-model.ts";
import { ABSENT_OPERATIONS, unknownOperation } from "./absent-operations.ts";
import { LAMBDA_OPERATIONS } from "./lambda-operations.ts";

interface LambdaRoute {
  readonly operation: LambdaOperation;
  readonly name: string;
  readonly bodyBytesMax: number;
}

/** AWS's limit of a request body with a package, enough for 50 MB in base64. */
const PACKAGE_BODY_BYTES_MAX = 70_167_211;
const BODY_BYTES_MAX = 1_048_576;

const PACKAGES: ReadonlySet<string> = new Set([
  "CreateFunction",
  "UpdateFunctionCode",
  "PublishLayerVersion",
]);

/** Operations that share a method and a path. The query says which operation is meant; one of them needs no query. */
type SharedPath = { readonly query: readonly [string, string] | null; readonly route: LambdaRoute }[];

export interface FoundRoute {
  readonly route: LambdaRoute;
  readonly parameters: Readonly<Record<string, string | undefined>>;
}

export class LambdaRoutes {
  /** The router is made at the first request, because loading it earlier would slow down the engine's start. */
  #router: Promise<Instance<HTTPVersion.V1>> | null = null;

  async find(method: string, path: string, query: URLSearchParams): Promise<FoundRoute | null> {
    const found = (await (this.#router ??= this.#makeRouter())).find(method as HTTPMethod, path);
    const shared = (found?.store ?? []) as SharedPath;
    const meant =
      shared.find((one) => one.query !== null && query.get(one.query[0]) === one.query[1]) ??
      shared.find((one) => one.query === null);
    return found === null || meant === undefined ? null : { route: meant.route, parameters: found.params };
  }

  async #makeRouter(): Promise<Instance<HTTPVersion.V1>> {
    const { default: makeRouter } = await import("find-my-way");
    const router = makeRouter<HTTPVersion.V1>({
      ignoreTrailingSlash: true,
      // A parameter may be as long as a request line, because the operation itself refuses a name that is too long, with AWS's error message.
      maxParamLength: 16_384,
      onBadUrl: () => undefined,
    });
    const paths = new Map<string, SharedPath>();
    for (const [name, target] of Object.entries(routesOf("lambda"))) {
      const route: LambdaRoute = {
        operation: LAMBDA_OPERATIONS[name] ?? ABSENT_OPERATIONS[name] ?? refuse,
        name,
        bodyBytesMax: PACKAGES.has(name) ? PACKAGE_BODY_BYTES_MAX : BODY_BYTES_MAX,
      };
      const [method = "", uri = ""] = target.split(" ");
      const [path = "", query] = uri.replace(/\{(\w+)\}/g, ":$1").split("?");
      const [key = "", value = ""] = query?.split("=") ?? [];
      const shared = paths.get(`${method} ${path}`) ?? [];
      if (shared.length === 0) router.on(method as HTTPMethod, path, () => undefined, shared);
      shared.push({ query: query === undefined ? null : [key, value], route });
      paths.set(`${method} ${path}`, shared);
    }
    return router;
  }
}

function refuse({ operation }: LambdaCall): never {
  throw unknownOperation(operation);
}
