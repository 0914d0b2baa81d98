/**
 * A virtual clock (milliseconds, with fractions) that jumps to the next scheduled action, and a random generator with a seed.
 */
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

interface Scheduled {
  readonly time: number;
  readonly order: number;
  readonly action: () => void;
}

export class VirtualClock {
  now: number;
  readonly #heap: Scheduled[] = [];
  #orders = 0;
  readonly #random: RandomGenerator;
  readonly #moved: (now: number) => void;

  /** `moved` is called whenever the time changes. */
  constructor(now: number, seed: number, moved: (now: number) => void) {
    this.now = now;
    this.#moved = moved;
    this.#random = xoroshiro128plus(seed);
  }

  /** Returns a random number from 0 to 1, without 1. */
  chance(): number {
    return (this.#random.next() >>> 0) / 2 ** 32;
  }

  between(least: number, most: number): number {
    return least + this.chance() * (most - least);
  }

  oneOf<T>(all: readonly T[]): T | undefined {
    return all[Math.floor(this.chance() * all.length)];
  }

  /** Returns a random short delay: usually less than 0.6 ms, sometimes up to 6 ms. */
  step(): number {
    return this.chance() < 0.9 ? this.between(0.02, 0.6) : this.between(0.6, 6);
  }

  after(delay: number, action: () => void): void {
    this.at(this.now + delay, action);
  }

  at(time: number, action: () => void): void {
    const scheduled = { time: Math.max(time, this.now), order: (this.#orders += 1), action };
    this.#heap.push(scheduled);
    this.#rise(this.#heap.length - 1);
  }

  /** Runs the scheduled actions in order of time until `isOver` returns true or no action is left. */
  runUntil(isOver: () => boolean): void {
    while (!isOver()) {
      const next = this.#take();
      if (next === undefined) return;
      this.now = next.time;
      this.#moved(next.time);
      next.action();
    }
  }

  #take(): Scheduled | undefined {
    const [first] = this.#heap;
    const last = this.#heap.pop();
    if (first === undefined || last === undefined || first === last) return first;
    this.#heap[0] = last;
    this.#sink();
    return first;
  }

  #rise(from: number): void {
    for (let at = from; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!this.#swapIfLater(parent, at)) return;
      at = parent;
    }
  }

  #sink(): void {
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const child = right < this.#heap.length && this.#isLater(left, right) ? right : left;
      if (child >= this.#heap.length || !this.#swapIfLater(at, child)) return;
      at = child;
    }
  }

  #isLater(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (a === undefined || b === undefined) return false;
    return a.time === b.time ? a.order > b.order : a.time > b.time;
  }

  /** Swaps the two entries if the upper one is later. Returns whether it swapped them. */
  #swapIfLater(above: number, below: number): boolean {
    if (!this.#isLater(above, below)) return false;
    const [a, b] = [this.#heap[above] as Scheduled, this.#heap[below] as Scheduled];
    this.#heap[above] = b;
    this.#heap[below] = a;
    return true;
  }
}

/** Delivers the actions in the order in which they were sent, each after a random short delay. */
export class Channel {
  #last = 0;
  readonly #clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  send(action: () => void): void {
    this.#last = Math.max(this.#last, this.#clock.now + this.#clock.step());
    this.#clock.at(this.#last, action);
  }
}
