/** The attempt of a packed invocation (packed-invocations.ts). There is only one object for each attempt, so `===` recognises it. */
import type { EpochMs } from "../../base/time.ts";
import type { ConnectOutcome } from "../../../../functions/src/contract.ts";
import type { Attempt, ObservedBoot, ObservedEnvironment, ObservedInvocation } from "./environment.ts";

export interface AttemptNumbers {
  requestId(place: number): string;
  connectedAt(place: number): EpochMs;
  disconnectedAt(place: number): EpochMs;
  /** The number of the connection. */
  connection(place: number): number | null;
}

export class PackedAttempt implements Attempt {
  readonly boot: ObservedBoot;
  readonly #numbers: AttemptNumbers;
  readonly #place: number;

  constructor(numbers: AttemptNumbers, boot: ObservedBoot, place: number) {
    this.boot = boot;
    this.#numbers = numbers;
    this.#place = place;
  }

  get environment(): ObservedEnvironment {
    return this.boot.environment;
  }

  get time(): EpochMs {
    return this.#numbers.connectedAt(this.#place);
  }

  get clock() {
    return "function" as const;
  }

  get phase() {
    return "invoke" as const;
  }

  get requestId(): string {
    return this.#numbers.requestId(this.#place);
  }

  get outcome(): ConnectOutcome {
    return "accepted";
  }

  get ownLine(): boolean {
    return true;
  }

  get number(): number | null {
    return this.#numbers.connection(this.#place);
  }

  get leaseHolder(): null {
    return null;
  }

  get disconnect() {
    return { time: this.#numbers.disconnectedAt(this.#place), phase: "invoke", outcome: null } as const;
  }

  get peer(): null {
    return null;
  }

  get link(): null {
    return null;
  }

  get invocation(): ObservedInvocation | null {
    const [first] = this.boot.attempts;
    const index = first instanceof PackedAttempt ? this.#place - first.#place : -1;
    return index < 0 ? null : (this.environment.invocations.at(index) ?? null);
  }
}

/** Whether a `PackedAttempt` can stand for this attempt. */
export function isOrdinary(attempt: Attempt, invocation: ObservedInvocation): boolean {
  const { disconnect } = attempt;
  return (
    attempt.boot === invocation.boot &&
    attempt.invocation === invocation &&
    attempt.clock === "function" &&
    attempt.phase === "invoke" &&
    attempt.requestId === invocation.requestId &&
    attempt.outcome === "accepted" &&
    attempt.ownLine &&
    attempt.leaseHolder == null &&
    disconnect?.phase === "invoke" &&
    disconnect.outcome === null &&
    attempt.peer === null &&
    attempt.link === null
  );
}
