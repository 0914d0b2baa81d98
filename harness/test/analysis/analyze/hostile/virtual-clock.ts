/** A clock that stands still until the next thing is due, in fractions of a millisecond; and chance, from a seed. */
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

interface Due {
  readonly time: number;
  readonly order: number;
  readonly what: () => void;
}

export class VirtualClock {
  now: number;
  private readonly heap: Due[] = [];
  private orders = 0;
  private readonly random: RandomGenerator;
  private readonly moved: (now: number) => void;

  /** `moved`: told whenever time goes on. */
  constructor(now: number, seed: number, moved: (now: number) => void) {
    this.now = now;
    this.moved = moved;
    this.random = xoroshiro128plus(seed);
  }

  /** From 0 to 1, without 1. */
  chance(): number {
    return (this.random.next() >>> 0) / 2 ** 32;
  }

  between(least: number, most: number): number {
    return least + this.chance() * (most - least);
  }

  oneOf<T>(all: readonly T[]): T | undefined {
    return all[Math.floor(this.chance() * all.length)];
  }

  /** How long the next small thing takes: mostly a fraction of a millisecond, now and then some. */
  step(): number {
    return this.chance() < 0.9 ? this.between(0.02, 0.6) : this.between(0.6, 6);
  }

  after(delay: number, what: () => void): void {
    this.at(this.now + delay, what);
  }

  at(time: number, what: () => void): void {
    const due = { time: Math.max(time, this.now), order: (this.orders += 1), what };
    this.heap.push(due);
    this.rise(this.heap.length - 1);
  }

  /** Until nothing is due any more that comes before this. */
  runUntil(isOver: () => boolean): void {
    while (!isOver()) {
      const next = this.take();
      if (next === undefined) return;
      this.now = next.time;
      this.moved(next.time);
      next.what();
    }
  }

  private take(): Due | undefined {
    const [first] = this.heap;
    const last = this.heap.pop();
    if (first === undefined || last === undefined || first === last) return first;
    this.heap[0] = last;
    this.sink();
    return first;
  }

  private rise(from: number): void {
    for (let at = from; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!this.swapped(parent, at)) return;
      at = parent;
    }
  }

  private sink(): void {
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const child = right < this.heap.length && this.isLater(left, right) ? right : left;
      if (child >= this.heap.length || !this.swapped(at, child)) return;
      at = child;
    }
  }

  private isLater(one: number, other: number): boolean {
    const [a, b] = [this.heap[one], this.heap[other]];
    if (a === undefined || b === undefined) return false;
    return a.time === b.time ? a.order > b.order : a.time > b.time;
  }

  /** Whether what stood above was later and was put below. */
  private swapped(above: number, below: number): boolean {
    if (!this.isLater(above, below)) return false;
    const [a, b] = [this.heap[above] as Due, this.heap[below] as Due];
    this.heap[above] = b;
    this.heap[below] = a;
    return true;
  }
}

/** What is sent in order arrives in order, each a moment later. */
export class Channel {
  private last = 0;
  private readonly clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.clock = clock;
  }

  send(what: () => void): void {
    this.last = Math.max(this.last, this.clock.now + this.clock.step());
    this.clock.at(this.last, what);
  }
}
