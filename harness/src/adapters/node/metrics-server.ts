/**
 * Serves `GET /metrics` for Prometheus, and nothing else. No client may use up the run's file descriptors, so connections are few and idle
 * ones are closed.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { notAvailable } from "../../base/errors.ts";
import { isOwnHost } from "../../words/own-host.ts";

export interface MetricsServer {
  readonly url: string;
  close(): Promise<void>;
}

const CONNECTIONS_MAX = 64;
/** A client that has not sent a whole request after this time is disconnected. */
const IDLE_MS = 5_000;

export async function serveMetrics(
  address: { readonly host: string; readonly port: number },
  metrics: { readonly contentType: string; text(): Promise<string> },
  idleMs = IDLE_MS,
): Promise<MetricsServer> {
  const times = {
    headersTimeout: idleMs,
    requestTimeout: idleMs,
    keepAliveTimeout: idleMs,
    connectionsCheckingInterval: idleMs / 5,
  };
  const server = createServer(times, (request, response) => {
    // No web page may read the figures.
    if (!isOwnHost(request.headers.host ?? "", address.host))
      return void response
        .writeHead(403)
        .end("The Host of the request is neither a loopback name nor an address of this server.\n");
    const known = request.url?.split("?", 1)[0] === "/metrics";
    if (!known) return void response.writeHead(404).end("The figures are at /metrics.\n");
    if (request.method !== "GET" && request.method !== "HEAD")
      return void response.writeHead(405, { allow: "GET, HEAD" }).end();
    metrics.text().then(
      (text) => response.writeHead(200, { "content-type": metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.maxConnections = CONNECTIONS_MAX;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(address.port, address.host, resolve);
  }).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "EADDRINUSE" ? "something listens there already" : (code ?? String(error));
    throw notAvailable(`--metrics ${address.host}:${address.port}: cannot listen: ${why}.`, {
      hint: "Choose another port, or :0 for a free one.",
      cause: error,
    });
  });
  server.unref();
  const { port } = server.address() as AddressInfo;
  const host = address.host.includes(":") ? `[${address.host}]` : address.host;
  return {
    url: `http://${host}:${port}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
