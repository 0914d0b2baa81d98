/** The HTTP server for Prometheus (`--metrics`). */
import { expect } from "chai";
import { serveMetrics } from "../../src/adapters/node/metrics-server.ts";
import { fuzz } from "./support/fuzz.ts";
import { exchange, requestText, wireRequest } from "./support/http-request.ts";

fuzz("metrics-server", {
  samples: [
    requestText("GET /metrics"),
    requestText("HEAD /metrics?a=b"),
    requestText("POST /metrics", "body", { accept: "text/plain" }),
    requestText("GET /other"),
  ],
  async start() {
    const server = await serveMetrics(
      { host: "127.0.0.1", port: 0 },
      { contentType: "text/plain", text: () => Promise.resolve("up 1\n") },
    );
    const place = { host: "127.0.0.1", port: Number(new URL(server.url).port) };
    return {
      async check({ bytes }) {
        const request = wireRequest(bytes, { host: "localhost" });
        const { status } = await exchange(place, request);
        if (!request.mayBeIncomplete) expect(status).to.be.within(200, 499);
      },
      close: () => server.close(),
    };
  },
});
