/** Tracks the boots of one environment while its stream is read: which process wrote each lifecycle line, and when each process ran. */
import { earlier, later } from "../../base/clocks.ts";
import type { EpochMs } from "../../base/time.ts";
import { addBoot } from "./add-boot.ts";
import { noteBeside } from "./beside.ts";
import { summarised } from "./count-holes.ts";
import type { ResetKind } from "../../words/platform-words.ts";
import type { LifecycleEvent } from "../../logs/parse-lifecycle-line.ts";
import { attachAttempts, addOwnAttempts, type BootLine } from "./attach-attempts.ts";
import type { ObservedBoot, ObservedEnvironment, ObservedInvocation } from "./environment.ts";

export class BootTracker {
  readonly #byId = new Map<string, ObservedBoot>();
  readonly #lines = new Map<ObservedBoot, BootLine[]>();
  readonly #seen = new Set<string>();
  readonly #environment: ObservedEnvironment;

  constructor(environment: ObservedEnvironment) {
    this.#environment = environment;
  }

  /** If the previous boot has ended, a new one begins. */
  running(time: EpochMs): ObservedBoot {
    const last = this.#environment.boots.at(-1);
    return last !== undefined && last.to === null ? last : this.#open(time);
  }

  closeCurrent(time: EpochMs, reset: ResetKind): void {
    const last = this.#environment.boots.at(-1);
    if (last !== undefined) this.close(last, time, reset);
  }

  close(boot: ObservedBoot, time: EpochMs, reset: ResetKind): void {
    boot.to = boot.to === null ? time : earlier(boot.to, time);
    // The platform first reports that the process exited. Only the later REPORT says that it was out of memory.
    boot.reset = boot.reset === null || reset === "out-of-memory" ? reset : boot.reset;
  }

  add(line: LifecycleEvent, time: EpochMs): ObservedBoot {
    const key = keyOf(line, time);
    const boot = this.#bootOf(line, time);
    if (this.#seen.has(key)) return boot;
    this.#seen.add(key);
    boot.lines += 1;
    if (line.event === "boot") boot.bootLine = true;
    if (line.phase === "shutdown") {
      boot.shutdown = later(boot.shutdown ?? time, time);
      this.#environment.end = later(this.#environment.end ?? time, time);
      this.#environment.ending = "shutdown";
    }
    this.#lines.get(boot)?.push({ line, time });
    return boot;
  }

  #bootOf(line: LifecycleEvent, time: EpochMs): ObservedBoot {
    const last = this.#environment.boots.at(-1);
    if (line.bootId === null) return last ?? this.#open(time);
    const known = this.#byId.get(line.bootId);
    if (known !== undefined) return known;
    const boot =
      last !== undefined && last.bootId === null && last.lines === 0 && last.to === null
        ? last
        : this.#open(time);
    boot.bootId = line.bootId;
    this.#byId.set(line.bootId, boot);
    return boot;
  }

  #open(time: EpochMs): ObservedBoot {
    const last = this.#environment.boots.at(-1);
    // No line says how the previous process ended, but it must have ended by now.
    if (last !== undefined && last.to === null) last.to = time;
    const boot = addBoot(this.#environment, null, time);
    this.#lines.set(boot, []);
    return boot;
  }

  finish(invocations: readonly ObservedInvocation[]): void {
    const { boots } = this.#environment;
    const starts = invocations.map(({ start }) => start).filter((start) => start !== null);
    if (boots.length > 1)
      noteBeside(this.#environment, starts[0] ?? null, (boot) => lastTime(this.#lines.get(boot) ?? []));
    for (const boot of boots) {
      const lines = this.#lines.get(boot) ?? [];
      noteSequences(boot, lines);
      lines.sort((a, b) =>
        a.line.sequence !== null && b.line.sequence !== null
          ? a.line.sequence - b.line.sequence
          : a.time - b.time,
      );
      addOwnAttempts(boot, lines);
    }
    attachAttempts(boots, invocations);
  }
}

function noteSequences(boot: ObservedBoot, lines: readonly BootLine[]): void {
  const numbers: number[] = [];
  let highest = -Infinity;
  for (const { line, time } of lines) {
    if (line.sequence === null) continue;
    numbers.push(line.sequence);
    if (line.sequence < highest) continue;
    highest = line.sequence;
    boot.lastNumberedAt = time;
  }
  boot.sequences = summarised(numbers);
}

function lastTime(lines: readonly BootLine[]): EpochMs | null {
  return lines.reduce<EpochMs | null>((last, { time }) => later(last ?? time, time), null);
}

function keyOf(line: LifecycleEvent, time: EpochMs): string {
  if (line.bootId !== null && line.sequence !== null) return `${line.bootId} ${line.sequence}`;
  return [line.event, time, line.bootId, line.requestId, line.outcome, line.connection, line.phase].join(" ");
}
