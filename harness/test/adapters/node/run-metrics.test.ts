import { expect } from "chai";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { type AddressInfo, connect, createServer } from "node:net";
import { runMetrics } from "../../../src/adapters/node/run-metrics.ts";
import { serveMetrics, type MetricsServer } from "../../../src/adapters/node/metrics-server.ts";
import type { JournalEventBody } from "../../../src/record/journal.ts";
import { isLongrunError } from "../../../src/base/errors.ts";
import { VirtualClock } from "../../run/virtual-clock.ts";

describe("the metrics of a run for Prometheus", () => {
  let server: MetricsServer | null = null;
  afterEach(async () => {
    await server?.close();
    server = null;
  });

  const scraped = async (bodies: readonly JournalEventBody[], judged = false) => {
    const clock = new VirtualClock();
    const metrics = runMetrics(["mine"], clock);
    for (const [index, body] of bodies.entries())
      metrics.recorded({
        sequence: index + 1,
        time: new Date(clock.now()).toISOString(),
        monotonicMs: 0,
        ...body,
      });
    if (judged)
      metrics.judged({
        processorMs: 0,
        environmentsAlive: 2,
        exposures: 3,
        harmed: 4,
        functions: [{ name: "mine", verdict: "fail", environmentsAlive: 2, exposures: 3, harmed: 4 }],
      });
    server = await serveMetrics({ host: "127.0.0.1", port: 0 }, metrics);
    const response = await fetch(server.url);
    expect(response.status).to.equal(200);
    expect(response.headers.get("content-type")).to.match(/^text\/plain/);
    return { lines: (await response.text()).split("\n"), url: server.url, clock };
  };
  const ended = (n: number, outcome: object, latencyMs: number): JournalEventBody =>
    ({
      event: "invocation-ended",
      function: "mine",
      n,
      requestId: `r${n}`,
      executedVersion: "$LATEST",
      durationMs: latencyMs,
      latencyMs,
      ...outcome,
    }) as JournalEventBody;

  it("count invocations by outcome, and contain how long the invocations took and how late they were sent", async () => {
    const { lines } = await scraped([
      { event: "invocation-sent", function: "mine", n: 1, dueAt: "2026-11-25T01:02:03.000Z", lateMs: 3 },
      ended(1, { outcome: "succeeded" }, 40),
      ended(2, { outcome: "succeeded" }, 400),
      ended(3, { outcome: "function-error", errorType: null, errorMessage: null }, 2_000),
      { event: "invocation-skipped", function: "mine", n: 4, dueAt: "2026-11-25T01:02:06.000Z" },
    ]);
    expect(lines).to.include.members([
      'longrun_invocations_total{function="mine",outcome="succeeded"} 2',
      'longrun_invocations_total{function="mine",outcome="function-error"} 1',
      'longrun_invocations_total{function="mine",outcome="skipped"} 1',
      'longrun_invocations_total{function="mine",outcome="throttled"} 0',
      'longrun_invocation_latency_seconds_bucket{le="0.05",function="mine"} 1',
      'longrun_invocation_latency_seconds_bucket{le="0.5",function="mine"} 2',
      'longrun_invocation_latency_seconds_count{function="mine"} 3',
      'longrun_invocation_late_seconds_bucket{le="0.005",function="mine"} 1',
    ]);
  });

  it("contain the judgement of the evidence so far", async () => {
    const { lines } = await scraped([], true);
    expect(lines).to.include.members([
      'longrun_harmed_invocations{function="mine"} 4',
      'longrun_exposures{function="mine"} 3',
      'longrun_environments_alive{function="mine"} 2',
      'longrun_verdict{function="mine",verdict="fail"} 1',
      'longrun_verdict{function="mine",verdict="pass"} 0',
      'longrun_verdict{function="mine",verdict="inconclusive"} 0',
    ]);
  });

  it("leave out values that are not known yet", async () => {
    const { lines } = await scraped([]);
    expect(
      lines.filter((line) => /^longrun_(verdict|harmed|exposures|last_log_read)/.test(line)),
    ).to.deep.equal([]);
  });

  it("show the age of the log events that were read last", async () => {
    const clock = new VirtualClock();
    const through = new Date(clock.now() - 4_000).toISOString();
    const read = { event: "logs-read", function: "mine", through, records: 7 } as const;
    const { lines } = await scraped([read]);
    expect(lines).to.include('longrun_last_log_read_age_seconds{function="mine"} 4');
  });

  it("are served at /metrics, which accepts only GET and HEAD", async () => {
    const { url } = await scraped([]);
    const statuses = await Promise.all(
      [fetch(new URL("/", url)), fetch(url, { method: "POST" }), fetch(url, { method: "HEAD" })].map(
        async (answer) => (await answer).status,
      ),
    );
    expect(statuses).to.deep.equal([404, 405, 200]);
  });

  it("are refused to a request under a name that is not this server's, because a web page may have sent it", async () => {
    const { url } = await scraped([]);
    const { host, port } = new URL(url);
    const statusFor = async (name: string): Promise<number | undefined> => {
      const [answer] = (await once(get(url, { headers: { host: name } }), "response")) as [IncomingMessage];
      answer.resume();
      return answer.statusCode;
    };
    const names = ["rebound.example", `rebound.example:${port}`, host, `localhost:${port}`];
    expect(await Promise.all(names.map(statusFor))).to.deep.equal([403, 403, 200, 200]);
  });

  it("are served although others keep connections open without a request, because these are closed", async () => {
    server = await serveMetrics({ host: "127.0.0.1", port: 0 }, runMetrics([], new VirtualClock()), 50);
    const { port } = new URL(server.url);
    const silent = Array.from({ length: 64 }, () => connect(Number(port), "127.0.0.1").resume());
    await Promise.all(silent.map((socket) => once(socket, "close")));
    expect((await fetch(server.url)).status).to.equal(200);
  });

  it("cannot be served on a port that is already in use", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    const error = await serveMetrics({ host: "127.0.0.1", port }, runMetrics([], new VirtualClock())).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    other.close();
    expect(isLongrunError(error) && [error.code, error.message]).to.deep.equal([
      "unavailable",
      `--metrics 127.0.0.1:${port}: cannot listen: something listens there already.`,
    ]);
  });
});
