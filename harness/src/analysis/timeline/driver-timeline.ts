/**
 * Reads from the journal what the driver (it sends the invocations of a run) did and saw for one function. A member is null if the journal
 * does not contain it.
 */
import type { JudgedProblem } from "../../record/evidence-problems.ts";
import type { InvocationOutcome } from "../../record/invocation.ts";
import type { JournalEvent } from "../../record/journal.ts";
import type { NothingSucceeded } from "../../record/nothing-succeeded.ts";
import { ALWAYS, momentBy, type Moment, type Span } from "../../base/clocks.ts";
import { durationMs, parseIsoTime, type DurationMs } from "../../base/time.ts";
import type { OrderedJournal } from "./ordered-journal.ts";

export interface DriverInvocation {
  readonly n: number;
  dueAt: Moment<"driver"> | null;
  sentAt: Moment<"driver"> | null;
  endedAt: Moment<"driver"> | null;
  requestId: string | null;
  latencyMs: DurationMs | null;
  durationMs: DurationMs | null;
  /** Null if the journal does not show the end. `unknown` if the run was resumed before the answer came. */
  outcome: InvocationOutcome | null;
  executedVersion: string | null;
  /** Null if the invocation named no tenant. */
  tenantId: string | null;
  skipped: boolean;
  /** Whether the journal says more than once that the invocation was sent or ended, or says that it was both skipped and sent. */
  contradicted: boolean;
}

/** What levers of `--provoke` did. */
export interface ProvokedFacts {
  /** The lever that published a version, by the version. */
  readonly versions: ReadonlyMap<string, string>;
  /** When the lever `update` was about to change the description. */
  readonly updatedAt: readonly Moment<"driver">[];
  /** Whether invocations named tenants. */
  readonly tenants: boolean;
}

export interface DriverTimeline {
  readonly provoked: ProvokedFacts;
  readonly invocations: readonly DriverInvocation[];
  /** When the run first began. Resuming it does not change this time. */
  readonly startedAt: Moment<"driver"> | null;
  readonly functionArn: string | null;
  /** The runtime's name, as Lambda gave it. */
  readonly runtime: string | null;
  readonly reservedConcurrency: number | null;
  /** Whether the journal has `function-ready`. If so, null in `reservedConcurrency` means that none is reserved. */
  readonly functionReady: boolean;
  readonly timeoutMs: DurationMs | null;
  readonly systemLogLevel: string | null;
  readonly logFormat: "Text" | "JSON" | null;
  /** Whether our own peer was started, so that a peer log should exist. */
  readonly peerReady: boolean;
  /** Null if the journal does not say that the logs settled, or if the run was resumed after that. */
  readonly settled: { readonly settled: boolean; readonly missingRequestIds: readonly string[] } | null;
  readonly problems: readonly JudgedProblem[];
  /** Spans of time that this machine's clock may have shown twice, because it was set back. */
  readonly repeatedTimes: readonly Span<Moment<"driver">>[];
  /** A run writes this event at its end if no invocation succeeded. The run may have been resumed after that. */
  readonly nothingSucceeded: NothingSucceeded | null;
  /** True if no event of the journal is missing. */
  readonly whole: boolean;
}

export function driverTimeline(name: string, { events, missing, repeated }: OrderedJournal): DriverTimeline {
  const fold = new DriverFold();
  for (const event of events) {
    if ("function" in event && event.function !== null && event.function !== name) continue;
    fold.add(event);
  }
  const folded = fold.finish();
  return {
    ...folded,
    problems: [...folded.problems, ...repeated.filter(({ noted }) => !noted).map(setBack)],
    repeatedTimes: repeated,
    whole: missing === 0,
  };
}

/** A problem for a change of the clock that the run did not note. A run that lives long enough to notice the change notes one itself. */
function setBack({ backMs }: { readonly backMs: DurationMs }): JudgedProblem {
  return { code: "run-clock-set-back-unnoticed", parameters: { byMs: backMs } };
}

/**
 * Problems of a run that stopped because AWS no longer accepted the credentials. They do not count any more when the run is resumed,
 * because it then reads the same evidence again. `told` is a problem that an older version wrote as a sentence without a code, so the
 * sentence can be about one of these problems.
 */
const READ_AGAIN: ReadonlySet<JudgedProblem["code"]> = new Set([
  "evidence-not-read",
  "server-log-not-read",
  "told",
]);

function byDriver(text: string): Moment<"driver"> | null {
  return momentBy("driver", parseIsoTime(text));
}

const SUCCEEDED: InvocationOutcome = { outcome: "succeeded" };

class DriverFold {
  readonly #byNumber = new Map<number, DriverInvocation>();
  readonly #versions = new Map<string, string>();
  readonly #updatedAt: Moment<"driver">[] = [];
  #tenants = false;
  #startedAt: Moment<"driver"> | null = null;
  #ready: Extract<JournalEvent, { event: "function-ready" }> | null = null;
  #peerReady = false;
  #settled: DriverTimeline["settled"] = null;
  #problems: JudgedProblem[] = [];
  #nothingSucceeded: NothingSucceeded | null = null;
  #signedOut = false;

