/** Makes a function on the local engine. A soak on AWS does not change functions. */
export interface Deployment {
  readonly functionName: string;
  readonly zip: Uint8Array;
  readonly handler: string;
  readonly runtime: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly reservedConcurrency: number;
  /** Whether the function isolates its tenants. */
  readonly isolatesTenants?: boolean;
  /** For a resumed run: a killed soak may have left the function on an engine that kept running. */
  readonly replaces?: boolean;
}

export interface FunctionDeployer {
  /**
   * With `replaces`, an existing function of this name is removed first. Resolves when the function is Active and its concurrency is
   * reserved.
   */
  deploy(deployment: Deployment): Promise<void>;
  /** Removes the function if it is there. Throws a `LongrunError` (`unavailable`) if the engine does not answer. */
  remove(functionName: string): Promise<void>;
}
