/** Many mistakes as one error: each on a line of its own, with what was expected. */
import { LongrunError } from "../domain/errors.ts";
import type { Problem } from "../profile/option.ts";

export function usageError(command: string, problems: readonly Problem[]): LongrunError {
  const head =
    problems.length === 1
      ? `longrun ${command}: one thing is wrong`
      : `longrun ${command}: ${problems.length} things are wrong`;
  const lines = problems.map((problem) => `  ${problem.where}\n      ${problem.text}`);
  return new LongrunError("usage", [head, "", ...lines].join("\n"), {
    hint: `longrun ${command} --help shows every flag.`,
  });
}
