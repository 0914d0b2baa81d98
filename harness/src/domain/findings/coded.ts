/**
 * A statement of the judgement, as a code with parameters. A map type lists the codes of one subject, each with the type of its parameters.
 * report/wording has one sentence for each code of a map. A code without a sentence does not compile.
 */
export type Coded<Parameters> = {
  readonly [Code in keyof Parameters]: { readonly code: Code; readonly parameters: Parameters[Code] };
}[keyof Parameters];

export type NoParameters = Readonly<Record<string, never>>;

/** A code, followed by its parameters if it has any. */
export type CodedArguments<Parameters> = {
  readonly [Code in keyof Parameters]: Parameters[Code] extends NoParameters
    ? readonly [code: Code]
    : readonly [code: Code, parameters: Parameters[Code]];
}[keyof Parameters];

/**
 * Returns a function that makes statements with codes of one map. After `const holderUnknown = coder<…>()`, it is called as
 * `holderUnknown("peer-restarted")` or `holderUnknown("stream-missing", { logStream })`.
 */
export function coder<Parameters>(): (...given: CodedArguments<Parameters>) => Coded<Parameters> {
  return (...[code, parameters = {}]) => ({ code, parameters }) as Coded<Parameters>;
}
