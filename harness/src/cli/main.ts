import { wrongInput, type LongrunError } from "../base/errors.ts";
import { EXIT, type ExitCode } from "../words/exit-codes.ts";
import { didYouMean } from "../settings/closest-name.ts";
import { COMMANDS, PARTS } from "./command-list.ts";
import { fixedAnswers, overview } from "./fixed-answers.ts";
import type { Machine } from "./machine.ts";
import { presentError } from "./present-error.ts";
import { runCommand } from "./run-command.ts";

export async function main(machine: Machine): Promise<ExitCode> {
  try {
    return await dispatch(machine);
  } catch (error) {
    return presentError(machine, error);
  }
}

async function dispatch(machine: Machine): Promise<ExitCode> {
  const [name, ...rest] = helpFlagOf(machine.arguments);
  if (name === undefined) {
    machine.stderr.write(overview());
    return EXIT.usage;
  }
  const answer = fixedAnswers().get(name);
  if (answer !== undefined) {
    machine.stdout.write(answer);
    return EXIT.pass;
  }
  const entry = [...COMMANDS, ...PARTS].find((candidate) => candidate.name === name);
  if (entry === undefined) throw unknownCommand(name);
  return runCommand(machine, await entry.load(), rest, () => import("./flag-elsewhere.ts"));
}

/** `longrun help soak` is the same as `longrun soak --help`. */
function helpFlagOf(given: readonly string[]): readonly string[] {
  const [first, command] = given;
  return first === "help" && command !== undefined ? [command, "--help"] : given;
}

function unknownCommand(name: string): LongrunError {
  const near = didYouMean(
    name,
    COMMANDS.map((command) => command.name),
    (command) => `longrun ${command}`,
  );
  const what = name.startsWith("-") ? "there is no such flag" : "there is no such command";
  return wrongInput(`longrun ${name}: ${what}${near}`, {
    hint: "longrun --help lists the commands.",
  });
}
