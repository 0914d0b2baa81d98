/** Draws some of many values. The same seed always draws the same ones. */
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { uniformInt } from "pure-rand/distribution/uniformInt";

export function sample<T>(values: readonly T[], count: number, seed: number): readonly T[] {
  const random = xoroshiro128plus(seed);
  const left = values.map((_, index) => index);
  const drawn: number[] = [];
  while (drawn.length < count && left.length > 0) {
    const [index] = left.splice(uniformInt(random, 0, left.length - 1), 1);
    if (index !== undefined) drawn.push(index);
  }
  return drawn.sort((a, b) => a - b).map((index) => values[index] as T);
}
