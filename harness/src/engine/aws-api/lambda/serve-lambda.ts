/** Serves one request of the Lambda API that is no invocation. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Home } from "../../registry/home.ts";
import type { SentMembers } from "../../api-model/check-request.ts";
import { checkLambdaRequest } from "../../api-model/check-lambda-request.ts";
import { LambdaError, invalidContent } from "../../request-validation/lambda-error.ts";
import type { OperationContext } from "../../registry/requests/operation.ts";
import { RequestMembers } from "../../request-validation/request-members.ts";
import { unknownOperation } from "./absent-operations.ts";
import { answerJson } from "../answer.ts";
import type { LambdaRoutes } from "./lambda-routes.ts";
import { BodyTooLarge, discardBody, readBody } from "../read-body.ts";

export interface LambdaApi {
  /** See `Fleet.settled`. */
  readonly settled: () => Promise<void>;
  readonly routes: LambdaRoutes;
  readonly operations: OperationContext;
}

export interface LambdaVisit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly home: Home;
  readonly path: string;
  readonly query: URLSearchParams;
}

export async function serveLambda(
  { request, response, requestId, home, path, query }: LambdaVisit,
  api: LambdaApi,
): Promise<void> {
  const method = request.method ?? "GET";
  const found = await api.routes.find(method, path, query);
  if (found === null) {
    await discardBody(request);
    if (!isDecodable(path))
      throw new LambdaError(
        "ValidationException",
        `1 validation error detected: Path '${path.slice(0, 256)}' failed to satisfy constraint: Member must be percent-encoded UTF-8`,
      );
    throw unknownOperation(`${method} ${path.slice(0, 256)}`);
  }
  const { route, parameters } = found;
  const text = await readBody(request, route.bodyBytesMax).catch((error: unknown) => {
    if (!(error instanceof BodyTooLarge) || !error.complete) throw error;
    throw new LambdaError(
      "RequestEntityTooLargeException",
      `Request must be smaller than ${route.bodyBytesMax} bytes for the ${route.name} operation`,
    );
  });
  await api.settled();
  const sent = text.length === 0 ? {} : parseJson(text);
  const body = new RequestMembers(sent);
  checkLambdaRequest(route.name, {
    path: parameters,
    query,
    headers: request.headers,
    body: sent as SentMembers,
  });
  const { status, body: result } = await route.operation(
    { operation: route.name, home, parameters, query, body },
    api.operations,
  );
  answerJson(response, requestId, status, result);
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function parseJson(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString("utf8"));
  } catch (error) {
    throw invalidContent(`Could not parse request body into json: ${(error as Error).message.slice(0, 256)}`);
  }
}
