/**
 * The suite of a family: how its function is built, and for each event how AWS's client for the family answers. Here a family is one
 * language.
 */
export interface Family {
  readonly title: string;
  /** The name of the language's runtimes in the catalogue (harness/src/catalogue/runtimes): `provided` for both Go and Rust. */
  readonly name: string;
  readonly tools: readonly (readonly [string, ...string[]])[];
  readonly handler: string;
  /** Builds the function into a folder. `clientFolder` has AWS's client; it is null if the function contains its client. */
  readonly build: (folder: string, clientFolder: string | null) => void;
  /** Events that one environment gets, one after the other. */
  readonly invocations: readonly FamilyCase[];
  /** Events that end the process. Each event gets its own environment. */
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
  /** The client's header `Lambda-Runtime-Function-Error-Type`. Null if the client sends an error without it. Absent if there is no error. */
  readonly errorHeader?: string | null;
  /** `platform`: the client sends nothing, and the platform answers. */
  readonly by?: "client" | "platform";
  /** The masked log events between START and END. */
  readonly log?: readonly string[];
}

export interface InitCase {
  readonly title: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly handler?: string;
  /** The body of the first invocation's answer. */
  readonly body: unknown;
  /** The client's call: it reports the failed Init, answers each invocation with the error, or ends without a call. */
  readonly call: "init/error" | "invocation/error" | "none";
  readonly errorHeader?: string | null;
}
