/** The engine's one HTTP server: checks the caller, finds the API that a request addresses, and turns every outcome into an answer. */
import { randomUUID } from "node:crypto";
import { type Server, createServer } from "node:http";
import { openFilesMax } from "../open-files-max.ts";
import { LambdaError, accessDenied } from "../request-validation/lambda-error.ts";
import { answer, answerJson } from "./answer.ts";
import { unknownOperation } from "./lambda/absent-operations.ts";
import { type Scope, authorize, foreignRequestError } from "./authorize.ts";
import { CODE_PATH, type CodeLinks } from "./lambda/code-links.ts";
import type { ControlContext } from "./control/control-operation.ts";
import { CONTROL_BODY_BYTES_MAX, control } from "./control/control.ts";
import { invokeStream } from "./invoke/invoke-stream.ts";
import { type InvokeContext, invoke } from "./invoke/invoke.ts";
import { limitConnections } from "./limit-connections.ts";
import { type LogsApi, answerLogs } from "./logs/logs-api.ts";
import { discardBody, readBody } from "./read-body.ts";
import { answerFailure, refuse, type Visit } from "./refuse-request.ts";
import { type LambdaApi, serveLambda } from "./lambda/serve-lambda.ts";

export interface HttpServerOptions {
  readonly boundHost: string;
  readonly lambda: LambdaApi;
  readonly invoke: InvokeContext;
  readonly control: Omit<ControlContext, "region">;
  readonly logs: LogsApi;
  readonly codeLinks: CodeLinks;
  readonly report: (problem: string) => void;
}

const INVOKE =
  /^\/(?:2015-03-31|2014-11-13|2021-11-15)\/functions\/([^/?#]+)\/(invocations|invoke-async|response-streaming-invocations)\/?(?:\?([^#]*))?$/;
/** At most half of the descriptors are for connections: environments, log files and packages need the others. */
const CONNECTIONS_MAX = 4_096;
/** If a request has not arrived completely within this time, Node answers 408 and closes the connection. */
const REQUEST_TIMEOUT_MS = 120_000;
const HEADERS_TIMEOUT_MS = 30_000;

export function createHttpServer(options: HttpServerOptions): Server {
  const server = createServer(
    { noDelay: true, requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: HEADERS_TIMEOUT_MS },
    (request, response) => {
      const visit = { request, response, requestId: randomUUID() };
      serve(visit, options).catch((error: unknown) => answerFailure(visit, error, options.report));
    },
  );
  // An idle connection is closed only if others need its place: a client that sends a request at the same moment would see a reset. If the
  // client does not retry, the reset would count as a failed invocation although the function never ran.
  server.keepAliveTimeout = 0;
  limitConnections(server, Math.min(CONNECTIONS_MAX, Math.floor((openFilesMax() ?? Infinity) / 2)));
  return server;
}

async function serve(visit: Visit, options: HttpServerOptions): Promise<void> {
  const { request, response, requestId } = visit;
  const refusal = foreignRequestError(request.headers, options.boundHost);
  if (refusal !== null) {
    await refuse(visit, refusal);
    return;
  }
  const url = request.url ?? "/";
  if (!url.startsWith("/")) {
    // Refuses the request target `*`, and an absolute URL, because its host may differ from the checked `Host` header.
    await refuse(visit, unknownOperation(`${request.method} ${url.slice(0, 256)}`));
    return;
  }
  const mark = url.indexOf("?");
  const path = mark === -1 ? url : url.slice(0, mark);
  if (path.startsWith(CODE_PATH)) {
    await serveCode(visit, path, queryOf(url), options);
    return;
  }
  let scope: Scope;
  try {
    scope = authorize(request.headers);
  } catch (error) {
    await refuse(visit, error as LambdaError);
    return;
  }
  const invocation = request.method === "POST" ? INVOKE.exec(url) : null;
  if (invocation !== null) {
    const [, name = "", kind, query] = invocation;
    const run = kind === "response-streaming-invocations" ? invokeStream : invoke;
    await run(
      {
        request,
        response,
        requestId,
        scope: serviceScope(scope),
        functionName: decoded(name),
        query: query === undefined ? null : new URLSearchParams(query),
        asynchronous: kind === "invoke-async",
      },
      options.invoke,
    );
  } else if (request.headers["x-amz-target"] !== undefined && path === "/") {
    await answerLogs({ ...visit, region: scope.region }, options.logs);
  } else if (path.startsWith("/_longrun/")) {
    const body = await readBody(request, CONTROL_BODY_BYTES_MAX);
    await options.control.fleet.settled();
    const { status, body: result } = await control(request.method ?? "GET", path, queryOf(url), body, {
      ...options.control,
      region: scope.region,
    });
    answerJson(response, requestId, status, result);
  } else {
    const home = { region: serviceScope(scope).region, accountId: options.control.account };
    await serveLambda({ ...visit, home, path, query: queryOf(url) }, options.lambda);
  }
}

async function serveCode(
  { request, response, requestId }: Visit,
  path: string,
  query: URLSearchParams,
  options: HttpServerOptions,
): Promise<void> {
  await discardBody(request);
  const zip = request.method === "GET" ? await options.codeLinks.open(path, query) : null;
  if (zip === null)
    throw accessDenied(
      "This link to a deployment package is not valid or has expired. GetFunction gives a new one.",
    );
  answer(response, 200, { "Content-Type": "application/zip", "x-amzn-RequestId": requestId }, zip);
}

function serviceScope(scope: Scope): Scope {
  if (scope.service === "lambda") return scope;
  throw new LambdaError(
    "InvalidSignatureException",
    "Credential should be scoped to correct service: 'lambda'.",
  );
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function queryOf(url: string): URLSearchParams {
  const mark = url.indexOf("?");
  return new URLSearchParams(mark === -1 ? "" : url.slice(mark + 1));
}
