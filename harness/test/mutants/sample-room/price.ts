/** A source for the tests of `npm run mutants`. Some of its mutants are found, one is endless, some survive. */
const CHEAP = 10;

export function isCheap(price: number): boolean {
  return price < CHEAP;
}

export function steps(to: number): number {
  let count = 0;
  while (count < to) count += 1;
  return count;
}

export function neverTested(price: number): boolean {
  return price === 0;
}
