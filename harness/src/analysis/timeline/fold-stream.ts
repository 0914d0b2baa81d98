/**
 * Turns one log stream into one execution environment: its Init, boots, invocations, attempts and disconnects, from the stream's own lines
 * only. The other sources are joined later, in analysis/correlate. The stream is read once, event by event in order.
 */
import type { PhaseStatus } from "../../domain/platform-words.ts";
import type { LifecycleEvent } from "../../logs/parse-lifecycle-line.ts";
import type { PlatformEvent } from "../../logs/platform-event.ts";
import { readAs, type RuntimeErrorLine } from "../../logs/parse-error-line.ts";
import { familyOfVersionText } from "../../runtimes/all-runtimes.ts";
import type { RuntimeReading } from "../../runtimes/all-runtimes.ts";
import type { StreamEvent } from "../../logs/stream-event.ts";
import { BootTracker } from "./boot-tracker.ts";
import type { Span } from "./clock-shifts.ts";
import type { Attempt, ObservedBoot, ObservedEnvironment, ObservedInvocation } from "./environment.ts";
import { noteInvocationEnd, type InvocationEndEvent } from "./note-invocation-end.ts";

export function foldStream(id: string, events: Iterable<StreamEvent>): ObservedEnvironment {
  let fold: StreamFold | null = null;
  for (const event of events) {
    fold ??= new StreamFold(id, event.timestamp);
    fold.add(event);
  }
  return (fold ?? new StreamFold(id, 0)).finish();
}

const NO_ATTEMPTS: readonly Attempt[] = [];
const SAME_CLOCK: Span = { from: 0, to: 0 };

/** What lines said about an invocation before its START was seen. */
interface EarlyLines {
  boot: ObservedBoot | null;
  invoked: boolean;
  error: RuntimeReading | null;
  doubtful: boolean;
}

class StreamFold {
  private readonly environment: ObservedEnvironment;
  private readonly boots: BootTracker;
  private readonly invocations: ObservedInvocation[] = [];
  private readonly byRequest = new Map<string, ObservedInvocation>();
  private current: ObservedInvocation | null = null;
  /** By request id, until the START is seen. Lines of the same millisecond can come in any order, and a START can be missing. */
  private readonly earlyLines = new Map<string, EarlyLines>();
  private repeatedInitOpen = false;

  constructor(id: string, firstLine: number) {
    this.environment = {
      id,
      firstLine,
      lastLine: firstLine,
      version: versionIn(id),
      functionName: null,
      runtime: null,
      showsInfo: false,
      initializationType: null,
      init: null,
      repeatedInits: 0,
      boots: [],
      invocations: [],
      condensed: { served: 0, unseen: 0 },
      end: null,
      ending: null,
      peerAhead: SAME_CLOCK,
      logsDropped: false,
      numbered: true,
      unknownLines: 0,
      unread: { lines: 0, example: null },
    };
    this.boots = new BootTracker(this.environment);
  }

  add({ timestamp, eventId, said, example }: StreamEvent): void {
    this.environment.lastLine = Math.max(this.environment.lastLine, timestamp);
    if (eventId === null) this.environment.numbered = false;
    switch (said.kind) {
      case "platform":
        return this.platform(said.platform, timestamp);
      case "lifecycle":
        return this.lifecycle(said.line, said.line.time ?? timestamp);
      case "error":
        return this.error(said.error, timestamp);
      case "unknown":
        // If events have ids, a lost line is noticed elsewhere.
        if (eventId === null) this.environment.unknownLines += 1;
        this.environment.unread.lines += 1;
        this.environment.unread.example ??= example;
        return;
      case "application":
        return;
    }
  }

  private platform(event: PlatformEvent, time: number): void {
    switch (event.event) {
      case "init-start":
        return this.initStart(event, time);
      case "init-runtime-done":
        if (event.status !== "success" && event.phase !== "invoke") this.initFailed(event.status, time);
        if (event.phase === "invoke") this.repeatedInitEnded(event.status === "success", event.errorType);
        return;
      case "init-report":
        return this.initReport(event, time);
      case "start":
        return this.start(event.requestId, event.version, time);
      case "runtime-done":
      case "report":
      case "task-timed-out":
      case "runtime-exited":
        return this.invocationEnd(event, time);
      case "logs-dropped":
        this.environment.logsDropped = true;
        return;
      case "other":
        return;
    }
  }

  private initStart(event: Extract<PlatformEvent, { event: "init-start" }>, time: number): void {
    const environment = this.environment;
    environment.functionName = environment.functionName ?? event.functionName;
    environment.version = environment.version ?? event.functionVersion;
    environment.runtime ??= {
      family:
        event.runtimeVersion === null ? null : (familyOfVersionText(event.runtimeVersion)?.name ?? null),
      version: event.runtimeVersion,
      format: event.format,
    };
    environment.initializationType = environment.initializationType ?? event.initializationType;
    if (event.phase === "invoke") {
      environment.repeatedInits += 1;
      this.repeatedInitOpen = true;
      this.boots.running(time);
      return;
    }
    if (environment.init !== null) return;
    environment.init = { start: time, end: null, endSource: null, status: null, durationMs: null };
    this.boots.running(time);
  }

  private initReport(event: Extract<PlatformEvent, { event: "init-report" }>, time: number): void {
    if (event.phase === "invoke") {
      if (!this.repeatedInitOpen) this.environment.repeatedInits += 1;
      this.repeatedInitOpen = false;
      this.repeatedInitEnded(event.status === "success", event.errorType);
      if (event.status !== "success")
        this.boots.closeCurrent(time, event.status === "timeout" ? "timeout" : "crash");
      return;
    }
    this.environment.initializationType = this.environment.initializationType ?? event.initializationType;
    const init = this.environment.init;
    if (init === null) return;
    init.durationMs = init.durationMs ?? event.durationMs;
    if (event.status !== "success") return this.initFailed(event.status, time);
    if (init.status !== null) return;
    init.status = "success";
    init.end = time;
    init.endSource = "reported";
  }