  add(event: JournalEvent): void {
    switch (event.event) {
      case "run-started":
        this.#startedAt ??= byDriver(event.time);
        if (event.resumed) this.#breakOff();
        // The logs had settled before the resumed run began, so this says nothing about its invocations.
        if (event.resumed) this.#settled = null;
        // AWS no longer accepted the credentials, so the run could not read all evidence. The resumed run reads it again.
        if (this.#signedOut) this.#problems = this.#problems.filter(({ code }) => !READ_AGAIN.has(code));
        this.#signedOut = false;
        return;
      case "stop-requested":
        this.#signedOut = event.reason === "signed-out";
        return;
      case "function-ready":
        this.#ready = event;
        return;
      case "peer-ready":
        this.#peerReady = true;
        return;
      case "version-published":
        this.#versions.set(event.version, event.lever);
        return;
      case "change-begun":
        if (event.change !== "copy" && event.lever === "update")
          this.#updatedAt.push(byDriver(event.time) ?? ALWAYS);
        return;
      case "invocation-sent":
        return this.#sent(event);
      case "invocation-ended":
        return this.#ended(event);
      case "invocation-skipped": {
        const invocation = this.#at(event.n);
        invocation.skipped = true;
        invocation.dueAt = invocation.dueAt ?? byDriver(event.dueAt);
        // The invocation was sent, but AWS refused the expired credentials, so nothing ran.
        if (event.reason === "signed-out") invocation.sentAt = null;
        if (invocation.sentAt !== null) invocation.contradicted = true;
        return;
      }
      case "logs-settled":
        this.#settled = { settled: event.settled, missingRequestIds: event.missingRequestIds };
        return;
      case "nothing-succeeded": {
        const { failed, times, errorType, errorMessage, lines, logStream } = event;
        this.#nothingSucceeded = { failed, times, errorType, errorMessage, lines, logStream };
        return;
      }
      case "evidence-problem":
        this.#problems.push({ code: event.code, parameters: event.parameters } as JudgedProblem);
        return;
      default:
        return;
    }
  }

  #sent(event: Extract<JournalEvent, { event: "invocation-sent" }>): void {
    const invocation = this.#at(event.n);
    if (invocation.sentAt !== null || invocation.skipped) invocation.contradicted = true;
    invocation.sentAt = invocation.sentAt ?? byDriver(event.time);
    invocation.dueAt = invocation.dueAt ?? byDriver(event.dueAt);
    invocation.tenantId ??= event.tenantId ?? null;
    if (event.tenantId !== undefined) this.#tenants = true;
  }

  #ended(event: Extract<JournalEvent, { event: "invocation-ended" }>): void {
    const invocation = this.#at(event.n);
    if (invocation.outcome !== null) {
      invocation.contradicted = true;
      return;
    }
    // Nearly all invocations succeed, so they share one object.
    invocation.outcome = event.outcome === "succeeded" ? SUCCEEDED : event;
    invocation.endedAt = byDriver(event.time);
    invocation.requestId = event.requestId;
    invocation.latencyMs = durationMs(event.latencyMs);
    invocation.durationMs = durationMs(event.durationMs);
    invocation.executedVersion = event.executedVersion;
  }

  /** The soak that sent these invocations has ended, so nobody gets their answers. The invocations may have run. */
  #breakOff(): void {
    for (const invocation of this.#byNumber.values())
      if (invocation.outcome === null && !invocation.skipped)
        invocation.outcome = { outcome: "unknown", errorMessage: null };
  }

  #at(n: number): DriverInvocation {
    let invocation = this.#byNumber.get(n);
    if (invocation === undefined) {
      invocation = {
        n,
        dueAt: null,
        sentAt: null,
        endedAt: null,
        requestId: null,
        latencyMs: null,
        durationMs: null,
        outcome: null,
        executedVersion: null,
        tenantId: null,
        skipped: false,
        contradicted: false,
      };
      this.#byNumber.set(n, invocation);
    }
    return invocation;
  }

  finish(): Omit<DriverTimeline, "repeatedTimes" | "whole"> {
    return {
      provoked: { versions: this.#versions, updatedAt: this.#updatedAt, tenants: this.#tenants },
      invocations: [...this.#byNumber.values()].sort((a, b) => a.n - b.n),
      functionArn: this.#ready?.functionArn ?? null,
      runtime: this.#ready?.runtime ?? null,
      reservedConcurrency: this.#ready?.reservedConcurrency ?? null,
      startedAt: this.#startedAt,
      functionReady: this.#ready !== null,
      timeoutMs: durationMs(this.#ready?.timeoutMs ?? null),
      systemLogLevel: this.#ready?.systemLogLevel ?? null,
      logFormat: this.#ready?.logFormat ?? null,
      peerReady: this.#peerReady,
      settled: this.#settled,
      problems: this.#problems,
      nothingSucceeded: this.#nothingSucceeded,
    };
  }
}
