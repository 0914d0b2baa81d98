/** The HTTP server of one environment: Runtime, Extensions and Telemetry API on one loopback port, for the current boot. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { handleEventNext } from "./extensions-api/event-next.ts";
import type { ExtensionSession } from "./extensions-api/extension-session.ts";
import { handleRegister } from "./extensions-api/register.ts";
import { EXIT_ERROR, handleReportedError, INIT_ERROR } from "./extensions-api/report-error.ts";
import { handleError } from "./runtime-api/error.ts";
import { handleInitError } from "./runtime-api/init-error.ts";
import { refuse, reply } from "./runtime-api/reply.ts";
import { handleResponse } from "./runtime-api/response.ts";
import { handleNext, type RuntimeSession } from "./runtime-api/runtime-session.ts";
import { handleSubscribe } from "./telemetry-api/subscribe.ts";
import type { TelemetryHub } from "./telemetry-api/telemetry-hub.ts";

export interface ServedBoot {
  readonly runtime: RuntimeSession;
  readonly extensions: ExtensionSession;
  readonly telemetry: TelemetryHub;
}

const RUNTIME = "/2018-06-01/";
const INVOCATION = /^\/2018-06-01\/runtime\/invocation\/([^/?]+)\/(response|error)$/;

/** Far more than a runtime and ten extensions need. A function must not use up the engine's file descriptors. */
const CONNECTIONS_MAX = 256;
/** AWS's client for Java sends up to 1 MiB of an error's stack in one header (docs/aws/runtime-api.md). */
const HEADER_BYTES_MAX = 2 << 20;

export class ApiServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(currentBoot: () => ServedBoot | null) {
    this.#server = createServer(
      {
        keepAliveTimeout: 0,
        requestTimeout: 0,
        headersTimeout: 0,
        maxHeaderSize: HEADER_BYTES_MAX,
        noDelay: true,
      },
      (request, response) => {
        // A request that is cut off because its process ends is ignored.
        request.on("error", () => undefined);
        const boot = currentBoot();
        if (boot === null)
          return refuse(
            response,
            403,
            "InvalidStateTransition",
            "The environment has no runtime at the moment",
          );
        route(boot, request, response).catch(() => response.destroy());
      },
    );
    this.#server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
      if (this.#sockets.size > CONNECTIONS_MAX) this.#closeSilent(socket);
    });
  }

  static async open(currentBoot: () => ServedBoot | null): Promise<ApiServer> {
    const server = new ApiServer(currentBoot);
    server.#server.listen(0, "127.0.0.1");
    await once(server.#server, "listening");
    return server;
  }

  /** Closes the oldest connection on which nothing was sent, or `latest`. A connection that waits for an event has sent its request. */
  #closeSilent(latest: Socket): void {
    const silent = [...this.#sockets].find(({ bytesRead }) => bytesRead === 0);
    (silent ?? latest).destroy();
  }

  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}

async function route(boot: ServedBoot, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "", url = "" } = request;
  const call = `${method} ${url}`;
  if (call === `GET ${RUNTIME}runtime/invocation/next`) return handleNext(boot.runtime, response);
  const invocation = method === "POST" ? INVOCATION.exec(url) : null;
  if (invocation !== null) {
    const handle = invocation[2] === "response" ? handleResponse : handleError;
    return await handle(boot.runtime, invocation[1] ?? "", request, response);
  }
  switch (call) {
    case `POST ${RUNTIME}runtime/init/error`:
      return await handleInitError(boot.runtime, request, response);
    case `GET ${RUNTIME}ping`:
      return reply(response, 200, "pong", [], "text/plain");
    case "POST /2020-01-01/extension/register":
      return await handleRegister(boot.extensions, request, response);
    case "GET /2020-01-01/extension/event/next":
      return handleEventNext(boot.extensions, request, response);
    case "POST /2020-01-01/extension/init/error":
      return handleReportedError(INIT_ERROR, boot.extensions, request, response);
    case "POST /2020-01-01/extension/exit/error":
      return handleReportedError(EXIT_ERROR, boot.extensions, request, response);
    case "PUT /2022-07-01/telemetry":
    case "PUT /2022-07-01/telemetry/":
      return await handleSubscribe(boot.extensions, boot.telemetry, request, response);
    default:
      return refuse(response, 404, "NotFound", `no such endpoint: ${call}`);
  }
}
