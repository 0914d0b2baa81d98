/** Stores ordinary invocations of an environment as a few numbers each. There can be millions, and objects would take too much memory. */
import { durationMs, epochMs, type DurationMs, type EpochMs } from "../../base/time.ts";
import { IndexedList, type Listed } from "../../base/listed.ts";
import { InvariantError } from "../../base/invariant.ts";
import type {
  Attempt,
  InvocationEnd,
  ObservedBoot,
  ObservedEnvironment,
  ObservedInvocation,
  StreamRuntime,
} from "./environment.ts";
import { SharedTexts } from "../../evidence/shared-texts.ts";
import { NumberColumn, WholeNumberColumn } from "./number-column.ts";
import { isOrdinary, PackedAttempt, type AttemptNumbers } from "./packed-attempt.ts";
import { RequestIdColumn } from "./request-id-column.ts";

const ENDED_BY: readonly InvocationEnd[] = ["runtime-done", "report", "driver"];
const STATUS = [null, "success"] as const;
const NO_ATTEMPTS: Attempt[] = [];

/** The packed invocations of all environments of a function. */
export class InvocationColumns implements AttemptNumbers {
  readonly #starts = new NumberColumn();
  readonly #durations = new NumberColumn();
  readonly #states = new NumberColumn(Uint8Array);
  /** Milliseconds after START, like all times below. */
  readonly #ends = new WholeNumberColumn();
  readonly #reports = new WholeNumberColumn();
  readonly #invoked = new WholeNumberColumn();
  readonly #connected = new WholeNumberColumn();
  readonly #disconnected = new WholeNumberColumn();
  readonly #connections = new WholeNumberColumn();
  readonly #requestIds = new RequestIdColumn();
  readonly #texts = new SharedTexts();
  readonly #runtimes = new Map<string, StreamRuntime>();

  /** Packs the invocations of an environment if that loses no fact. */
  pack(environment: ObservedEnvironment): void {
    const { invocations, boots } = environment;
    const [boot] = boots;
    if (boot === undefined || boots.length > 1 || !arePlain(invocations, boot)) return;
    const { length } = invocations;
    const from = this.#starts.length;
    for (const one of invocations) this.#add(one);
    const connects = boot.attempts.length > 0;
    this.#shareNames(environment);
    boot.attempts = boot.accepted = connects
      ? Array.from({ length }, (_, index) => new PackedAttempt(this, boot, from + index))
      : NO_ATTEMPTS;
    // Nothing is joined to this boot later, so it shares an empty list with other boots.
    boot.initAttempts = NO_ATTEMPTS;
    // A list that has grown keeps room for more elements, so a new list replaces it.
    environment.boots = [boot];
    environment.invocations = new PackedInvocations(this, environment, from, length);
  }

