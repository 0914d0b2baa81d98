/**
 * Makes evidence for the judgement from a story, which is a test's script of a run. A virtual clock, environments, one peer and a driver
 * write the same lines as the real engine, functions, peer and driver. The peer of a story decides itself whom it accepts. So a test says
 * who does what and when, and does not have to say what the logs contain.
 */
import type { CodePhase, ConnectOutcome } from "../../../../functions/src/contract.ts";
import type { Evidence } from "../../../src/record/evidence.ts";
import type { InvocationOutcome } from "../../../src/record/invocation.ts";
import type { JournalEvent, JournalEventBody } from "../../../src/record/journal.ts";
import type { LogRecord } from "../../../src/record/log-record.ts";
import { iso, START_MS, testManifest, type StoryOptions } from "./story-options.ts";
import { TestPeer, type TestConnection } from "./test-peer.ts";

export class TestRun extends TestPeer {
  readonly records: LogRecord[] = [];
  readonly journal: JournalEvent[] = [];
  readonly environments: TestEnvironment[] = [];
  #requests = 0;
  #invocations = 0;

  constructor(options: StoryOptions = {}) {
    super(options);
    this.note({ event: "run-started", resumed: false });
    this.note({
      event: "function-ready",
      function: this.options.name,
      functionArn: `arn:aws:lambda:eu-central-1:123456789012:function:${this.options.name}`,
      logGroup: `/aws/lambda/${this.options.name}`,
      reservedConcurrency: this.options.reservedConcurrency,
      runtime: "nodejs22.x",
      timeoutMs: 10_000,
      lastModified: iso(this.now),
      codeSha256: null,
      logFormat: this.options.format === "text" ? "Text" : "JSON",
      systemLogLevel:
        this.options.format === "json-debug" ? "DEBUG" : this.options.format === "json-info" ? "INFO" : null,
    });
    this.peerReady();
    this.note({
      event: "peer-ready",
      function: this.options.name,
      host: "127.0.0.1",
      port: 7000,
      admission: this.options.admission,
    });
    this.note({ event: "drive-started" });
  }

  environment(): TestEnvironment {
    const environment = new TestEnvironment(this, this.environments.length + 1);
    this.environments.push(environment);
    return environment;
  }

  note(body: JournalEventBody): void {
    const event = {
      sequence: this.journal.length + 1,
      time: iso(this.now),
      monotonicMs: this.now - START_MS,
      ...body,
    };
    this.journal.push(event);
  }

  nextRequestId(): string {
    this.#requests += 1;
    return `00000000-0000-4000-8000-${String(this.#requests).padStart(12, "0")}`;
  }

  /** Makes one invocation through the driver. */
  invoke(
    environment: TestEnvironment,
    body: (call: TestCall) => void,
    options: { readonly readMs?: number } = {},
  ): TestCall {
    const n = this.#invocations++;
    const sentAt = this.now;
    this.note({ event: "invocation-sent", function: this.options.name, n, dueAt: iso(this.now), lateMs: 0 });
    this.now += options.readMs ?? 2;
    const call = new TestCall(environment, this.nextRequestId());
    call.begin();
    body(call);
    call.finish();
    this.now += 2;
    const length = this.now - sentAt;
    this.note({
      event: "invocation-ended",
      function: this.options.name,
      n,
      requestId: call.requestId,
      executedVersion: "$LATEST",
      durationMs: length,
      latencyMs: length,
      ...call.outcome,
    });
    return call;
  }

  /**
   * A call to which the driver gets no complete answer. Without an environment, the call begins no invocation. With `named`, the headers of the
   * answer came, which name the request id, and then the answer broke off.
   */
  unanswered(
    outcome: InvocationOutcome,
    environment: TestEnvironment | null = null,
    body: (call: TestCall) => void = () => {},
    { named = false }: { readonly named?: boolean } = {},
  ): void {
    const n = this.#invocations++;
    const sentAt = this.now;
    this.note({ event: "invocation-sent", function: this.options.name, n, dueAt: iso(this.now), lateMs: 0 });
    this.now += 2;
    const call = environment === null ? null : this.foreign(environment, body);
    const length = this.now - sentAt;
    this.note({
      event: "invocation-ended",
      function: this.options.name,
      n,
      requestId: named ? (call?.requestId ?? null) : null,
      executedVersion: null,
      durationMs: length,
      latencyMs: length,
      ...outcome,
    });
  }

