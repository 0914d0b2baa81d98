/**
 * Saves memory: an environment with packed invocations (packed-invocations.ts) and one process is stored as a few numbers, if nothing about
 * it is unusual. There can be very many such environments. There is one small object for each environment and one for its process, so `===`
 * still recognises an environment or a process. Nothing about them can change any more, so no member has a setter, and an attempt to change
 * a member throws an error.
 */
import type { Listed } from "../../domain/listed.ts";
import type { Span } from "./clock-shifts.ts";
import type { NumberSummary } from "./count-holes.ts";
import type {
  Attempt,
  Init,
  ObservedBoot,
  ObservedEnvironment,
  ObservedInvocation,
  WholeOwner,
} from "./environment.ts";
import { hasMissingLines } from "./hold.ts";

/** Whole numbers of an environment and of its process. Times are milliseconds after the environment's first line. */
export const WHOLE = [
  "lastLine",
  "initStart",
  "initEnd",
  "bootFrom",
  "lastNumberedAt",
  "end",
  "shutdown",
  "lines",
  "sequenceFirst",
  "sequenceLast",
  "sequencesDistinct",
  "served",
  "unseen",
  "condensedLines",
] as const;
export type Whole = (typeof WHOLE)[number];

/** The values that are the same in most environments. Environments with the same values share one object. */
export type Common = Pick<
  ObservedEnvironment,
  | "version"
  | "functionName"
  | "runtime"
  | "showsInfo"
  | "consoleAltered"
  | "initializationType"
  | "repeatedInits"
  | "restored"
  | "snapshot"
  | "web"
  | "ending"
  | "logsDropped"
  | "numbered"
> & { readonly init: Pick<Init, "endSource" | "status"> | null; readonly bootLine: boolean };

/** The numbers of all packed environments (environment-columns.ts). A place is the index of an environment. */
export interface EnvironmentNumbers {
  firstLine(place: number): number;
  whole(place: number, name: Whole): number | null;
  /** The same value as `whole` gives, but as epoch milliseconds. */
  time(place: number, name: Whole): number | null;
  initDurationMs(place: number): number | null;
}

const NO_ATTEMPTS: Attempt<WholeOwner>[] = [];
const NONE_UNRECOGNISED: ReadonlyMap<string, number> = new Map();
const NOTHING_UNREAD = { lines: 0, example: null } as const;
const SAME_CLOCK: Span = { from: 0, to: 0 };

/** Makes the lists of packed environments (packed-invocations.ts), which do not stay in memory. */
export interface EnvironmentLists {
  invocationsOf(environment: PackedEnvironment): Listed<ObservedInvocation<WholeOwner>>;
  attemptsOf(environment: PackedEnvironment): Attempt<WholeOwner>[];
  attemptAt(environment: PackedEnvironment, index: number): Attempt<WholeOwner> | undefined;
}

export class PackedEnvironment implements ObservedEnvironment {
  /** The index of the environment in the columns, which hold its numbers. */
  readonly place: number;
  readonly boot: PackedBoot;
  readonly #id: string;
  readonly #columns: EnvironmentNumbers;
  readonly #common: Common;
  readonly #lists: EnvironmentLists;

  constructor(
    columns: EnvironmentNumbers,
    place: number,
    id: string,
    common: Common,
    bootId: string | null,
    lists: EnvironmentLists,
  ) {
    this.#columns = columns;
    this.place = place;
    this.#id = id;
    this.#common = common;
    this.#lists = lists;
    this.boot = new PackedBoot(this, bootId);
  }

  whole(name: Whole): number | null {
    return this.#columns.whole(this.place, name);
  }

  time(name: Whole): number | null {
    return this.#columns.time(this.place, name);
  }

  get id(): string {
    return this.#id;
  }

  get keptInvocations(): Listed<ObservedInvocation<WholeOwner>> {
    return this.#lists.invocationsOf(this);
  }

  get attempts(): Attempt<WholeOwner>[] {
    return this.#lists.attemptsOf(this);
  }

  attemptAt(index: number): Attempt<WholeOwner> | undefined {
    return this.#lists.attemptAt(this, index);
  }

  get boots(): ObservedBoot[] {
    return [this.boot];
  }

