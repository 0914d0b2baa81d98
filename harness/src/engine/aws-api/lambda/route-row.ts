/** One row of the route tables: method, path, AWS's name of the operation, and the function that serves it. */
import type { HTTPMethod } from "find-my-way";
import type { LambdaOperation } from "../../registry/requests/operation.ts";

export type RouteRow = readonly [HTTPMethod, string, string, LambdaOperation];
