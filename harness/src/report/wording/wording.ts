/**
 * The types of the tables of sentences in this folder. A table has for each code (for example of a finding or a reason) a text, or a
 * function that makes the text from the code's parameters. In a `Wording`, a function is followed by examples of parameters, one for each
 * form of its sentence. test/report/wording/sentences.txt shows the sentences of the examples of findings, notices.txt those of notices.
 */
import type { NoParameters } from "../../record/coded.ts";
import type { Naming } from "./naming.ts";

type Say<Parameters> = (parameters: Parameters, naming: Naming) => string;
type Sentence<Parameters> = readonly [Say<Parameters>, example: Parameters, ...examples: Parameters[]];

export type Wording<Parameters> = {
  readonly [Code in keyof Parameters]: Parameters[Code] extends NoParameters
    ? string
    : Sentence<Parameters[Code]>;
};

export type Clauses<Parameters> = {
  readonly [Code in keyof Parameters]: Parameters[Code] extends NoParameters
    ? string | Say<NoParameters>
    : Say<Parameters[Code]>;
};

type WordsByCode<Parameters> = {
  readonly [Code in keyof Parameters]: string | Say<Parameters[Code]> | Sentence<Parameters[Code]>;
};

export function inWords<Parameters, Code extends keyof Parameters>(
  words: WordsByCode<Parameters>,
  { code, parameters }: { readonly code: Code; readonly parameters: Parameters[Code] },
  naming: Naming,
): string {
  const found: string | Say<Parameters[Code]> | Sentence<Parameters[Code]> = words[code];
  if (typeof found === "string") return found;
  return (typeof found === "function" ? found : found[0])(parameters, naming);
}

export const [A, B, C] = [streamOf("a"), streamOf("b"), streamOf("c")] as const;

function streamOf(digit: string): string {
  return `2026/11/25/[$LATEST]${digit.repeat(32)}`;
}