  /** The current invocation is the one that waits for the repeated Init. Its END can come before the report of the Init. */
  private repeatedInitEnded(succeeded: boolean, errorType: string | null): void {
    const waiting = this.current;
    if (waiting === null || waiting.end !== null) return;
    waiting.initFailed = succeeded ? null : { errorType };
  }

  private initFailed(status: Exclude<PhaseStatus, "success">, time: number): void {
    const init = this.environment.init;
    if (init === null || (init.status !== null && init.status !== "success")) return;
    init.status = status === "timeout" ? "timeout" : "error";
    init.end = time;
    init.endSource = "reported";
    this.boots.closeCurrent(time, status === "timeout" ? "timeout" : "crash");
  }

  private start(requestId: string, version: string | null, time: number): void {
    const known = this.byRequest.get(requestId);
    // The same START was read twice, or its end was seen first in the same millisecond. A retry of an asynchronous event comes later.
    if (known !== undefined && (known.start === time || known.end === null)) return;
    if (known !== undefined && known.start === null) {
      known.start = time;
      return;
    }
    this.environment.version = this.environment.version ?? version;
    const before = this.current;
    if (before !== null && before.end === null) {
      before.end = time;
      before.endedBy = "next-start";
    }
    if (known !== undefined) known.doubt ??= "started-again";
    this.repeatedInitOpen = false;
    this.current = this.newInvocation(requestId, time);
  }

  private newInvocation(requestId: string, start: number | null): ObservedInvocation {
    const early = this.earlyLines.get(requestId);
    this.earlyLines.delete(requestId);
    const invocation: ObservedInvocation = {
      requestId,
      environment: this.environment,
      boot: early?.boot ?? this.boots.running(start ?? this.environment.lastLine),
      start,
      end: null,
      endedBy: null,
      reportAt: null,
      status: null,
      errorType: null,
      reset: null,
      handlerError: early?.error == null ? null : { errorType: early.error.errorType },
      doubt: early?.doubtful === true ? "ambiguous-line" : null,
      initFailed: null,
      durationMs: null,
      attempts: [],
      perhaps: NO_ATTEMPTS,
      invokeLine: early?.invoked === true,
    };
    this.byRequest.set(requestId, invocation);
    this.invocations.push(invocation);
    return invocation;
  }

  private invocationEnd(event: InvocationEndEvent, time: number): void {
    const invocation = this.byRequest.get(event.requestId) ?? this.newInvocation(event.requestId, null);
    noteInvocationEnd(invocation, event, time);
    if (event.event === "report" && event.initDurationMs !== null && this.environment.init !== null) {
      this.environment.init.durationMs = this.environment.init.durationMs ?? event.initDurationMs;
    }
    if (invocation.reset !== null)
      this.boots.close(invocation.boot, invocation.end ?? time, invocation.reset);
  }

  private lifecycle(line: LifecycleEvent, time: number): void {
    this.environment.showsInfo = true;
    const boot = this.boots.add(line, time);
    if (line.requestId === null) return;
    const invocation = this.byRequest.get(line.requestId);
    if (invocation === undefined) {
      const early = this.early(line.requestId);
      early.boot ??= boot;
      early.invoked ||= line.event === "invoke";
    } else if (line.event === "invoke") {
      invocation.invokeLine = true;
      invocation.boot = boot;
    }
  }

  private error(line: RuntimeErrorLine, time: number): void {
    const reading = readAs(line, this.environment.runtime?.family ?? null);
    if (reading === null) return;
    const { kind, requestId, errorType } = reading;
    const invocation = requestId === null ? this.current : (this.byRequest.get(requestId) ?? null);
    if (invocation === null) {
      if (requestId !== null) this.noteEarly(requestId, reading);
      // Before the first START only the Init can have failed. If there is an Init report, it says the same.
      else if (kind !== "ambiguous" && this.environment.init?.status === null) this.initFailed("error", time);
      return;
    }
    if (kind === "ambiguous") invocation.doubt ??= "ambiguous-line";
    else invocation.handlerError = { errorType };
  }

  private noteEarly(requestId: string, reading: RuntimeReading): void {
    const early = this.early(requestId);
    if (reading.kind === "ambiguous") early.doubtful = true;
    else early.error = reading;
  }

  private early(requestId: string): EarlyLines {
    const known = this.earlyLines.get(requestId);
    if (known !== undefined) return known;
    const made: EarlyLines = { boot: null, invoked: false, error: null, doubtful: false };
    this.earlyLines.set(requestId, made);
    return made;
  }

  finish(): ObservedEnvironment {
    // The function wrote about these invocations and the platform did not: they ran, and their START is missing.
    for (const requestId of [...this.earlyLines.keys()]) this.newInvocation(requestId, null);
    // An invocation without a START is sorted by its end.
    this.invocations.sort((a, b) => (a.start ?? a.end ?? 0) - (b.start ?? b.end ?? 0));
    this.environment.invocations = this.invocations;
    this.boots.finish(this.invocations);
    return this.environment;
  }
}

/** The name of a log stream contains the version: `2026/11/25/[$LATEST]0f…`. */
function versionIn(logStream: string): string | null {
  return /\[([^\]]+)\][0-9a-f]{32}$/.exec(logStream)?.[1] ?? null;
}
