/** Keeps the one invocation that an environment works on, from its start until it has ended. */
import { invariant } from "../../base/invariant.ts";
import type { RuntimeAnswer } from "../environment-api/runtime-api/runtime-session.ts";
import type { InvokeRequest, InvokeResult } from "../fleet-contract.ts";
import type { EnvironmentParts } from "./environment-parts.ts";
import { RunningInvocation } from "./running-invocation.ts";

const NO_TAIL = Buffer.alloc(0);

export class InvocationSlot {
  current: RunningInvocation | null = null;
  /** How many invocations have ended. */
  ended = 0;
  lastEndedAt: number | null = null;
  readonly #parts: EnvironmentParts;

  constructor(parts: EnvironmentParts) {
    this.#parts = parts;
  }

  take(request: InvokeRequest): RunningInvocation {
    const { clock } = this.#parts.services.options;
    const now = { monotonic: clock.monotonic(), epoch: clock.now() };
    this.current = new RunningInvocation(request, this.#parts.snapshot.timeoutMs, now);
    return this.current;
  }

  get running(): RunningInvocation {
    invariant(this.current !== null, "an invocation is under way");
    return this.current;
  }

  delivered(): void {
    const { clock } = this.#parts.services.options;
    this.running.delivered({ epoch: clock.now(), monotonic: clock.monotonic() });
  }

  /** An answer after the end of the invocation is ignored. */
  answered(answer: RuntimeAnswer): void {
    this.current?.answered(answer, this.#parts.services.options.clock.monotonic());
  }

  get requestId(): string {
    return this.current?.request.requestId ?? "";
  }

  /**
   * Gives the answer to the caller, but with `waitForPhaseEnd` only when the phase has ended. The result comes when the phase has ended, at
   * most `phaseEndWaitMs` later, and at once if an extension subscribed to INVOKE, because it may end the phase much later.
   */
  giveAnswer(extensionsListen: boolean): void {
    const invocation = this.running;
    if (invocation.request.waitForPhaseEnd === true) return;
    const { answerAtPhaseEnd, phaseEndWaitMs } = this.#parts.services.options;
    const { onResult } = invocation.request;
    if (!answerAtPhaseEnd && onResult !== undefined) {
      invocation.answerGiven = true;
      onResult(this.#result(invocation));
    }
    if (extensionsListen) return this.#send(invocation);
    const wait = setTimeout(() => this.#send(invocation), phaseEndWaitMs);
    void invocation.result.then(() => clearTimeout(wait));
  }

  finish(): void {
    const invocation = this.#end();
    const { waitForPhaseEnd, onResult, sink } = invocation.request;
    // Who asks for the log with the answer, or asks the fleet directly, finds a complete log. Nobody else waits for the log.
    if (waitForPhaseEnd === true || (onResult ?? sink) === undefined)
      this.#parts.log.whenWritten(() => this.#send(invocation));
    else this.#send(invocation);
  }

  break(): void {
    const message = "The execution environment ended during the invocation.";
    this.#end().send({ kind: "broken", message });
  }

  #send(invocation: RunningInvocation): void {
    invocation.send(this.#result(invocation));
  }

  #result(invocation: RunningInvocation): InvokeResult {
    const { payload, contentType, functionError } = invocation.payload();
    return {
      kind: "answered",
      payload,
      contentType,
      functionError,
      executedVersion: this.#parts.snapshot.version,
      environment: this.#parts.id,
      logTail:
        invocation.request.waitForPhaseEnd === true ? this.#parts.log.tailBytesOfInvocation() : NO_TAIL,
    };
  }

  /** The end comes before the result, so that the slot is free when somebody who waits for the result goes on. */
  #end(): RunningInvocation {
    const invocation = this.running;
    invocation.end();
    this.current = null;
    this.ended += 1;
    this.lastEndedAt = this.#parts.services.options.clock.now();
    return invocation;
  }
}
