import { EXIT, type ExitCode } from "../words/exit-codes.ts";
import { HiddenValues } from "../settings/hidden-values.ts";
import type { KeyValue, LinkChoice, OfPeer } from "../settings/value-parsers.ts";
import type { AnyCommand } from "./command.ts";
import type { withCommandsOfFlags } from "./flag-elsewhere.ts";
import { commandHelp } from "./help.ts";
import type { Problem } from "../settings/problem.ts";
import type { Machine, Output } from "./machine.ts";
import { parseArguments } from "./parse-arguments.ts";
import { presentError } from "./present-error.ts";
import { usageError } from "./usage-error.ts";

/** The list of commands is loaded only after a mistake, so that the start is fast. */
type LoadHints = () => Promise<{ readonly withCommandsOfFlags: typeof withCommandsOfFlags }>;

export async function runCommand(
  machine: Machine,
  command: AnyCommand,
  given: readonly string[],
  loadHints: LoadHints,
): Promise<ExitCode> {
  const hidden = new HiddenValues();
  const shown = { ...machine, stderr: hiding(machine.stderr, hidden) };
  try {
    const read = parseArguments(command.settings, command.positional, given);
    if (read.help) {
      machine.stdout.write(commandHelp(command));
      return EXIT.pass;
    }
    const parsed = { ...read, problems: await withHints(read.problems, loadHints) };
    hideValues(hidden, parsed.values);
    if (parsed.problems.length > 0 && command.reportsProblems !== true)
      throw usageError(command.name, parsed.problems);
    return await command.run(shown, { ...parsed, hidden } as never);
  } catch (error) {
    return presentError(shown, error, (text) => hidden.hide(text));
  }
}

async function withHints(problems: readonly Problem[], loadHints: LoadHints): Promise<readonly Problem[]> {
  if (problems.every(({ unknownFlag }) => unknownFlag === undefined)) return problems;
  const hints = await loadHints();
  return hints.withCommandsOfFlags(problems);
}

interface WithVariables {
  readonly env?: readonly KeyValue[];
  readonly link?: readonly OfPeer<LinkChoice>[];
  readonly "show-values"?: boolean;
}

/** Hides the values of `--env`. A profile file can have more of them. */
export function hideValues(hidden: HiddenValues, values: WithVariables): void {
  if (values["show-values"] !== true) hidden.add(values.env, values.link);
}

/** Everything on standard error is for people. What standard output has comes from evidence and steps that have no values. */
function hiding(output: Output, hidden: HiddenValues): Output {
  return {
    write: (text) => output.write(hidden.hide(text)),
    drained: () => output.drained(),
    isTerminal: output.isTerminal,
    get columns() {
      return output.columns;
    },
  };
}
