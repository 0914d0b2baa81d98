/** What a command is to the frame: its words for the help, its options, and what it does with them. */
import type { ExitCode } from "../domain/exit-codes.ts";
import type { OptionTable, OptionValues, Problem } from "../settings/option.ts";
import type { Machine } from "./machine.ts";

export interface PositionalSpec {
  readonly placeholder: string;
  readonly description: string;
  readonly required: boolean;
  readonly repeatable: boolean;
}

export interface CommandSpec<Table extends OptionTable> {
  readonly name: string;
  readonly summary: string;
  /** A paragraph or two under the usage line. */
  readonly description: string;
  readonly positional: PositionalSpec | null;
  readonly options: Table;
  readonly examples: readonly { readonly command: string; readonly does: string }[];
  /** The command adds mistakes of its own to those in the flags and reports all of them; else the frame reports these. */
  readonly reportsProblems?: boolean;
  run(machine: Machine, given: Given<Table>): Promise<ExitCode>;
}

export interface Given<Table extends OptionTable> {
  readonly values: OptionValues<Table>;
  readonly positionals: readonly string[];
  readonly problems: readonly Problem[];
}

/** A command as the frame keeps it in a list: its own table is its own business. */
export interface AnyCommand extends Omit<CommandSpec<OptionTable>, "run"> {
  run(machine: Machine, given: Given<never>): Promise<ExitCode>;
}

export function command<Table extends OptionTable>(spec: CommandSpec<Table>): AnyCommand {
  return spec;
}
