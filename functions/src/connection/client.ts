/** The function's only client of the peer. It holds at most one connection and makes the errors that an invocation throws. */
import type { CodePhase } from "../contract.ts";
import { peerAddress, type FunctionEnvironment } from "../environment.ts";
import type { LifecycleLog } from "../lifecycle-log.ts";
import type { AttemptDecision } from "./attempt.ts";
import { PeerConnection, type ExchangeResult } from "./connection.ts";
import { attemptError, exchangeError, type PeerError } from "./peer-error.ts";
import { rawProtocol, longrunProtocol } from "./protocol.ts";

export class PeerClient {
  readonly #environment: FunctionEnvironment;
  readonly #log: LifecycleLog;
  #current: PeerConnection | null = null;
  #attempts = 0;

  constructor(environment: FunctionEnvironment, log: LifecycleLog) {
    this.#environment = environment;
    this.#log = log;
  }

  get open(): boolean {
    return this.#current?.open ?? false;
  }

  get openedIn(): CodePhase | null {
    return this.#current?.openedIn ?? null;
  }

  /** With `raw` the attempt is itself an exchange, so the invocation that made it sends no further request. */
  get attemptIsExchange(): boolean {
    return this.#environment.peerProtocol === "raw";
  }

  /** Returns a failed attempt as a result. Throws only if a connection is already open. `token` is the token of a lease, or null. */
  async connect(token: number | null = null): Promise<AttemptDecision> {
    if (this.open) throw new Error("there is an open connection already");
    this.#attempts += 1;
    const protocol =
      this.#environment.peerProtocol === "raw" ? rawProtocol(this.#environment) : longrunProtocol();
    const connection = new PeerConnection({
      environment: this.#environment,
      log: this.#log,
      protocol,
      number: this.#attempts,
      token,
    });
    this.#current = connection;
    return connection.attempted();
  }

  async exchange(requestId: string): Promise<ExchangeResult> {
    if (this.#current === null) throw new Error("there is no connection for an exchange");
    const limitMs = this.#environment.peerProtocol === "raw" ? this.#environment.connectTimeoutMs : null;
    return this.#current.exchange(requestId, limitMs);
  }

  async close(limitMs: number): Promise<void> {
    await this.#current?.close(limitMs);
  }

  errorOfAttempt(decision: AttemptDecision): PeerError {
    const outcome = decision.outcome === "accepted" ? "reset" : decision.outcome;
    return attemptError(outcome, peerAddress(this.#environment), decision.detail);
  }

  errorOfExchange(how: Extract<ExchangeResult, { result: "lost" }>["how"]): PeerError {
    return exchangeError(how, peerAddress(this.#environment));
  }
}
