import { EXIT, type ExitCode } from "../domain/exit-codes.ts";
import type { AnyCommand } from "./command.ts";
import { commandHelp } from "./help.ts";
import type { Problem } from "../settings/problem.ts";
import type { Machine } from "./machine.ts";
import { parseArguments } from "./parse-arguments.ts";
import { presentError } from "./present-error.ts";
import { usageError } from "./usage-error.ts";

export async function runCommand(
  machine: Machine,
  command: AnyCommand,
  given: readonly string[],
): Promise<ExitCode> {
  try {
    const read = parseArguments(command.settings, command.positional, given);
    if (read.help) {
      machine.stdout.write(commandHelp(command));
      return EXIT.pass;
    }
    const parsed = { ...read, problems: await withHints(read.problems) };
    if (parsed.problems.length > 0 && command.reportsProblems !== true)
      throw usageError(command.name, parsed.problems);
    return await command.run(machine, parsed as never);
  } catch (error) {
    return presentError(machine, error);
  }
}

/** The list of commands is loaded only after a mistake, so that the start is fast. */
async function withHints(problems: readonly Problem[]): Promise<readonly Problem[]> {
  if (problems.every(({ unknownFlag }) => unknownFlag === undefined)) return problems;
  const { withCommandsOfFlags } = await import("./flag-elsewhere.ts");
  return withCommandsOfFlags(problems);
}
