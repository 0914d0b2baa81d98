/** One invocation while an environment works on it: its arrival, the runtime's answer, its failure, and the platform events at its end. */
import type { Clock } from "../../run/ports/clock.ts";
import type { PhaseStatus } from "../../words/platform-words.ts";
import { invariant } from "../../base/invariant.ts";
import type { InvokeRequest, InvokeResult } from "../fleet-contract.ts";
import type { FunctionSnapshot } from "../function-snapshot.ts";
import type { EnvironmentParts } from "./environment-parts.ts";
import type { InvocationFailure } from "./invocation-failure.ts";
import type { ReportEvent, RuntimeDoneEvent, InvocationSpan } from "../environment-log/emitted-event.ts";
import { epochMs, isoTime, type EpochMs } from "../../base/time.ts";
import type { RuntimeAnswer, RuntimeEvent } from "../environment-api/runtime-api/runtime-session.ts";

export interface InvocationProgress {
  readonly result: Promise<InvokeResult>;
  /** Resolves at the end of the Invoke phase, when the environment can take another invocation or has ended. */
  readonly ended: Promise<void>;
  /** Whether the caller has its answer, which may be before `result` resolves. */
  readonly answerGiven: boolean;
}

export class RunningInvocation implements InvocationProgress {
  readonly request: InvokeRequest;
  readonly result: Promise<InvokeResult>;
  readonly ended: Promise<void>;
  answerGiven = false;
  /** When the function time-out begins to count, by the monotonic clock. */
  readonly arrivedAt: number;
  readonly deadlineMs: number;
  startLogged = false;
  answer: RuntimeAnswer | null = null;
  failure: InvocationFailure | null = null;
  #answeredAt = 0;
  #delivered: { readonly monotonic: number; readonly epoch: EpochMs } | null = null;
  readonly #timeoutMs: number;
  readonly #clock: Clock;
  #settleResult: (result: InvokeResult) => void = () => undefined;
  #settleEnd: () => void = () => undefined;

  constructor(request: InvokeRequest, timeoutMs: number, clock: Clock) {
    this.request = request;
    this.#timeoutMs = timeoutMs;
    this.#clock = clock;
    this.arrivedAt = clock.monotonic();
    this.deadlineMs = Math.round(clock.now() + timeoutMs);
    this.result = new Promise((resolve) => {
      this.#settleResult = resolve;
    });
    this.ended = new Promise((resolve) => {
      this.#settleEnd = resolve;
    });
  }

  delivered(): void {
    const clock = this.#clock;
    this.#delivered = { epoch: clock.now(), monotonic: clock.monotonic() };
  }

  /** From this time on, the function can write lines. Undefined before the event is delivered. */
  get deliveredAtEpoch(): EpochMs | undefined {
    return this.#delivered?.epoch;
  }

  answered(answer: RuntimeAnswer): void {
    this.answer = answer;
    this.#answeredAt = this.#clock.monotonic();
  }

  /** Gives the result to the caller. Only the first call has an effect. */
  send(result: InvokeResult): void {
    this.#settleResult(result);
  }

  end(): void {
    this.#settleEnd();
  }

  payload(): {
    readonly payload: Buffer;
    readonly contentType: string;
    readonly functionError: "Unhandled" | null;
  } {
    if (this.answer !== null) {
      const { payload, contentType, functionError } = this.answer;
      return { payload, contentType, functionError: functionError ? "Unhandled" : null };
    }
    invariant(this.failure !== null, "an invocation without an answer has failed");
    const { payload: said } = this.failure;
    const payload = Buffer.isBuffer(said) ? said : Buffer.from(JSON.stringify(said));
    return { payload, contentType: "application/json", functionError: "Unhandled" };
  }

  /** Returns the answer to the runtime's `next` (docs/aws/runtime-api.md). */
  event(): RuntimeEvent {
    const { requestId, payload, invokedFunctionArn, traceId, clientContext, tenantId, sink } = this.request;
    const headers = ["Lambda-Runtime-Aws-Request-Id", requestId];
    headers.push("Lambda-Runtime-Deadline-Ms", String(this.deadlineMs));
    headers.push("Lambda-Runtime-Invoked-Function-Arn", invokedFunctionArn);
    if (traceId !== "") headers.push("Lambda-Runtime-Trace-Id", traceId);
    if (tenantId !== undefined) headers.push("Lambda-Runtime-Aws-Tenant-Id", tenantId);
    // Node's server writes headers as latin1, but this text is UTF-8.
    if (clientContext !== null)
      headers.push("Lambda-Runtime-Client-Context", Buffer.from(clientContext).toString("latin1"));
    return {
      requestId,
      sink: sink ?? null,
      payload: payload.length === 0 ? Buffer.from("{}") : payload,
      headers,
    };
  }

  runtimeDone(at: number): RuntimeDoneEvent {
    return {
      type: "runtimeDone",
      requestId: this.request.requestId,
      tenantId: this.request.tenantId,
      ...this.#outcome(),
      durationMs: this.#durationMs(at),
      producedBytes: this.answer === null ? 0 : this.answer.payload.length + this.answer.streamedBytes,
      spans: this.#spans(at),
    };
  }

  report(
    at: number,
    snapshot: FunctionSnapshot,
    facts: { readonly maxMemoryUsedMb: number; readonly initDurationMs: number | null },
  ): ReportEvent {
    const { status, errorType } = this.#outcome();
    const durationMs = this.#durationMs(at);
    return {
      type: "report",
      requestId: this.request.requestId,
      tenantId: this.request.tenantId,
      status,
      errorType,
      durationMs,
      billedDurationMs: Math.ceil(durationMs + (facts.initDurationMs ?? 0)),
      memorySizeMb: snapshot.memorySizeMb,
      ...facts,
    };
  }

  #outcome(): { readonly status: PhaseStatus; readonly errorType: string | null } {
    return this.failure === null
      ? { status: "success", errorType: null }
      : { status: this.failure.status, errorType: this.failure.errorType };
  }

  #spans(at: number): readonly InvocationSpan[] {
    if (this.answer === null) return [];
    const { headAt } = this.answer;
    const answeredAt = this.#answeredAt;
    const delivered = this.#delivered;
    invariant(delivered !== null, "an invocation with an answer was delivered");
    const { monotonic: deliveredAt, epoch } = delivered;
    const start = (at: number): string => isoTime(epochMs(at - deliveredAt + epoch));
    return [
      { name: "responseLatency", start: start(deliveredAt), durationMs: headAt - deliveredAt },
      { name: "responseDuration", start: start(headAt), durationMs: answeredAt - headAt },
      { name: "runtimeOverhead", start: start(answeredAt), durationMs: at - answeredAt },
    ];
  }

  /** A time-out is logged with exactly the limit as its duration (docs/aws/logs.md#text-lines). */
  #durationMs(at: number): number {
    return this.#outcome().status === "timeout" ? this.#timeoutMs : at - this.arrivedAt;
  }
}

const NO_TAIL = Buffer.alloc(0);

/** Keeps the one invocation that an environment works on, from its start until it has ended. */
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
    const { snapshot, services } = this.#parts;
    return (this.current = new RunningInvocation(request, snapshot.timeoutMs, services.options.clock));
  }

  get running(): RunningInvocation {
    invariant(this.current !== null, "an invocation is under way");
    return this.current;
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
