/** What the script and its processes of tests (test-process.ts) say to each other. Tests are named by their number in the order of the files. */
export interface RunTests {
  /** 0 for none. */
  readonly mutant: number;
  readonly tests: readonly number[];
  /** Whether the tests end with the first one that fails. */
  readonly untilFailure: boolean;
}

export type TestMessage =
  | {
      readonly message: "loaded";
      readonly tests: readonly TestName[];
      /** The mutants that were asked for while the files were loaded. */
      readonly asked: readonly number[];
    }
  | { readonly message: "test-begun"; readonly test: number }
  | {
      readonly message: "test-ended";
      readonly test: number;
      readonly ms: number;
      readonly passed: boolean;
      /** The mutants that were asked for during this test, and in the hooks before the tests of its suite. */
      readonly asked: readonly number[];
    }
  | { readonly message: "run-ended"; readonly failed: string | null };

export interface TestName {
  readonly title: string;
  readonly file: string;
}