  /** Sends one invocation. The soak is killed before it has the answer, and is resumed after `downMs`. */
  killed(
    environment: TestEnvironment | null,
    body: (call: TestCall) => void = () => {},
    downMs = 5_000,
  ): void {
    const n = this.#invocations++;
    this.note({ event: "invocation-sent", function: this.options.name, n, dueAt: iso(this.now), lateMs: 0 });
    this.now += 2;
    if (environment !== null) this.foreign(environment, body);
    this.now += downMs;
    this.note({ event: "run-started", resumed: true });
  }

  /** Makes one invocation that the driver did not send. */
  foreign(environment: TestEnvironment, body: (call: TestCall) => void): TestCall {
    const call = new TestCall(environment, this.nextRequestId());
    call.begin();
    body(call);
    call.finish();
    this.now += 2;
    return call;
  }

  throttled(reason: string | null = "ReservedFunctionConcurrentInvocationLimitExceeded"): void {
    const n = this.#invocations++;
    this.note({ event: "invocation-sent", function: this.options.name, n, dueAt: iso(this.now), lateMs: 0 });
    this.now += 3;
    this.note({
      event: "invocation-ended",
      function: this.options.name,
      n,
      requestId: this.nextRequestId(),
      executedVersion: null,
      durationMs: 3,
      latencyMs: 3,
      outcome: "throttled",
      reason,
    });
  }

  /** Ends the drive and returns the evidence. */
  end(): Evidence {
    this.note({ event: "drive-ended" });
    this.wait(2_500);
    this.note({ event: "logs-settled", function: this.options.name, settled: true, missingRequestIds: [] });
    this.note({ event: "run-ended" });
    return this.evidence();
  }

  evidence(): Evidence {
    const { target, name } = this.options;
    const run = target !== "logs";
    return {
      manifest: run ? testManifest(this.options) : null,
      journal: run ? [...this.journal] : null,
      plan: null,
      applied: null,
      functions: [
        {
          name,
          functionArn: null,
          records: [...this.records],
          peerLog: [...this.peerLog],
          linkLog: target === "local" ? [...this.linkLog] : null,
          unreadable: [],
        },
      ],
    };
  }
}

export class TestEnvironment {
  readonly id: string;
  readonly run: TestRun;
  boot = 0;
  bootId = "";
  connection: TestConnection | null = null;
  #attempts = 0;
  #sequence = 0;
  #phase: CodePhase = "init";
  requestId: string | null = null;
  readonly #index: number;

  constructor(run: TestRun, index: number) {
    this.run = run;
    this.#index = index;
    this.id = `2026/11/25/[$LATEST]${index.toString(16).padStart(32, "abcdef01")}`;
  }

  write(message: string): void {
    const timestamp = Math.floor(this.run.now);
    const eventId = `${timestamp}${String(this.run.records.length).padStart(10, "0")}`;
    this.run.records.push({
      logGroup: `/aws/lambda/${this.run.options.name}`,
      logStreamName: this.id,
      timestamp,
      message,
      ingestionTime: timestamp + 100,
      eventId,
    });
  }

  platform(type: string, record: Record<string, unknown>): void {
    this.write(JSON.stringify({ time: iso(this.run.now), type: `platform.${type}`, record }));
  }

  line(event: string, members: Record<string, unknown> = {}): void {
    if (!this.run.options.lines) return;
    this.#sequence += 1;
    this.write(
      JSON.stringify({
        longrun: 1,
        time: iso(this.run.now),
        event,
        bootId: this.bootId,
        phase: this.#phase,
        requestId: this.requestId,
        sequence: this.#sequence,
        ...members,
      }),
    );
  }

