/** Makes a function on the local engine. It is never used on AWS, because a soak on AWS does not change functions. */
export interface Deployment {
  readonly functionName: string;
  readonly zip: Uint8Array;
  readonly handler: string;
  readonly runtime: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly reservedConcurrency: number;
  /** True for a resumed run: a killed soak may have left the function, with its environments, on an engine that kept running. */
  readonly replaces?: boolean;
}

export interface FunctionDeployer {
  /**
   * Makes the function. With `replaces`, an existing function of this name is removed first. Resolves when it is Active and its concurrency is
   * reserved.
   */
  deploy(deployment: Deployment): Promise<void>;
  /** Removes the function if it is there. Throws a `LongrunError` (`unavailable`) if the engine does not answer. */
  remove(functionName: string): Promise<void>;
}
