/** Serves `GET /metrics` for Prometheus, and nothing else. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { LongrunError } from "../../domain/errors.ts";

export interface MetricsServer {
  readonly url: string;
  close(): Promise<void>;
}

export async function serveMetrics(
  address: { readonly host: string; readonly port: number },
  metrics: { readonly contentType: string; text(): Promise<string> },
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const known = request.url?.split("?", 1)[0] === "/metrics";
    if (!known) return void response.writeHead(404).end("The figures are at /metrics.\n");
    if (request.method !== "GET" && request.method !== "HEAD")
      return void response.writeHead(405, { allow: "GET, HEAD" }).end();
    metrics.text().then(
      (text) => response.writeHead(200, { "content-type": metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  // A client that sends nothing must not keep a run from ending.
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(address.port, address.host, resolve);
  }).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "EADDRINUSE" ? "something listens there already" : (code ?? String(error));
    throw new LongrunError(
      "unavailable",
      `--metrics ${address.host}:${address.port}: cannot listen: ${why}.`,
      { hint: "Choose another port, or :0 for a free one.", cause: error },
    );
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