  /** Runs the Init phase. `body` is what the module does. */
  init(
    body: () => void = () => {},
    options: { readonly ms?: number; readonly status?: "success" | "error" | "timeout" } = {},
  ): this {
    const { format } = this.run.options;
    const status = options.status ?? "success";
    const from = this.run.now;
    if (format === "text")
      this.write(
        "INIT_START Runtime Version: nodejs:22.v50\tRuntime Version ARN: arn:aws:lambda:eu-central-1::runtime:0f\n",
      );
    else
      this.platform("initStart", {
        initializationType: "on-demand",
        phase: "init",
        runtimeVersion: "nodejs:22.v50",
        functionName: this.run.options.name,
        functionVersion: "$LATEST",
      });
    this.startBoot(body);
    this.run.now = Math.max(this.run.now, from + (options.ms ?? 120));
    const durationMs = this.run.now - from;
    if (format === "text") {
      if (status !== "success")
        this.write(`INIT_REPORT Init Duration: ${durationMs}.00 ms\tPhase: init\tStatus: ${status}\n`);
    } else if (format === "json-debug" || status !== "success") {
      this.platform("initReport", {
        initializationType: "on-demand",
        phase: "init",
        status,
        metrics: { durationMs },
      });
    }
    return this;
  }

  /** Starts a new process in the environment. It can also begin inside an invocation, after a reset. */
  startBoot(body: () => void): void {
    this.boot += 1;
    this.bootId = `boot-${this.#index}-${this.boot}`;
    this.#sequence = 0;
    this.#attempts = 0;
    this.#phase = "init";
    this.requestId = null;
    this.line("boot");
    body();
  }

  enter(phase: CodePhase, requestId: string | null): void {
    this.#phase = phase;
    this.requestId = requestId;
  }

  /** Makes one attempt to connect to the peer and returns its outcome. */
  connect(): ConnectOutcome {
    const { run } = this;
    this.#attempts += 1;
    const number = this.#attempts;
    const link = run.newLink(this);
    run.linkLine("opened", link);
    run.wait(1);
    if (!run.peerUp) {
      run.linkLine("connect-failed", link, { error: "ECONNREFUSED" });
      // Through a link, the function sees a TCP connection that opened and was closed before an answer.
      return this.#attempted(number, run.options.target === "local" ? "refused" : "failed");
    }
    const connection = run.arrive({ bootId: this.bootId, logStream: this.id, phase: this.#phase }, link, () =>
      this.#evicted(number),
    );
    run.linkLine("connected", link, { upstreamLocal: connection.remote });
    run.wait(1);
    if (connection.state === "served") {
      run.linkLine("answered", link, { upstreamLocal: connection.remote, answered: true });
      this.connection = connection;
      return this.#attempted(number, "accepted");
    }
    if (connection.state === "queued") return this.#gaveUp(connection, number);
    run.linkClosed(connection, "peer", "fin");
    return this.#attempted(number, "refused");
  }

  #gaveUp(connection: TestConnection, number: number): ConnectOutcome {
    this.run.wait(2_000);
    this.#attempted(number, "timed-out");
    this.run.leave(connection);
    this.run.linkClosed(connection, "function", "fin", false);
    return "timed-out";
  }

