/** A statement of the judgement, as a code with parameters. A code without a sentence in report/wording does not compile. */
export type Coded<Parameters> = {
  readonly [Code in keyof Parameters]: { readonly code: Code; readonly parameters: Parameters[Code] };
}[keyof Parameters];

export type NoParameters = Readonly<Record<string, never>>;

export type CodedArguments<Parameters> = {
  readonly [Code in keyof Parameters]: Parameters[Code] extends NoParameters
    ? readonly [code: Code]
    : readonly [code: Code, parameters: Parameters[Code]];
}[keyof Parameters];

/** Returns a function that makes statements. `Parameters` maps each code that they may have to the parameters of this code. */
export function coder<Parameters>(): (...given: CodedArguments<Parameters>) => Coded<Parameters> {
  return (...[code, parameters = {}]) => ({ code, parameters }) as Coded<Parameters>;
}
