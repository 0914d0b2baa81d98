/**
 * Tries mutants one after the other. Each is given to the tests that reach it, the quick ones first, until one of them fails. A mutant that
 * is only reached while the files are loaded, as a constant is, gets a process of its own and every test.
 */
import type { NumberedMutant } from "./mutant.ts";
import type { TestTime, TestWorker } from "./test-worker.ts";

/** The tests of a bundle, without any mutant. */
export interface Baseline {
  /** Null if the tests ran to their end. */
  readonly problem: string | null;
  readonly times: ReadonlyMap<number, TestTime>;
  /** The titles of tests that fail without a mutant, because a property test has too few cases here. They find no mutant. */
  readonly leftOut: readonly string[];
  /** The mutants that the tests reach while they are loaded. */
  readonly askedInLoading: ReadonlySet<number>;
}

export interface Tried {
  readonly mutant: NumberedMutant;
  /** What found the mutant. Null if it survived. */
  readonly foundBy: string | null;
  /** False if no test reaches it. */
  readonly reached: boolean;
}

/** Returns a process in which the mutant with this number is planted from the start, 0 for none. */
export type StartWorker = (mutant: number, limit: (test: number | null) => number) => TestWorker;

/** A test may take `factor` times as long as without a mutant, and `ms` more: the machine may be busy, and a failure takes time to describe. */
export const LIMIT = { factor: 10, ms: 20_000, loadingMs: 120_000 };
const QUICK_MS = 100;

const NONE = { times: new Map<number, TestTime>(), leftOut: [], askedInLoading: new Set<number>() };

export async function runBaseline(start: StartWorker): Promise<Baseline> {
  const worker = start(0, () => 600_000);
  try {
    const loaded = await worker.loaded();
    if (loaded === null) return { ...NONE, problem: "the tests cannot be loaded" };
    const tests = loaded.tests.map((_, index) => index);
    const { failed, times } = await worker.run({ mutant: 0, tests, untilFailure: false });
    const passed = new Map([...times].filter(([, one]) => one.passed));
    if (worker.isGone || passed.size === 0) return { ...NONE, problem: failed ?? "there are no tests" };
    const leftOut = loaded.tests.filter((_, index) => !passed.has(index)).map(({ title }) => title);
    return { problem: null, times: passed, leftOut, askedInLoading: new Set(loaded.asked) };
  } finally {
    worker.end();
  }
}

export interface TryInput {
  readonly mutants: readonly NumberedMutant[];
  readonly baseline: Baseline;
  readonly start: StartWorker;
  readonly workers: number;
  readonly limit: typeof LIMIT;
  readonly tried: (one: Tried) => void;
}

export async function tryMutants({
  mutants,
  baseline,
  start,
  workers,
  limit: { factor, ms, loadingMs },
  tried,
}: TryInput): Promise<readonly Tried[]> {
  const limit = (test: number | null): number =>
    test === null ? loadingMs : ms + factor * (baseline.times.get(test)?.ms ?? 0);
  const all = [...baseline.times].sort(([, a], [, b]) => a.ms - b.ms).map(([test]) => test);
  const results: Tried[] = [];
  const waiting = [...mutants];
  const work = async (): Promise<void> => {
    let shared: TestWorker | null = null;
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const { number } = mutant;
      const reaching = all.filter((test) => baseline.times.get(test)?.asked.includes(number) === true);
      const inLoading = baseline.askedInLoading.has(number);
      let foundBy: string | null = null;
      if (reaching.length > 0) {
        if (shared === null || shared.isGone) {
          shared = start(0, limit);
          await shared.loaded();
        }
        foundBy = await findBy(shared, number, reaching, baseline);
      }
      if (foundBy === null && inLoading)
        foundBy = await inOwnProcess(number, all, { start, limit, baseline });
      const one = { mutant, foundBy, reached: reaching.length > 0 || inLoading };
      results.push(one);
      tried(one);
    }
    shared?.end();
  };
  await Promise.all(Array.from({ length: workers }, work));
  return results.sort((a, b) => a.mutant.number - b.mutant.number);
}

async function inOwnProcess(
  number: number,
  tests: readonly number[],
  {
    start,
    limit,
    baseline,
  }: Pick<TryInput, "start" | "baseline"> & { readonly limit: (test: number | null) => number },
): Promise<string | null> {
  const worker = start(number, limit);
  try {
    return (await worker.loaded()) === null ? "loading" : await findBy(worker, number, tests, baseline);
  } finally {
    worker.end();
  }
}

/** Runs the tests until one fails. */
async function findBy(
  worker: TestWorker,
  mutant: number,
  tests: readonly number[],
  { times }: Baseline,
): Promise<string | null> {
  const isQuick = (test: number): boolean => (times.get(test)?.ms ?? 0) <= QUICK_MS;
  for (const some of [tests.filter(isQuick), tests.filter((test) => !isQuick(test))]) {
    if (some.length === 0) continue;
    const { failed } = await worker.run({ mutant, tests: some, untilFailure: true });
    if (failed !== null) return failed;
  }
  return null;
}
