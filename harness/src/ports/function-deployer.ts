/** Makes a function on the local engine. Never used against AWS: there a soak takes functions as they are. */
export interface Deployment {
  readonly functionName: string;
  readonly zip: Uint8Array;
  readonly handler: string;
  readonly runtime: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly reservedConcurrency: number;
}

export interface FunctionDeployer {
  /** Resolves when the function is Active and its concurrency is reserved. */
  deploy(deployment: Deployment): Promise<void>;
  remove(functionName: string): Promise<void>;
}
