/** Turns one log stream into one execution environment: its Init, boots, invocations, attempts and disconnects. */
import { later } from "../../base/clocks.ts";
import { durationMs, epochMs, type EpochMs } from "../../base/time.ts";
import type { LifecycleEvent } from "../../logs/parse-lifecycle-line.ts";
import type { PlatformEvent } from "../../logs/platform-event.ts";
import { readAs, type FailureReading, type RuntimeErrorLine } from "../../logs/parse-error-line.ts";
import type { StreamEvent } from "../../logs/stream-event.ts";
import { versionOfStream } from "../../logs/stream-name.ts";
import { node } from "../../catalogue/runtimes/node.ts";
import { BootTracker } from "./boot-tracker.ts";
import type { Shifts } from "./clock-shifts.ts";
import type { Attempt, ObservedEnvironment, ObservedInvocation } from "./environment.ts";
import { EarlyLines, noteFailure } from "./early-lines.ts";
import { InitTracker } from "./init-tracker.ts";
import { endedRequest, noteInvocationEnd, type InvocationEndEvent } from "./note-invocation-end.ts";
import { noteUnreadLine } from "./note-unread-line.ts";
import { isShownByPlatform } from "./starts-missing.ts";
import { withoutPrintedLines } from "./without-printed-lines.ts";

export function foldStream(id: string, events: Iterable<StreamEvent>): ObservedEnvironment {
  let fold: StreamFold | null = null;
  for (const event of withoutPrintedLines(events)) {
    fold ??= new StreamFold(id, epochMs(event.timestamp));
    fold.add(event);
  }
  return (fold ?? new StreamFold(id, epochMs(0))).finish();
}

const NO_ATTEMPTS: readonly Attempt[] = [];
// There can be very many environments, so they share these values.
const NONE_UNRECOGNISED: ReadonlyMap<string, number> = new Map();
const NOTHING_UNREAD = { lines: 0, example: null } as const;
const SAME_CLOCK: Shifts = { from: 0, to: 0 };

class StreamFold {
  readonly #environment: ObservedEnvironment;
  readonly #boots: BootTracker;
  readonly #inits: InitTracker;
  readonly #invocations: ObservedInvocation[] = [];
  readonly #byRequest = new Map<string, ObservedInvocation>();
  #current: ObservedInvocation | null = null;
  /** What was read before the START, by request id. Lines of one millisecond can come in any order, and a START can be missing. */
  readonly #earlyLines = new EarlyLines();
  /** For each invocation whose end was read before any START, by request id: the time of the line about its end. */
  readonly #endedFirst = new Map<string, EpochMs>();
  /** Lines about a failure that name no request, and before which no START was read since the last end. */
  #unclaimed: { readonly reading: FailureReading; readonly time: EpochMs }[] = [];