  #shareNames(environment: ObservedEnvironment): void {
    const { version, tenantId, functionName, initializationType, runtime } = environment;
    environment.version = this.#texts.one(version);
    environment.tenantId = this.#texts.one(tenantId);
    environment.functionName = this.#texts.one(functionName);
    environment.initializationType = this.#texts.one(initializationType);
    if (runtime === null) return;
    const key = JSON.stringify(runtime);
    environment.runtime = this.#runtimes.get(key) ?? runtime;
    this.#runtimes.set(key, environment.runtime);
  }

  start = (place: number): EpochMs => epochMs(this.#starts.at(place));
  end = (place: number): EpochMs => this.#timeIn(this.#ends, place) ?? epochMs(NaN);
  endedBy = (place: number): InvocationEnd | null =>
    ENDED_BY[Math.floor(this.#states.at(place) / STATUS.length)] ?? null;
  status = (place: number): (typeof STATUS)[number] => STATUS[this.#states.at(place) % STATUS.length] ?? null;
  reportAt = (place: number): EpochMs | null => this.#timeIn(this.#reports, place);
  durationMs = (place: number): DurationMs | null => lengthOrNull(this.#durations.at(place));
  invokedAt = (place: number): EpochMs | null => this.#timeIn(this.#invoked, place);
  requestId = (place: number): string => this.#requestIds.at(place);
  connectedAt = (place: number): EpochMs => this.#timeIn(this.#connected, place) ?? epochMs(NaN);
  disconnectedAt = (place: number): EpochMs => this.#timeIn(this.#disconnected, place) ?? epochMs(NaN);
  connection = (place: number): number | null => this.#connections.at(place);

  #timeIn(column: WholeNumberColumn, place: number): EpochMs | null {
    const after = column.at(place);
    return after === null ? null : epochMs(this.#starts.at(place) + after);
  }

  #add(invocation: ObservedInvocation): void {
    const { requestId, start, end, endedBy, reportAt, status, durationMs, invokedAt, attempts } = invocation;
    const [attempt] = attempts;
    this.#requestIds.add(requestId);
    const after = (time: EpochMs | null | undefined): number | null =>
      time == null ? null : time - (start ?? NaN);
    this.#starts.add(start ?? NaN);
    this.#ends.add(after(end));
    this.#reports.add(after(reportAt));
    this.#durations.add(durationMs ?? NaN);
    const endIndex = endedBy === null ? -1 : ENDED_BY.indexOf(endedBy);
    this.#states.add(endIndex * STATUS.length + (status === "success" ? 1 : 0));
    this.#invoked.add(after(invokedAt));
    this.#connected.add(after(attempt?.time));
    this.#disconnected.add(after(attempt?.disconnect?.time));
    this.#connections.add(attempt?.number ?? null);
  }
}

export class PackedInvocations extends IndexedList<ObservedInvocation> {
  readonly length: number;
  readonly #columns: InvocationColumns;
  readonly #environment: ObservedEnvironment;
  readonly #first: number;

  constructor(columns: InvocationColumns, environment: ObservedEnvironment, first: number, length: number) {
    super();
    this.#columns = columns;
    this.#environment = environment;
    this.#first = first;
    this.length = length;
  }

  protected override make(index: number): ObservedInvocation {
    const [boot] = this.#environment.boots;
    if (boot === undefined) throw new InvariantError("an environment with packed invocations has no boot");
    return new PackedInvocation(this.#columns, this.#first + index, boot, index);
  }
}

class PackedInvocation implements ObservedInvocation {
  readonly boot: ObservedBoot;
  readonly #columns: InvocationColumns;
  readonly #place: number;
  /** The index of the invocation in its environment. */
  readonly #index: number;

  constructor(columns: InvocationColumns, place: number, boot: ObservedBoot, index: number) {
    this.boot = boot;
    this.#columns = columns;
    this.#place = place;
    this.#index = index;
  }

  get attempts(): Attempt[] {
    const attempt = this.boot.attempts[this.#index];
    return attempt === undefined ? NO_ATTEMPTS : [attempt];
  }

  get requestId(): string {
    return this.#columns.requestId(this.#place);
  }

  get environment(): ObservedEnvironment {
    return this.boot.environment;
  }

  get start(): EpochMs {
    return this.#columns.start(this.#place);
  }

  get end(): EpochMs {
    return this.#columns.end(this.#place);
  }

  get endedBy(): InvocationEnd | null {
    return this.#columns.endedBy(this.#place);
  }

  get status(): (typeof STATUS)[number] {
    return this.#columns.status(this.#place);
  }

  get reportAt(): EpochMs | null {
    return this.#columns.reportAt(this.#place);
  }

  get durationMs(): DurationMs | null {
    return this.#columns.durationMs(this.#place);
  }

  get invokedAt(): EpochMs | null {
    return this.#columns.invokedAt(this.#place);
  }

  // Fields instead of these getters would take memory in each object.

  get errorType(): null {
    return null;
  }

  /** Not known any more. Only an exit, which a packed invocation does not have, makes it important. */
  get memoryFull(): boolean {
    return false;
  }

  get reset(): null {
    return null;
  }

  get handlerError(): null {
    return null;
  }

  get connectionError(): null {
    return null;
  }

  get initFailed(): null {
    return null;
  }

  get doubt(): null {
    return null;
  }

  get perhaps(): readonly Attempt[] {
    return NO_ATTEMPTS;
  }
}

/** Whether each invocation is plain, and either none of the process's invocations opened a connection or each of them opened one. */
function arePlain(invocations: Listed<ObservedInvocation>, boot: ObservedBoot): boolean {
  const { attempts } = boot;
  if (invocations.length === 0) return false;
  if (attempts.length > 0 && attempts.length !== invocations.length) return false;
  let index = 0;
  for (const one of invocations) {
    if (one.boot !== boot || !isPlain(one) || one.attempts.length !== Math.sign(attempts.length))
      return false;
    const [attempt] = one.attempts;
    if (attempt !== undefined && (attempt !== attempts[index] || !isOrdinary(attempt, one))) return false;
    if (attempt !== undefined && attempt.time < (attempts[index - 1]?.time ?? -Infinity)) return false;
    index += 1;
  }
  return true;
}

/** Whether no line shows a problem, and the times fit the columns. */
function isPlain(one: ObservedInvocation): boolean {
  const [attempt] = one.attempts;
  const times = [one.end, one.reportAt, one.invokedAt, attempt?.time, attempt?.disconnect?.time];
  return (
    times.every((time) => WholeNumberColumn.fits(time == null ? null : time - (one.start ?? NaN))) &&
    WholeNumberColumn.fits(attempt?.number ?? null) &&
    one.start !== null &&
    one.end !== null &&
    one.endedBy !== null &&
    ENDED_BY.includes(one.endedBy) &&
    (one.status === null || one.status === "success") &&
    one.errorType === null &&
    one.reset === null &&
    one.handlerError === null &&
    one.connectionError === null &&
    one.initFailed === null &&
    one.doubt === null
  );
}

function lengthOrNull(value: number): DurationMs | null {
  return Number.isNaN(value) ? null : durationMs(value);
}
