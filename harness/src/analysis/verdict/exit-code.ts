/** Decides the exit code of a judged run (docs/contracts.md#exit-codes). */
import { EXIT, type ExitCode } from "../../words/exit-codes.ts";
import type { JudgedFunction } from "../../result/judgement.ts";
import type { Verdict } from "../../words/verdict.ts";

export interface ExitInput {
  readonly verdict: Verdict;
  readonly expectationsMet: boolean | null;
  readonly interrupted: boolean;
  /** Whether the local engine ran more invocations at one time than are reserved. */
  readonly engineBroke: boolean;
}

export function exitCode(input: ExitInput): ExitCode {
  if (input.engineBroke) return EXIT.bug;
  if (input.interrupted) return EXIT.interrupted;
  if (input.expectationsMet !== null) return input.expectationsMet ? EXIT.pass : EXIT.fail;
  return verdictExitCode(input.verdict);
}

export function verdictExitCode(verdict: Verdict): ExitCode {
  return verdict === "pass" ? EXIT.pass : verdict === "fail" ? EXIT.fail : EXIT.inconclusive;
}

/** Null if there is no expectation. A function without an expectation must pass. */
export function expectationsMet(
  functions: readonly Pick<JudgedFunction, "name" | "verdict" | "expectationMet">[],
  expectations: Readonly<Record<string, Verdict>>,
): boolean | null {
  const names = Object.keys(expectations);
  if (names.length === 0) return null;
  if (names.some((name) => !functions.some((one) => one.name === name))) return false;
  return functions.every((one) => one.expectationMet ?? one.verdict === "pass");
}
