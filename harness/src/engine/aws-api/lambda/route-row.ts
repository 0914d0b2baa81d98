/** One operation as the tables of routes write it: method, path, AWS's name, what serves it. */
import type { HTTPMethod } from "find-my-way";
import type { LambdaOperation } from "../../registry/requests/operation.ts";

export type RouteRow = readonly [HTTPMethod, string, string, LambdaOperation];
