/** The sentences of one subject: for each code that it has, a function of the code's parameters. */
import type { Naming } from "./naming.ts";

export type Wording<Parameters> = {
  readonly [Code in keyof Parameters]: (parameters: Parameters[Code], naming: Naming) => string;
};

export function inWords<Parameters, Code extends keyof Parameters>(
  wording: Wording<Parameters>,
  { code, parameters }: { readonly code: Code; readonly parameters: Parameters[Code] },
  naming: Naming,
): string {
  return wording[code](parameters, naming);
}
