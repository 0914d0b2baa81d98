/** The facts and counts of one log group and its functions. An unknown value is null, never 0. */
export interface LogGroupFacts {
  readonly logGroup: string;
  readonly functions: readonly LoggedFunction[];
  readonly storedBytes: number;
  readonly createdAt: number | null;
  readonly retentionDays: number | null;
  /** The log class. A query of Logs Insights takes only groups of one class, and no group of the Delivery class. */
  readonly logClass: string;
}

export interface LoggedFunction {
  readonly functionName: string;
  /** Null if nothing is reserved, or if the function was deleted. */
  readonly reservedConcurrency: number | null;
  /** False at system log level WARN: the platform does not write the lines that a scan counts. */
  readonly startsVisible: boolean;
  /** With SnapStart, an environment that only made a snapshot looks like one that was never invoked. */
  readonly snapStart: boolean;
}

interface CountedEnvironments {
  readonly environments: number | null;
  readonly initWithoutInvoke: number | null;
  readonly initConnects: number | null;
}

export interface VersionCounts extends CountedEnvironments {
  /** Such as `$LATEST` or `3`. Null if the names of the log streams have no version. */
  readonly version: string | null;
}

export interface GroupCounts extends CountedEnvironments {
  /** The counts of the group by version. Several published versions can each have environments that are never invoked. */
  readonly versions: readonly VersionCounts[];
  readonly minutesWithSeveral: number | null;
  readonly mostInAMinute: number | null;
}

export interface RankedGroup extends GroupCounts {
  readonly rank: number;
  readonly logGroup: string;
  readonly functionNames: readonly string[];
  readonly reservedConcurrency: number | null;
  /** The reason for its rank, then the reasons why the counts can be wrong, in one sentence or more. */
  readonly text: string;
}
