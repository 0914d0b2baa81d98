/** What a command is to the frame: its words for the help, its settings, and what it does with them. */
import type { ExitCode } from "../domain/exit-codes.ts";
import type { Problem } from "../settings/problem.ts";
import type { FlagValues, SettingTable } from "../settings/setting-table.ts";
import type { Machine } from "./machine.ts";

export interface PositionalSpec {
  readonly placeholder: string;
  readonly description: string;
  readonly required: boolean;
  readonly repeatable: boolean;
}

export interface CommandSpec<Table extends SettingTable> {
  readonly name: string;
  readonly summary: string;
  /** A paragraph or two under the usage line. */
  readonly description: string;
  readonly positional: PositionalSpec | null;
  readonly settings: Table;
  readonly examples: readonly { readonly command: string; readonly does: string }[];
  /** The command adds mistakes of its own to those in the flags and reports all of them; else the frame reports these. */
  readonly reportsProblems?: boolean;
  run(machine: Machine, given: Given<Table>): Promise<ExitCode>;
}

export interface Given<Table extends SettingTable> {
  /** What was given, by flag; withDefaults (settings/setting-table.ts) adds the rest. */
  readonly values: FlagValues<Table>;
  readonly positionals: readonly string[];
  readonly problems: readonly Problem[];
}

/** A command as the frame keeps it in a list, whatever its table is. */
export interface AnyCommand extends Omit<CommandSpec<SettingTable>, "run"> {
  run(machine: Machine, given: Given<never>): Promise<ExitCode>;
}

export function command<Table extends SettingTable>(spec: CommandSpec<Table>): AnyCommand {
  return spec;
}
