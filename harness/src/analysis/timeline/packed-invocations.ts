/**
 * Saves memory: an invocation that succeeded and has only lines of the platform is stored as a few numbers. There can be millions of such
 * invocations. As objects, they would take most of the memory of a judgement.
 */
import { IndexedList } from "../../domain/listed.ts";
import { InvariantError } from "../../domain/invariant.ts";
import type { Attempt, ObservedEnvironment, ObservedInvocation, InvocationEnd } from "./environment.ts";
import { NumberColumn } from "./number-column.ts";
import { RequestIdColumn } from "./request-id-column.ts";

const ENDED_BY: readonly InvocationEnd[] = ["runtime-done", "report", "driver"];
const STATUS = [null, "success"] as const;
const NO_ATTEMPTS: Attempt[] = [];

/** Holds the packed invocations of all environments of a function. */
export class InvocationColumns {
  readonly #starts = new NumberColumn();
  readonly #ends = new NumberColumn();
  readonly #reports = new NumberColumn();
  readonly #durations = new NumberColumn();
  readonly #states = new NumberColumn();
  readonly #requestIds = new RequestIdColumn();

  /** Packs the invocations of an environment, if all of them can be packed without losing a fact. */
  pack(environment: ObservedEnvironment): void {
    const { invocations, boots } = environment;
    const [boot] = boots;
    if (invocations.length === 0 || boot === undefined || boots.length > 1 || boot.attempts.length > 0)
      return;
    if (!invocations.every((one) => one.boot === boot && isPlain(one))) return;
    // All packed boots share one empty list, because nothing is joined to them later.
    boot.attempts = boot.accepted = boot.initAttempts = NO_ATTEMPTS;
    const from = this.#starts.length;
    for (const one of invocations) this.#add(one);
    environment.invocations = new PackedInvocations(this, environment, from, invocations.length);
  }

  read(environment: ObservedEnvironment, place: number): ObservedInvocation {
    const state = this.#states.at(place);
    const [boot] = environment.boots;
    if (boot === undefined) throw new InvariantError("an environment with packed invocations has no boot");
    return {
      requestId: this.#requestIds.at(place),
      environment,
      boot,
      start: this.#starts.at(place),
      end: this.#ends.at(place),
      endedBy: ENDED_BY[Math.floor(state / STATUS.length)] ?? null,
      reportAt: numberOrNull(this.#reports.at(place)),
      status: STATUS[state % STATUS.length] ?? null,
      errorType: null,
      reset: null,
      handlerError: null,
      initFailed: null,
      doubt: null,
      durationMs: numberOrNull(this.#durations.at(place)),
      attempts: NO_ATTEMPTS,
      perhaps: NO_ATTEMPTS,
      invokedAt: null,
    };
  }

  #add({ requestId, start, end, endedBy, reportAt, status, durationMs }: ObservedInvocation): void {
    this.#requestIds.add(requestId);
    this.#starts.add(start ?? NaN);
    this.#ends.add(end ?? NaN);
    this.#reports.add(reportAt ?? NaN);
    this.#durations.add(durationMs ?? NaN);
    const endIndex = endedBy === null ? -1 : ENDED_BY.indexOf(endedBy);
    this.#states.add(endIndex * STATUS.length + (status === "success" ? 1 : 0));
  }
}

export class PackedInvocations extends IndexedList<ObservedInvocation> {
  readonly length: number;
  readonly #columns: InvocationColumns;
  readonly #environment: ObservedEnvironment;
  readonly #from: number;

  constructor(columns: InvocationColumns, environment: ObservedEnvironment, from: number, length: number) {
    super();
    this.#columns = columns;
    this.#environment = environment;
    this.#from = from;
    this.length = length;
  }

  protected override make(index: number): ObservedInvocation {
    return this.#columns.read(this.#environment, this.#from + index);
  }
}

/** Whether the invocation succeeded and has only lines of the platform. */
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
    one.invokedAt === null
  );
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
