import { wrongInput, type LongrunError } from "../base/errors.ts";
import type { Problem } from "../settings/problem.ts";

export function usageError(command: string, problems: readonly Problem[]): LongrunError {
  const head =
    problems.length === 1
      ? `longrun ${command}: one thing is wrong`
      : `longrun ${command}: ${problems.length} things are wrong`;
  const lines = problems.map((problem) => `  ${problem.where}\n      ${problem.text}`);
  return wrongInput([head, "", ...lines].join("\n"), {
    hint: `longrun ${command} --help shows every flag.`,
  });
}

/**
 * Leaves out problems that follow from a mistake in the flags: if `--region x y` or `--regoin` is wrong, `--region` is not also reported
 * as missing.
 */
export function withoutConsequences(
  problems: readonly Problem[],
  inFlags: readonly Problem[],
): readonly Problem[] {
  return problems.filter(
    ({ where }) => !inFlags.some((one) => one.where.startsWith(`${where} `) || one.meant === where),
  );
}
