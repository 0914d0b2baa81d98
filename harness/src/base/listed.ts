/**
 * A list that can be read in order any number of times. A long list may make its elements at each access, so two accesses may give two
 * different objects with the same content.
 */
export interface Listed<T> extends Iterable<T> {
  readonly length: number;
  at(index: number): T | undefined;
  map<U>(to: (one: T, index: number) => U): U[];
  filter(holds: (one: T) => boolean): T[];
  find(holds: (one: T) => boolean): T | undefined;
  findLast(holds: (one: T) => boolean): T | undefined;
  some(holds: (one: T) => boolean): boolean;
  every(holds: (one: T) => boolean): boolean;
}

/** A list of up to this many elements is a plain array. */
const HELD_MAX = 1_000;

export function madeList<T>(length: number, make: (index: number) => T): Listed<T> {
  return length <= HELD_MAX
    ? Array.from({ length }, (_, index) => make(index))
    : new MadeByIndex(length, make);
}

export function madeFrom<T, U>(list: Listed<T>, to: (one: T) => U): Listed<U> {
  return madeList(list.length, (index) => to(list.at(index) as T));
}

export function madeInOrder<T>(length: number, make: () => Iterable<T>): Listed<T> {
  return length <= HELD_MAX ? [...make()] : new MadeInOrder(length, make);
}

export abstract class LazyList<T> implements Listed<T> {
  abstract readonly length: number;
  abstract at(index: number): T | undefined;
  abstract [Symbol.iterator](): Iterator<T>;

  map<U>(to: (one: T, index: number) => U): U[] {
    const result: U[] = [];
    for (const one of this) result.push(to(one, result.length));
    return result;
  }

  filter(holds: (one: T) => boolean): T[] {
    const result: T[] = [];
    for (const one of this) if (holds(one)) result.push(one);
    return result;
  }

  find(holds: (one: T) => boolean): T | undefined {
    for (const one of this) if (holds(one)) return one;
    return undefined;
  }

  findLast(holds: (one: T) => boolean): T | undefined {
    let last: T | undefined;
    for (const one of this) if (holds(one)) last = one;
    return last;
  }

  some(holds: (one: T) => boolean): boolean {
    for (const one of this) if (holds(one)) return true;
    return false;
  }

  every(holds: (one: T) => boolean): boolean {
    return !this.some((one) => !holds(one));
  }

  toJSON(): readonly T[] {
    return [...this];
  }
}

export abstract class IndexedList<T> extends LazyList<T> {
  protected abstract make(index: number): T;

  at(index: number): T | undefined {
    const place = index < 0 ? this.length + index : index;
    return place >= 0 && place < this.length ? this.make(place) : undefined;
  }

  *[Symbol.iterator](): Generator<T> {
    for (let index = 0; index < this.length; index += 1) yield this.make(index);
  }

  override findLast(holds: (one: T) => boolean): T | undefined {
    for (let index = this.length - 1; index >= 0; index -= 1) {
      const one = this.make(index);
      if (holds(one)) return one;
    }
    return undefined;
  }
}

class MadeByIndex<T> extends IndexedList<T> {
  readonly length: number;
  readonly #make: (index: number) => T;

  constructor(length: number, make: (index: number) => T) {
    super();
    this.length = length;
    this.#make = make;
  }

  protected override make(index: number): T {
    return this.#make(index);
  }
}

class MadeInOrder<T> extends LazyList<T> {
  readonly length: number;
  readonly #make: () => Iterable<T>;

  constructor(length: number, make: () => Iterable<T>) {
    super();
    this.length = length;
    this.#make = make;
  }

  at(index: number): T | undefined {
    let place = index < 0 ? this.length + index : index;
    for (const one of this) if (place-- === 0) return one;
    return undefined;
  }

  [Symbol.iterator](): Iterator<T> {
    return this.#make()[Symbol.iterator]();
  }
}