  constructor(id: string, firstLine: EpochMs) {
    this.#environment = {
      id,
      firstLine,
      lastLine: firstLine,
      version: versionOfStream(id),
      tenantId: null,
      functionName: null,
      runtime: null,
      showsInfo: false,
      consoleAltered: false,
      initializationType: null,
      init: null,
      repeatedInits: 0,
      boots: [],
      invocations: [],
      restored: false,
      snapshot: false,
      web: false,
      unrecognised: NONE_UNRECOGNISED,
      end: null,
      ending: null,
      crashes: [],
      peerAhead: SAME_CLOCK,
      logsDropped: false,
      numbered: true,
      unknownLines: 0,
      unread: NOTHING_UNREAD,
    };
    this.#boots = new BootTracker(this.#environment);
    this.#inits = new InitTracker(this.#environment, this.#boots);
  }

  add({ timestamp, eventId, said, example }: StreamEvent): void {
    const time = epochMs(timestamp);
    this.#environment.lastLine = later(this.#environment.lastLine, time);
    if (eventId === null) this.#environment.numbered = false;
    if ((said.kind === "lifecycle" || said.kind === "platform") && !this.#isOfStartless(said))
      this.#settleErrors();
    switch (said.kind) {
      case "platform":
        return this.#platform(said.platform, time);
      case "lifecycle":
        return this.#lifecycle(said.line, said.line.time ?? time);
      case "error":
        return this.#error(said.error, time);
      case "unknown":
        return noteUnreadLine(
          this.#environment,
          { about: said.about ?? null, eventId, example },
          this.#byRequest,
        );
      case "application":
        return;
    }
  }

  #platform(event: PlatformEvent, time: EpochMs): void {
    if ("tenantId" in event) this.#environment.tenantId ??= event.tenantId;
    switch (event.event) {
      case "init-start":
        return this.#inits.start(event, time, this.#current);
      case "init-runtime-done":
        if (event.status !== "success" && event.phase !== "invoke") this.#inits.failed(event.status, time);
        if (event.phase === "invoke")
          this.#inits.repeatedEnded(event.status === "success", event.errorType, time, this.#current);
        return;
      case "init-report":
        return this.#inits.report(event, time, this.#current);
      case "restore-start":
        return this.#inits.restoreStart(event, time);
      case "restore-report":
        return this.#inits.restoreReport(event, time);
      case "web-start":
        this.#environment.web = true;
        return this.#start(event.requestId, null, time);
      case "start":
        return this.#start(event.requestId, event.version, time);
      case "runtime-done":
      case "report":
      case "task-timed-out":
      case "runtime-exited":
      case "failure-reported":
        return this.#invocationEnd(event, time);
      case "logs-dropped":
        this.#environment.logsDropped = true;
        return;
      case "unrecognised":
        return this.#noteUnrecognised(event.name);
      case "other":
        return;
    }
  }

  #noteUnrecognised(type: string): void {
    const before = this.#environment.unrecognised;
    this.#environment.unrecognised = new Map(before).set(type, (before.get(type) ?? 0) + 1);
  }

  #start(requestId: string, version: string | null, time: EpochMs): void {
    const known = this.#byRequest.get(requestId);
    // This is the same START, read again, and no retry: a retry of an asynchronous event begins only after the end of the earlier try.
    if (known !== undefined && known.start !== null && (known.start === time || known.end === null)) return;
    this.#environment.version = this.#environment.version ?? version;
    const before = this.#current;
    // A web function may serve several requests at the same time.
    if (before !== null && before.end === null && !this.#environment.web) {
      before.end = time;
      before.endedBy = "next-start";
    }
    // If this START and the end that was read first have the same millisecond, both belong to one try. If the START is later, it belongs to
    // a retry.
    if (known !== undefined && this.#endedFirst.get(requestId) === time) {
      known.start = time;
      this.#current = known;
    } else {
      if (known !== undefined) known.doubt ??= "started-again";
      this.#current = this.#newInvocation(requestId, time);
    }
    this.#endedFirst.delete(requestId);
    this.#inits.invocationStarted(this.#current, time);
  }

  #newInvocation(requestId: string, start: EpochMs | null): ObservedInvocation {
    const early = this.#earlyLines.take(requestId);
    const time = start ?? this.#environment.lastLine;
    const invocation: ObservedInvocation = {
      requestId,
      environment: this.#environment,
      boot: early?.boot ?? this.#inits.failedBoot(time) ?? this.#boots.running(time),
      start,
      end: null,
      endedBy: null,
      reportAt: null,
      status: null,
      errorType: null,
      reset: null,
      memoryFull: false,
      handlerError:
        early?.error == null ? null : { errorType: early.error.errorType, family: early.error.family },
      connectionError: early?.connectionError ?? null,
      doubt: early?.doubtful === true ? "ambiguous-line" : null,
      initFailed: null,
      durationMs: null,
      attempts: NO_ATTEMPTS,
      perhaps: NO_ATTEMPTS,
      invokedAt: early?.invokedAt ?? null,
    };
    this.#byRequest.set(requestId, invocation);
    this.#invocations.push(invocation);
    return invocation;
  }

  #invocationEnd(event: InvocationEndEvent, time: EpochMs): void {
    const invocation =
      event.event === "failure-reported"
        ? this.#current
        : (this.#byRequest.get(event.requestId) ?? this.#startless(event.requestId, time));
    if (invocation === null) return this.#inits.failed("error", time);
    noteInvocationEnd(invocation, event, time);
    if (event.event === "runtime-done" && event.status === null)
      this.#environment.runtime ??= { family: null, version: null, format: "Text" };
    if (event.event === "report")
      this.#inits.invocationReported(invocation, durationMs(event.initDurationMs));
    if (invocation.reset !== null)
      this.#boots.close(invocation.boot, invocation.end ?? time, invocation.reset);
  }

  #startless(requestId: string, time: EpochMs): ObservedInvocation {
    this.#endedFirst.set(requestId, time);
    const invocation = this.#newInvocation(requestId, null);
    for (const { reading } of this.#unclaimed) noteFailure(invocation, reading);
    this.#unclaimed = [];
    return invocation;
  }

  #lifecycle(line: LifecycleEvent, time: EpochMs): void {
    this.#environment.showsInfo = true;
    const boot = this.#boots.add(line, time);
    if (line.requestId === null) return;
    const invocation = this.#byRequest.get(line.requestId);
    if (invocation === undefined) {
      const early = this.#earlyLines.of(line.requestId);
      early.boot ??= boot;
      if (line.event === "invoke") early.invokedAt ??= time;
    } else if (line.event === "invoke") {
      invocation.invokedAt ??= time;
      invocation.boot = boot;
    }
  }

  #error(line: RuntimeErrorLine, time: EpochMs): void {
    const family = this.#environment.runtime?.family ?? null;
    // Only Node's client writes through its language's console.
    if (line.altered && (family === null || family === node.name)) this.#environment.consoleAltered = true;
    const reading = readAs(line, family);
    if (reading === null) return;
    const { kind, requestId } = reading;
    // A line that could speak of a failure may be about the request that it names, or about the invocation in whose span it is.
    if (kind === "ambiguous" && requestId !== null) this.#attribute(reading, time);
    // An exact line may name another function's request. Nothing shows why it is in this span.
    if (this.#current?.end === null && requestId !== null && !this.#byRequest.has(requestId))
      noteFailure(this.#current, { ...reading, kind: "ambiguous" });
    const spans = kind === "ambiguous" ? { ...reading, requestId: null } : reading;
    const ended = this.#current === null ? kind !== "failed-init" : this.#current.end !== null;
    if (spans.requestId === null && ended) this.#unclaimed.push({ reading: spans, time });
    else this.#attribute(spans, time);
  }

  #attribute(reading: FailureReading, time: EpochMs): void {
    const { kind, requestId } = reading;
    const invocation = requestId === null ? this.#current : (this.#byRequest.get(requestId) ?? null);
    if (invocation !== null) noteFailure(invocation, reading);
    else if (requestId !== null) this.#earlyLines.noteError(requestId, reading);
    // Before the first START, only the Init can have failed. The report of the Init decides, if there is one.
    else if (kind === "failed-init") this.#inits.failedByLine(time);
    else if (kind !== "ambiguous" && this.#environment.init?.status === null)
      this.#inits.failed("error", time);
  }

  /** Whether the line is about an invocation whose START was not read: a line of its process, or a line about its end. */
  #isOfStartless(said: Extract<StreamEvent["said"], { kind: "lifecycle" | "platform" }>): boolean {
    const requestId = said.kind === "lifecycle" ? said.line.requestId : endedRequest(said.platform);
    return requestId !== null && !this.#byRequest.has(requestId);
  }

  #settleErrors(): void {
    for (const { reading, time } of this.#unclaimed) this.#attribute(reading, time);
    this.#unclaimed = [];
  }

  finish(): ObservedEnvironment {
    this.#settleErrors();
    // If the START of an invocation is missing, lifecycle lines still show that it ran. An error line shows this only if the stream has no
    // START, END or REPORT at all, as in a filtered export. Else the error line's request id may belong to another function.
    const filtered = !this.#invocations.some(isShownByPlatform);
    for (const [requestId, { boot, error, doubtful }] of this.#earlyLines.all())
      if (boot !== null || (filtered && (error !== null || doubtful))) this.#newInvocation(requestId, null);
    this.#invocations.sort((a, b) => (a.start ?? a.end ?? 0) - (b.start ?? b.end ?? 0));
    this.#environment.invocations = this.#invocations;
    this.#inits.finish(this.#invocations[0] ?? null);
    this.#boots.finish(this.#invocations);
    return this.#environment;
  }
}
