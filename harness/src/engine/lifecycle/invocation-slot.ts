/** The invocation that an environment works on, one at a time: taken, answered, broken off, ended. Writes no log and starts no process. */
import { invariant } from "../../domain/invariant.ts";
import type { RuntimeAnswer } from "../environment-api/runtime-api/runtime-session.ts";
import type { InvokeRequest } from "../fleet-contract.ts";
import type { EnvironmentParts } from "./environment-parts.ts";
import { RunningInvocation } from "./running-invocation.ts";

/** How long an answer is held for the end of the phase where no extension listens; a runtime asks for its next event within microseconds. */
const ANSWER_HOLD_MS = 100;

export class InvocationSlot {
  current: RunningInvocation | null = null;
  /** How many have ended. */
  ended = 0;
  lastEndedAt: number | null = null;
  private readonly parts: EnvironmentParts;

  constructor(parts: EnvironmentParts) {
    this.parts = parts;
  }

  take(request: InvokeRequest): RunningInvocation {
    const { clock } = this.parts.services.options;
    const now = { monotonic: clock.monotonic(), epoch: clock.now() };
    this.current = new RunningInvocation(request, this.parts.snapshot.timeoutMs, now);
    return this.current;
  }

  get running(): RunningInvocation {
    invariant(this.current !== null, "an invocation is under way");
    return this.current;
  }

  /** The event goes to the runtime now. */
  delivered(): void {
    this.running.delivered(this.parts.services.options.clock.monotonic());
  }

  /** What the runtime answers after the end of its invocation concerns nobody. */
  answered(answer: RuntimeAnswer): void {
    this.current?.answered(answer, this.parts.services.options.clock.monotonic());
  }

  /** Empty outside of an invocation. */
  get requestId(): string {
    return this.current?.request.requestId ?? "";
  }

  /** The runtime has answered: the caller gets it at once where the end of the phase may be long after. */
  holdOrSend(extensionsListen: boolean): void {
    const invocation = this.running;
    if (invocation.request.waitForPhaseEnd === true) return;
    if (extensionsListen) return this.send(invocation);
    const hold = setTimeout(() => this.send(invocation), ANSWER_HOLD_MS);
    void invocation.result.then(() => clearTimeout(hold));
  }

  /** The phase is over. */
  finish(): void {
    this.send(this.running);
    this.end();
  }

  /** The environment ends in the middle of it. */
  break(): void {
    this.running.send({
      kind: "broken",
      message: "The execution environment ended during the invocation.",
    });
    this.end();
  }

  private send(invocation: RunningInvocation): void {
    invocation.send({
      kind: "answered",
      ...invocation.payload(),
      executedVersion: this.parts.snapshot.version,
      environment: this.parts.id,
      logTail: this.parts.log.tailBytesOfInvocation(),
    });
  }

  private end(): void {
    this.running.end();
    this.current = null;
    this.ended += 1;
    this.lastEndedAt = this.parts.services.options.clock.now();
  }
}
