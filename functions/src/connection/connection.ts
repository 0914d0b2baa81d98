/**
 * One TCP connection to the peer from attempt to end.
 *
 * The environment may be frozen between any two events, so nothing may depend on a timer across invocations. A socket may end between two
 * operations, so its end must write a line and must not crash the process.
 */
import { connect as connectSocket, type Socket } from "node:net";
import type { CodePhase } from "../contract.ts";
import { peerAddress, type FunctionEnvironment } from "../environment.ts";
import type { LifecycleLog } from "../lifecycle-log.ts";
import { limitWait } from "../limit-wait.ts";
import { decideAttempt, type AttemptDecision, type Sight } from "./attempt.ts";
import type { PeerMessage, PeerProtocol } from "./protocol.ts";
import { nextState, type ConnectionEnd, type ConnectionState } from "./state.ts";

export type ExchangeResult =
  | { readonly result: "answered"; readonly payload: unknown }
  | { readonly result: "lost"; readonly how: ConnectionEnd | "silent" };

interface ConnectionOptions {
  readonly environment: FunctionEnvironment;
  readonly log: LifecycleLog;
  readonly protocol: PeerProtocol;
  /** Number within the boot, by which a disconnect line is matched with its connect line. */
  readonly number: number;
  /** Fencing token of a lease; null without a lease. */
  readonly token: number | null;
}

export class PeerConnection {
  readonly openedIn: CodePhase;
  readonly #options: ConnectionOptions;
  readonly #socket: Socket;
  readonly #attempted: Promise<AttemptDecision>;
  readonly #socketClosed: Promise<void>;
  #state: ConnectionState = { state: "opening" };
  #tcpOpen = false;
  #local: string | null = null;
  #error: string | null = null;
  readonly #endAttemptLimit: () => void;
  #decided: (decision: AttemptDecision) => void = () => {};
  #exchange: { readonly id: string; readonly settle: (result: ExchangeResult) => void } | null = null;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.openedIn = options.log.phase;
    const { peerHost, peerPort, connectTimeoutMs } = options.environment;
    this.#socket = connectSocket({ host: peerHost, port: peerPort, noDelay: true });
    this.#attempted = new Promise((resolve) => (this.#decided = resolve));
    this.#socketClosed = new Promise((resolve) => this.#socket.once("close", () => resolve()));
    this.#endAttemptLimit = limitWait(connectTimeoutMs, () =>
      this.#see({ saw: "deadline", limitMs: connectTimeoutMs }),
    );
    this.#listen();
  }

  get open(): boolean {
    return this.#state.state === "open";
  }

  /** The connect line is written before this resolves. */
  attempted(): Promise<AttemptDecision> {
    return this.#attempted;
  }

  /** If `limitMs` is null, only the function's own time-out ends the wait. */
  exchange(id: string, limitMs: number | null): Promise<ExchangeResult> {
    if (this.#state.state === "ended") return Promise.resolve({ result: "lost", how: this.#state.how });
    if (this.#state.state !== "open")
      return Promise.reject(new Error(`no request can be sent while the connection is ${this.#state.state}`));
    const request = this.#options.protocol.request(id, new Date().toISOString());
    if (request === null) return Promise.resolve({ result: "answered", payload: null });
    return new Promise((resolve) => {
      const endLimit =
        limitMs === null
          ? null
          : limitWait(limitMs, () => this.#settleExchange({ result: "lost", how: "silent" }));
      this.#exchange = {
        id,
        settle(result) {
          endLimit?.();
          resolve(result);
        },
      };
      this.#socket.write(request);
    });
  }

  /** Waits for the peer's FIN, after which the peer can serve another client. Destroys the socket if no FIN comes within `limitMs`. */
  async close(limitMs: number): Promise<void> {
    if (this.#state.state !== "open") return;
    this.#state = nextState(this.#state, { move: "close" });
    const { farewell } = this.#options.protocol;
    if (farewell !== null) this.#socket.write(farewell);
    this.#socket.end();
    const endLimit = limitWait(limitMs, () => {
      this.#error = `the peer did not close within ${limitMs} ms`;
      this.#socket.destroy();
    });
    await this.#socketClosed;
    endLimit();
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on("connect", () => {
      this.#tcpOpen = true;
      this.#local = `${socket.localAddress ?? "?"}:${socket.localPort ?? "?"}`;
      const { environment, log, protocol, token } = this.#options;
      const time = new Date().toISOString();
      const hello = {
        bootId: log.bootId,
        logStream: environment.logStream,
        phase: this.openedIn,
        time,
        token,
      };
      const greeting = protocol.greeting(hello);
      if (greeting !== null) socket.write(greeting);
    });
    socket.on("data", (chunk: Buffer) => {
      for (const finding of this.#options.protocol.read(chunk)) this.#find(finding);
    });
    socket.on("end", () => {
      if (this.#state.state === "opening") this.#see({ saw: "fin" });
      else if (this.#state.state === "open") this.#end("closed", "the peer closed the connection");
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      this.#error = error.code ?? error.message;
      if (this.#state.state === "opening") this.#see({ saw: "error", text: this.#error });
      else if (this.#state.state === "open") this.#end("reset", this.#error);
    });
    socket.on("close", () => {
      if (this.#state.state === "opening") this.#see({ saw: "error", text: "the socket closed" });
      else if (this.#state.state === "open" || this.#state.state === "closing")
        this.#end("closed", this.#error);
    });
  }

  #find(finding: PeerMessage): void {
    if (this.#state.state === "opening") return this.#see({ saw: "finding", finding });
    if (this.#state.state !== "open") return;
    if (finding.found === "evicted")
      return this.#end("evicted", "the peer gave the connection to another client");
    if (finding.found === "answer" && (finding.id === null || finding.id === this.#exchange?.id)) {
      this.#settleExchange({ result: "answered", payload: finding.payload });
    }
  }

  #see(sight: Sight): void {
    if (this.#state.state !== "opening") return;
    const decision = decideAttempt(sight, { tcpOpen: this.#tcpOpen, protocol: this.#options.protocol });
    if (decision === null) return;
    this.#endAttemptLimit();
    const accepted = decision.outcome === "accepted";
    this.#state = nextState(this.#state, { move: accepted ? "accept" : "turn-down" });
    if (!accepted) this.#socket.destroy();
    this.#write("connect", decision);
    this.#decided(decision);
  }

  #end(how: ConnectionEnd, detail: string | null): void {
    this.#state = nextState(this.#state, { move: "end", how });
    this.#socket.destroy();
    this.#write("disconnect", { outcome: how === "closed" ? null : how, detail });
    this.#settleExchange({ result: "lost", how });
  }

  #settleExchange(result: ExchangeResult): void {
    const exchange = this.#exchange;
    this.#exchange = null;
    exchange?.settle(result);
    // A connection without an answer is not used again, because in a protocol without ids a late answer would be taken for the answer to
    // the next request.
    if (result.result === "lost" && result.how === "silent" && this.open)
      this.#end("closed", "the peer did not answer in time");
  }

  #write(
    event: "connect" | "disconnect",
    members: { readonly outcome: AttemptDecision["outcome"] | null; readonly detail: string | null },
  ): void {
    const { environment, log, number } = this.#options;
    log.write(event, { connection: number, peer: peerAddress(environment), local: this.#local, ...members });
  }
}