  get init(): Init | null {
    const start = this.time("initStart");
    const { init } = this.#common;
    if (init === null || start === null) return null;
    return {
      start,
      end: this.time("initEnd"),
      endSource: init.endSource,
      status: init.status,
      durationMs: this.#columns.initDurationMs(this.place),
    };
  }

  get condensed(): ObservedEnvironment["condensed"] {
    return { served: this.whole("served") ?? 0, unseen: this.whole("unseen") ?? 0 };
  }

  get firstLine(): number {
    return this.#columns.firstLine(this.place);
  }

  get lastLine(): number {
    return this.time("lastLine") ?? NaN;
  }

  get end(): number | null {
    return this.time("end");
  }

  get ending(): ObservedEnvironment["ending"] {
    return this.#common.ending;
  }

  get bootLine(): boolean {
    return this.#common.bootLine;
  }

  get version(): string | null {
    return this.#common.version;
  }

  get functionName(): string | null {
    return this.#common.functionName;
  }

  get runtime(): ObservedEnvironment["runtime"] {
    return this.#common.runtime;
  }

  get consoleAltered(): boolean {
    return this.#common.consoleAltered;
  }

  get showsInfo(): boolean {
    return this.#common.showsInfo;
  }

  get initializationType(): string | null {
    return this.#common.initializationType;
  }

  get repeatedInits(): number {
    return this.#common.repeatedInits;
  }

  get restored(): boolean {
    return this.#common.restored;
  }

  get snapshot(): boolean {
    return this.#common.snapshot;
  }

  get web(): boolean {
    return this.#common.web;
  }

  get logsDropped(): boolean {
    return this.#common.logsDropped;
  }

  get numbered(): boolean {
    return this.#common.numbered;
  }

  // What a packed environment never has.

  get unrecognised(): ReadonlyMap<string, number> {
    return NONE_UNRECOGNISED;
  }

  get crashes(): [] {
    return [];
  }

  get peerAhead(): Span {
    return SAME_CLOCK;
  }

  get unknownLines(): number {
    return 0;
  }

  get unread(): typeof NOTHING_UNREAD {
    return NOTHING_UNREAD;
  }
}

/** The only process of a packed environment. All its attempts were accepted, and none was made in the Init. */
export class PackedBoot implements ObservedBoot {
  readonly #environment: PackedEnvironment;
  readonly #bootId: string | null;

  constructor(environment: PackedEnvironment, bootId: string | null) {
    this.#environment = environment;
    this.#bootId = bootId;
  }

  get environment(): PackedEnvironment {
    return this.#environment;
  }

  get bootId(): string | null {
    return this.#bootId;
  }

  get missingLines(): boolean {
    return hasMissingLines(this);
  }

  get attempts(): Attempt<WholeOwner>[] {
    return this.#environment.attempts;
  }

  get number(): number {
    return 1;
  }

  get from(): number {
    return this.#environment.time("bootFrom") ?? NaN;
  }

  get bootLine(): boolean {
    return this.#environment.bootLine;
  }

  get lines(): number {
    return this.#environment.whole("lines") ?? 0;
  }

  get sequences(): NumberSummary | null {
    const first = this.#environment.whole("sequenceFirst");
    if (first === null) return null;
    return {
      first,
      last: this.#environment.whole("sequenceLast") ?? NaN,
      distinct: this.#environment.whole("sequencesDistinct") ?? NaN,
    };
  }

  get lastNumberedAt(): number | null {
    return this.#environment.time("lastNumberedAt");
  }

  get condensedLines(): number {
    return this.#environment.whole("condensedLines") ?? 0;
  }

  get shutdown(): number | null {
    return this.#environment.time("shutdown");
  }

  get accepted(): Attempt<WholeOwner>[] {
    return this.#environment.attempts;
  }

  get initAttempts(): Attempt<WholeOwner>[] {
    return NO_ATTEMPTS;
  }

  get sharedAttempts(): Attempt<WholeOwner>[] {
    return NO_ATTEMPTS;
  }

  get to(): null {
    return null;
  }

  get reset(): null {
    return null;
  }

  get beside(): null {
    return null;
  }
}

/** Returns one attempt of a boot. The list of all attempts, which can be long, is not made for it. */
export function attemptAt(boot: ObservedBoot, index: number): Attempt<WholeOwner> | undefined {
  return boot instanceof PackedBoot ? boot.environment.attemptAt(index) : boot.attempts[index];
}
