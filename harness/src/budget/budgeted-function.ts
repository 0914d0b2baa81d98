/** What is known of a function whose connections to a server are counted. Null is unknown, never 0. */
export interface BudgetedFunction {
  readonly functionName: string;
  /** Why it is unknown whether the function connects to the server, as a sentence. Null if it does. */
  readonly unclear: string | null;
  /** Null if nothing is reserved. */
  readonly reservedConcurrency: number | null;
  readonly provisioned: readonly { readonly qualifier: string; readonly environments: number }[];
  readonly snapStartVersions: number;
  /** Whether each tenant has environments of its own (TenancyConfig). */
  readonly tenants: boolean;
  /** Null if the function does not run on Managed Instances. */
  readonly managed: ManagedEnvironments | null;
}

export interface ManagedEnvironments {
  /** How many processes or threads of one environment load the function's code. */
  readonly copies: number | null;
  /** How many invocations one environment serves at one time. */
  readonly invocations: number | null;
  readonly versions: readonly {
    readonly version: string;
    readonly least: number;
    /** Null if no maximum is set. */
    readonly most: number | null;
  }[];
}

/** The connections to the server that each copy of the code has open at one time: an environment has one copy, except on Managed Instances. */
export interface ConnectionsEach {
  readonly count: number;
  /** Whether every connection is opened inside an invocation and closed before its handler returns. */
  readonly closed: boolean;
  /** The run that shows it. Null if the user gave it. */
  readonly run: string | null;
}
