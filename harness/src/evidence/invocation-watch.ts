/**
 * Finds the quiet invocations of one log stream: those that succeeded, and about which nothing unusual shows (evidence-need.ts). All other
 * events are passed on unchanged.
 */
import type { LifecycleEvent } from "../logs/parse-lifecycle-line.ts";
import type { PlatformEvent } from "../logs/platform-event.ts";
import type { OrderedEvent } from "./ordered-event.ts";

export type QuietKind =
  /** The lines of the invocation show one connection, which was accepted, and which the handler closed before the runtime was done. */
  | "served"
  /** The invocation succeeded. It has only lines of the platform and perhaps application lines, so nothing shows what it did. */
  | "unseen";

export interface WatchedInvocation {
  /** Null if the invocation is not quiet. Then its events were already passed to `odd`. */
  readonly kind: QuietKind | null;
  readonly start: number;
  readonly end: number;
  /** The time at which its connection was made. If its lines show no connection, the time of its START. */
  readonly connectedAt: number;
  readonly durationMs: number | null;
  readonly events: readonly OrderedEvent[];
  /** The number of lifecycle lines in `events`. `bootId` is the boot that wrote them, or null if there are none. */
  readonly lines: number;
  readonly bootId: string | null;
  readonly requestId: string;
  /**
   * How many connections of the boot were accepted before this invocation, and how many attempts the stream had before it. If the invocation
   * is not quiet, both numbers may include its own.
   */
  readonly acceptedBefore: number;
  readonly attemptsBefore: number;
}

export interface BootCount {
  readonly bootId: string;
  lines: number;
  firstSequence: number | null;
  lastSequence: number | null;
  /** True if a line has an earlier time than the line before it, a sequence number that is not higher, or no sequence number. */
  irregular: boolean;
  lastTime: number;
  accepted: number;
}

/** What a watch knows while no invocation runs. */
export interface WatchState {
  readonly bootId: string | null;
  readonly sequence: number | null;
  readonly boots: readonly BootCount[];
  readonly attempts: number;
}

export interface WatchSink {
  odd(one: OrderedEvent): void;
  ended(invocation: WatchedInvocation): void;
}

interface TimedLine {
  readonly line: LifecycleEvent;
  readonly time: number;
}

interface FollowedInvocation {
  readonly requestId: string;
  readonly start: number;
  end: number | null;
  durationMs: number | null;
  /** The events that are held back. Null as soon as it is known that the invocation is not quiet. */
  events: OrderedEvent[] | null;
  readonly lines: TimedLine[];
}

const NO_BOOTS: readonly BootCount[] = [];

export class InvocationWatch {
  readonly #sink: WatchSink;
  #running: FollowedInvocation | null = null;
  #bootId: string | null = null;
  #sequence: number | null = null;
  /** Each log stream has such a list, which nearly always has only one boot. It is not a map, because maps would take much more memory. */
  #boots = NO_BOOTS;
  #attempts = 0;

  /** `state` is the state of an earlier watch of the same stream. */
  constructor(sink: WatchSink, state: WatchState | null) {
    this.#sink = sink;
    if (state === null) return;
    this.#bootId = state.bootId;
    this.#sequence = state.sequence;
    this.#boots = state.boots.map((boot) => ({ ...boot }));
    this.#attempts = state.attempts;
  }

  /** Null while an invocation runs. */
  get state(): WatchState | null {
    if (this.#running !== null) return null;
    return {
      bootId: this.#bootId,
      sequence: this.#sequence,
      boots: this.#boots,
      attempts: this.#attempts,
    };
  }

  /** Lines without a boot id are not counted. */
  get boots(): readonly BootCount[] {
    return this.#boots;
  }

  get attempts(): number {
    return this.#attempts;
  }

  take(one: OrderedEvent): void {
    const { said, timestamp } = one.event;
    if (said.kind === "platform" && said.platform.event === "start")
      return this.#start(one, said.platform.requestId);
    const running = this.#running;
    if (running === null) return this.#keep(one);
    if (said.kind === "platform" && this.#end(running, one, said.platform)) return;
    if (said.kind === "lifecycle" && running.events !== null && isOf(running, said.line)) {
      running.lines.push({ line: said.line, time: said.line.time ?? timestamp });
      running.events.push(one);
      return;
    }
    this.#spoil();
    this.#keep(one);
  }

  /** Called when the stream has ended or is no longer in order. Passes on the events of the running invocation. */
  finish(): void {
    this.#spoil();
    this.#running = null;
  }

  #start(one: OrderedEvent, requestId: string): void {
    const start = one.event.timestamp;
    const before = this.#running;
    if (before !== null) {
      this.#spoil();
      this.#report(before, start, null);
    }
    // Inside another invocation, the function may have printed this START.
    const inside = before !== null && before.end === null;
    if (inside) this.#sink.odd(one);
    this.#running = {
      ...{ requestId, start, end: null, durationMs: null },
      events: inside ? null : [one],
      lines: [],
    };
  }

