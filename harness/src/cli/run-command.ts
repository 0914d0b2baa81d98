import { EXIT, type ExitCode } from "../domain/exit-codes.ts";
import type { AnyCommand } from "./command.ts";
import { commandHelp } from "./help.ts";
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
    const parsed = parseArguments(command.settings, command.positional, given);
    if (parsed.help) {
      machine.stdout.write(commandHelp(command));
      return EXIT.pass;
    }
    if (parsed.problems.length > 0 && command.reportsProblems !== true)
      throw usageError(command.name, parsed.problems);
    return await command.run(machine, parsed as never);
  } catch (error) {
    return presentError(machine, error);
  }
}
