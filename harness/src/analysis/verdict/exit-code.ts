/**
 * The exit code of a judged run, by precedence (docs/contracts.md#exit-codes): a bug of ours, then an interruption, then expectations or
 * verdict.
 */
import { EXIT, type ExitCode } from "../../domain/exit-codes.ts";
import type { JudgedFunction } from "../../domain/judgement.ts";
import type { Verdict } from "../../domain/verdict.ts";

export interface ExitInput {
  readonly verdict: Verdict;
  readonly expectationsMet: boolean | null;
  readonly interrupted: boolean;
  /** The engine let more invocations run than are reserved: that is our bug. */
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

/** Null without an expectation. With one, every expectation holds and every other function passes. */
export function expectationsMet(
  functions: readonly Pick<JudgedFunction, "name" | "verdict" | "expectationMet">[],
  expectations: Readonly<Record<string, Verdict>>,
): boolean | null {
  const names = Object.keys(expectations);
  if (names.length === 0) return null;
  // An expectation of a function that is not there is not met.
  if (names.some((name) => !functions.some((one) => one.name === name))) return false;
  return functions.every((one) => one.expectationMet ?? one.verdict === "pass");
}
