/**
 * The calls of the Lambda API with which a lever changes a function, and with which the change is undone. Each change resolves when Lambda
 * has completed it. All of them throw a `LongrunError` "unavailable" if Lambda refuses.
 */
export interface DescribedFunction {
  readonly functionName: string;
  readonly functionArn: string;
  readonly description: string;
  readonly revisionId: string;
  readonly memoryMb: number;
}

export interface DescribedVersion {
  readonly version: string;
  readonly description: string;
}

export interface FunctionChanges {
  /** Reads `$LATEST`. */
  look(functionName: string): Promise<DescribedFunction>;
  tags(functionArn: string): Promise<Readonly<Record<string, string>>>;
  /** Refused if the revision is another one, because then somebody else has changed the function. */
  describe(functionName: string, description: string, revisionId: string): Promise<void>;
  /** Returns the number of the version. Lambda returns an earlier version if nothing has changed since that version. */
  publish(functionName: string, description: string, revisionId: string): Promise<DescribedVersion>;
  versions(functionName: string): Promise<readonly DescribedVersion[]>;
  /** Refuses a version that is not a number: without one, Lambda would delete the whole function. */
  deleteVersion(functionName: string, version: string): Promise<void>;
  provision(functionName: string, version: string, environments: number): Promise<void>;
  /** Resolves when the version has no provisioned concurrency, also if it had none. */
  unprovision(functionName: string, version: string): Promise<void>;
  reservedConcurrency(functionName: string): Promise<number | null>;
  /** Null: nothing is reserved any more. */
  reserve(functionName: string, concurrency: number | null): Promise<void>;
  /** All functions of the Region with all their versions; `$LATEST` is one of the versions. */
  everyVersion(): AsyncIterable<DescribedVersion & { readonly functionName: string }>;
  close(): void;
}
