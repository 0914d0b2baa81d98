/**
 * The calls of the Lambda API with which a lever changes a function, and with which the change is undone. Each change resolves when Lambda
 * has completed it. All of them throw a `LongrunError` "unavailable" if Lambda refuses.
 */
import type { FunctionKind } from "../../words/function-kinds.ts";

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

/** What decides whether a function can be copied, and how. */
export interface OriginalFunction {
  readonly functionName: string;
  readonly accountId: string;
  readonly codeBytes: number;
  /** The largest package that a request may have. */
  readonly codeBytesMax: number;
  /** Whether the code is a container image. */
  readonly image: boolean;
  readonly signed: boolean;
  readonly fileSystems: boolean;
  /** Why Lambda does not show the variables. Null if it does. */
  readonly variablesError: string | null;
  /** Only in memory: no file and no output has them. */
  readonly variables: Readonly<Record<string, string>>;
  readonly kinds: readonly FunctionKind[];
  /** The ARNs of the layers. */
  readonly layers: readonly string[];
  /** How many executions of the account are not reserved. */
  readonly unreserved: number;
}

export interface WantedCopy {
  readonly functionName: string;
  /** The run that makes the copy, which the copy's tag names. */
  readonly run: string;
  readonly reserved: number;
  /** The variables of the copy, from those of the original. */
  readonly rewrite: (variables: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
}

export interface FunctionChanges {
  exists(functionName: string): Promise<boolean>;
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
  original(functionName: string): Promise<OriginalFunction>;
  /** Makes a function with the same code, role, network and settings, and a tag. Resolves when it can be invoked. */
  copy(of: string, wanted: WantedCopy): Promise<void>;
  /** The run that its tag names. Null if the function is no copy, undefined if it does not exist. */
  copiedBy(functionName: string): Promise<string | null | undefined>;
  /** Deletes the function with all its versions. Refused if its tag does not name this run. */
  deleteCopy(functionName: string, run: string): Promise<void>;
  /** All functions of the Region with all their versions; `$LATEST` is one of the versions. */
  everyVersion(): AsyncIterable<DescribedVersion & { readonly functionName: string }>;
  close(): void;
}
