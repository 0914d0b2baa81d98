/** What the suite of a family consists of: how its function is made, and for each event what AWS's client for the family makes of it. */
export interface Family {
  readonly title: string;
  /** The family's name in the catalogue (harness/src/runtimes). */
  readonly name: string;
  readonly tools: readonly (readonly [string, ...string[]])[];
  readonly handler: string;
  /** Builds the function into a folder. `clientFolder` has AWS's client; it is null if the function contains its client. */
  readonly build: (folder: string, clientFolder: string | null) => void;
  /** They are given to one environment, one after the other. */
  readonly invocations: readonly FamilyCase[];
  /** Each of them has an environment of its own, which is reset or ends. */
  readonly ends: readonly FamilyCase[];
  readonly inits: readonly InitCase[];
  /** Log events of a failed invocation in JSON format. Null if the client writes none in this format. */
  readonly json: { readonly event: object; readonly log: readonly unknown[] } | null;
}

export interface FamilyCase {
  readonly title: string;
  readonly event: object;
  /** The body of the answer, in the masked form of comparable.ts. */
  readonly body: unknown;
  /** The client's `Lambda-Runtime-Function-Error-Type`. Absent: it answers. Null: an error without this header. */
  readonly errorHeader?: string | null;
  /** `platform`: the client sends nothing, and the platform answers. */
  readonly by?: "client" | "platform";
  /** What the invocation writes into the log between START and END, masked. */
  readonly log?: readonly string[];
}

export interface InitCase {
  readonly title: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly handler?: string;
  /** The body that the first invocation is answered with. */
  readonly body: unknown;
  /** The client's call: it reports the failed Init, answers each invocation with the error, or only ends. */
  readonly call: "init/error" | "invocation/error" | "none";
  readonly errorHeader?: string | null;
}