  /** Returns whether the event is the END or REPORT of the running invocation. */
  #end(running: FollowedInvocation, one: OrderedEvent, event: PlatformEvent): boolean {
    if (event.event !== "runtime-done" && event.event !== "report") return false;
    if (event.requestId !== running.requestId) return false;
    const usual =
      event.errorType === null &&
      (event.status === "success" || (event.status === null && event.event === "runtime-done"));
    // Only the REPORT of a cold start has an Init duration. A cold start is not quiet.
    const plain = usual && (event.event === "runtime-done" || event.initDurationMs === null);
    const again = event.event === "runtime-done" && running.end !== null;
    if (!plain || again || running.events === null) {
      this.#spoil();
      this.#sink.odd(one);
    } else running.events.push(one);
    running.end ??= one.event.timestamp;
    if (event.event !== "report") return true;
    running.durationMs = event.durationMs;
    this.#running = null;
    this.#report(running, running.end, this.#kindOf(running));
    return true;
  }

  #report(running: FollowedInvocation, end: number, kind: QuietKind | null): void {
    const events = running.events ?? [];
    if (kind === null) for (const one of events) this.#sink.odd(one);
    const bootId = running.lines[0]?.line.bootId ?? null;
    const acceptedBefore = countOf(this.#boots, bootId)?.accepted ?? 0;
    const attemptsBefore = this.#attempts;
    for (const one of running.events === null ? [] : running.lines) this.#follow(one);
    const connect = running.lines.find(({ line }) => line.event === "connect");
    this.#sink.ended({
      kind,
      start: running.start,
      end: running.end ?? end,
      connectedAt: connect?.time ?? running.start,
      durationMs: running.durationMs,
      events: kind === null ? [] : events,
      lines: running.lines.length,
      bootId,
      requestId: running.requestId,
      acceptedBefore,
      attemptsBefore,
    });
  }

  #kindOf({ events: given, lines, start, end }: FollowedInvocation): QuietKind | null {
    if (given === null || end === null) return null;
    if (lines.length === 0) return "unseen";
    const times = lines.map(({ time }) => time);
    if (times.some((time) => time < start || time > end)) return null;
    if (
      this.#bootId === null ||
      !lines.every(({ line }) => line.bootId === this.#bootId) ||
      !this.#goesOn(lines)
    )
      return null;
    const events = lines.map(({ line }) => line).filter(({ event }) => event !== "invoke");
    if (lines.length > events.length + 1) return null;
    const [connect, disconnect] = events;
    const served =
      events.length === 2 &&
      connect?.event === "connect" &&
      connect.outcome === "accepted" &&
      disconnect?.event === "disconnect" &&
      disconnect.outcome === null &&
      connect.connection === disconnect.connection &&
      times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0));
    return served ? "served" : null;
  }

  /** Whether the sequence numbers of these lines continue without a gap, or the process writes no such numbers. */
  #goesOn(lines: readonly TimedLine[]): boolean {
    const from = this.#sequence;
    return lines.every(({ line }, index) => line.sequence === (from === null ? null : from + 1 + index));
  }

  /** Called when the running invocation turns out not to be quiet. Passes on its events, before the event that shows this. */
  #spoil(): void {
    const running = this.#running;
    if (running?.events == null) return;
    for (const one of running.events) this.#sink.odd(one);
    for (const one of running.lines) this.#follow(one);
    running.events = null;
  }

  #keep(one: OrderedEvent): void {
    const { said, timestamp } = one.event;
    if (said.kind === "lifecycle") this.#follow({ line: said.line, time: said.line.time ?? timestamp });
    this.#sink.odd(one);
  }

  #follow({ line, time }: TimedLine): void {
    this.#bootId = line.bootId;
    this.#sequence = line.sequence;
    const isAttempt = line.event === "connect" && line.leaseHolder === undefined;
    if (isAttempt) this.#attempts += 1;
    if (line.bootId === null) return;
    let boot = countOf(this.#boots, line.bootId);
    if (boot === undefined) {
      boot = newBootCount(line.bootId, line.sequence);
      this.#boots = this.#boots.concat(boot);
    } else if (line.sequence === null || line.sequence <= (boot.lastSequence ?? 0) || time < boot.lastTime)
      boot.irregular = true;
    boot.lines += 1;
    boot.lastSequence = line.sequence;
    boot.lastTime = time;
    if (isAttempt && line.outcome === "accepted") boot.accepted += 1;
  }
}

/** Lines usually come from the latest boot, which is the last one of the list. */
export function countOf(boots: readonly BootCount[], bootId: string | null): BootCount | undefined {
  return boots.findLast((boot) => boot.bootId === bootId);
}

function newBootCount(bootId: string, firstSequence: number | null): BootCount {
  return {
    bootId,
    lines: 0,
    firstSequence,
    lastSequence: null,
    irregular: firstSequence === null,
    lastTime: -Infinity,
    accepted: 0,
  };
}

function isOf({ requestId }: { readonly requestId: string }, line: LifecycleEvent): boolean {
  return (
    line.requestId === requestId &&
    line.phase === "invoke" &&
    line.event !== "boot" &&
    line.leaseHolder === undefined
  );
}
