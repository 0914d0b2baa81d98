/**
 * Invocations of which nothing is known but the platform's word that they succeeded, as a few numbers each. There may be millions of them, in
 * hundreds of thousands of environments, and each is judged alike; as objects they would be most of what a judgement holds.
 */
import { IndexedList } from "../../domain/listed.ts";
import { InvariantError } from "../../domain/invariant.ts";
import type { Attempt, ObservedEnvironment, ObservedInvocation, InvocationEnd } from "./environment.ts";
import { NumberColumn } from "./number-column.ts";
import { RequestIdColumn } from "./request-id-column.ts";

const ENDED_BY: readonly InvocationEnd[] = ["runtime-done", "report", "driver"];
const STATUS = [null, "success"] as const;
const NO_ATTEMPTS: Attempt[] = [];

/** Where the invocations of all environments of a function stand. */
export class InvocationShelf {
  readonly #starts = new NumberColumn();
  readonly #ends = new NumberColumn();
  readonly #reports = new NumberColumn();
  readonly #durations = new NumberColumn();
  readonly #words = new NumberColumn();
  readonly #requestIds = new RequestIdColumn();

  /** Puts the invocations of an environment onto the shelf, if nothing is lost by that. */
  pack(environment: ObservedEnvironment): void {
    const { invocations, boots } = environment;
    const [boot] = boots;
    if (invocations.length === 0 || boot === undefined || boots.length > 1 || boot.attempts.length > 0)
      return;
    if (!invocations.every((one) => one.boot === boot && isPlain(one))) return;
    // One empty list for all of them: nothing is joined to these any more.
    boot.attempts = boot.accepted = boot.initAttempts = NO_ATTEMPTS;
    const from = this.#starts.length;
    for (const one of invocations) this.#add(one);
    environment.invocations = new PackedInvocations(this, environment, from, invocations.length);
  }

  read(environment: ObservedEnvironment, place: number): ObservedInvocation {
    const words = this.#words.at(place);
    const [boot] = environment.boots;
    if (boot === undefined) throw new InvariantError("an environment on the shelf has no boot");
    return {
      requestId: this.#requestIds.at(place),
      environment,
      boot,
      start: this.#starts.at(place),
      end: this.#ends.at(place),
      endedBy: ENDED_BY[Math.floor(words / STATUS.length)] ?? null,
      reportAt: numberOrNull(this.#reports.at(place)),
      status: STATUS[words % STATUS.length] ?? null,
      errorType: null,
      reset: null,
      handlerError: null,
      initFailed: null,
      doubt: null,
      durationMs: numberOrNull(this.#durations.at(place)),
      attempts: NO_ATTEMPTS,
      perhaps: NO_ATTEMPTS,
      invokeLine: false,
    };
  }

  #add({ requestId, start, end, endedBy, reportAt, status, durationMs }: ObservedInvocation): void {
    this.#requestIds.add(requestId);
    this.#starts.add(start ?? NaN);
    this.#ends.add(end ?? NaN);
    this.#reports.add(reportAt ?? NaN);
    this.#durations.add(durationMs ?? NaN);
    const word = endedBy === null ? -1 : ENDED_BY.indexOf(endedBy);
    this.#words.add(word * STATUS.length + (status === "success" ? 1 : 0));
  }
}

export class PackedInvocations extends IndexedList<ObservedInvocation> {
  readonly length: number;
  readonly #shelf: InvocationShelf;
  readonly #environment: ObservedEnvironment;
  readonly #from: number;

  constructor(shelf: InvocationShelf, environment: ObservedEnvironment, from: number, length: number) {
    super();
    this.#shelf = shelf;
    this.#environment = environment;
    this.#from = from;
    this.length = length;
  }

  protected override make(index: number): ObservedInvocation {
    return this.#shelf.read(this.#environment, this.#from + index);
  }
}

/** It succeeded, and no line but the platform's speaks of it. */
function isPlain(one: ObservedInvocation): boolean {
  return (
    one.start !== null &&
    one.end !== null &&
    one.endedBy !== null &&
    ENDED_BY.includes(one.endedBy) &&
    (one.status === null || one.status === "success") &&
    one.errorType === null &&
    one.reset === null &&
    one.handlerError === null &&
    one.initFailed === null &&
    one.doubt === null &&
    one.attempts.length === 0 &&
    !one.invokeLine
  );
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