  #attempted(number: number, outcome: ConnectOutcome): ConnectOutcome {
    this.line("connect", { peer: "10.0.9.9:7000", local: "127.0.0.1:50000", outcome, connection: number });
    return outcome;
  }

  #evicted(number: number): void {
    this.connection = null;
    void number;
  }

  /** The handler closes the connection with a goodbye. */
  disconnect(outcome: ConnectOutcome | null = null): void {
    const { connection, run } = this;
    if (connection === null) return;
    run.leave(connection);
    run.linkClosed(connection, "function", "fin");
    run.wait(1);
    this.line("disconnect", { outcome, connection: this.#attempts });
    this.connection = null;
  }

  /** The process dies, but its environment stays alive. The sockets of the process close, and the function writes no line. */
  processDies(): void {
    if (this.connection === null) return;
    this.run.leave(this.connection);
    this.run.linkClosed(this.connection, "function", "fin");
    this.connection = null;
  }

  /** The environment ends without a line of the platform, as a micro-VM does. */
  retire(ending: "fin" | "rst" | "silence" = "fin"): void {
    const { connection, run } = this;
    if (connection === null) return;
    if (ending === "silence") {
      if (connection.link !== null)
        run.linkLine("silenced", connection.link, { answered: true, upstreamLocal: connection.remote });
      return;
    }
    run.leave(connection, ending === "rst" ? "reset" : "closed");
    run.linkClosed(connection, "environment-end", ending);
    this.connection = null;
  }

  /** The process gets SIGTERM and closes its connection with a goodbye. */
  shutdown(): void {
    this.enter("shutdown", null);
    this.disconnect();
  }
}

/** One invocation in one environment. */
export class TestCall {
  readonly environment: TestEnvironment;
  readonly requestId: string;
  outcome: InvocationOutcome = { outcome: "succeeded" };
  #ended = false;

  constructor(environment: TestEnvironment, requestId: string) {
    this.environment = environment;
    this.requestId = requestId;
  }

  get #text(): boolean {
    return this.environment.run.options.format === "text";
  }

  begin(): void {
    const { environment, requestId } = this;
    environment.enter("invoke", requestId);
    if (this.#text) environment.write(`START RequestId: ${requestId} Version: $LATEST\n`);
    else environment.platform("start", { requestId, version: "$LATEST" });
    environment.line("invoke");
  }

  /** Sends a request to the peer on the open connection. */
  exchange(): void {
    const { connection, run } = this.environment;
    run.wait(2);
    if (connection !== null && run.peerUp) run.request(connection);
    run.wait(2);
  }

  throws(errorType: string): void {
    this.outcome = { outcome: "function-error", errorType, errorMessage: errorType };
    const { environment, requestId } = this;
    if (this.#text)
      environment.write(
        `${iso(environment.run.now)}\t${requestId}\tERROR\tInvoke Error \t{"errorType":"${errorType}","errorMessage":"x","stack":[]}\n`,
      );
    else
      environment.write(
        JSON.stringify({
          timestamp: iso(environment.run.now),
          level: "ERROR",
          requestId,
          message: { errorType, errorMessage: "x", stackTrace: [] },
        }),
      );
  }

  /** The invocation ends by a time-out or by a crash, and its process dies. */
  reset(kind: "timeout" | "crash"): void {
    const { environment } = this;
    const errorType = kind === "timeout" ? "Sandbox.Timedout" : "Runtime.ExitError";
    this.outcome = { outcome: "function-error", errorType, errorMessage: errorType };
    this.#report(kind === "timeout" ? "timeout" : "error", kind === "timeout" ? null : errorType);
    environment.processDies();
  }

  /** The environment ends during the invocation, and the caller gets a 500. */
  environmentEnds(ending: "fin" | "rst" | "silence"): void {
    this.#ended = true;
    this.environment.retire(ending);
    this.outcome = {
      outcome: "invocation-error",
      errorType: "ServiceException",
      errorMessage: "the environment ended",
      status: 500,
    };
  }

  finish(): void {
    if (!this.#ended) this.#report("success", null);
  }

  #report(status: string, errorType: string | null): void {
    this.#ended = true;
    const { environment, requestId } = this;
    const { run } = environment;
    run.wait(1);
    if (this.#text) {
      environment.write(`END RequestId: ${requestId}\n`);
      const tail =
        status === "success"
          ? ""
          : `Status: ${status}${errorType === null ? "" : `\tError Type: ${errorType}`}`;
      environment.write(
        `REPORT RequestId: ${requestId}\tDuration: 5.00 ms\tBilled Duration: 5 ms\tMemory Size: 128 MB\tMax Memory Used: 60 MB\t${tail}\n`,
      );
      return;
    }
    const more = errorType === null ? {} : { errorType };
    if (run.options.format === "json-debug" || status !== "success")
      environment.platform("runtimeDone", { requestId, status, metrics: { durationMs: 5 }, ...more });
    environment.platform("report", {
      requestId,
      status,
      metrics: { durationMs: 5, billedDurationMs: 5, memorySizeMB: 128, maxMemoryUsedMB: 60 },
      ...more,
    });
  }
}
