import type { ExitCode } from "../words/exit-codes.ts";
import type { HiddenValues } from "../settings/hidden-values.ts";
import type { Problem } from "../settings/problem.ts";
import {
  withDefaults,
  type FlagValues,
  type OwnSettingValues,
  type SettingTable,
} from "../settings/setting-table.ts";
import { defaultFacts } from "./default-facts.ts";
import type { Machine } from "./machine.ts";

export interface PositionalSpec {
  readonly placeholder: string;
  readonly description: string;
  readonly required: boolean;
  readonly repeatable: boolean;
}

interface CommandSpec<Table extends SettingTable> {
  readonly name: string;
  /** A paragraph or two under the usage line. */
  readonly description: string;
  readonly positional: PositionalSpec | null;
  readonly settings: Table;
  readonly examples: readonly { readonly command: string; readonly does: string }[];
  /** The command itself reports the mistakes in its flags, together with others that it finds. */
  readonly reportsProblems?: boolean;
  run(machine: Machine, given: Given<Table>): Promise<ExitCode>;
}

export interface Given<Table extends SettingTable> {
  /** The values that the user gave, by flag. */
  readonly values: FlagValues<Table>;
  /** These values, and the defaults of the others, of a command that does not choose between local and AWS. */
  readonly settings: OwnSettingValues<Table>;
  readonly positionals: readonly string[];
  readonly problems: readonly Problem[];
  /** The values that are neither shown nor stored. Empty with --show-values. */
  readonly hidden: HiddenValues;
}

export interface AnyCommand extends Omit<CommandSpec<SettingTable>, "run"> {
  run(machine: Machine, given: Omit<Given<never>, "settings">): Promise<ExitCode>;
}

export function command<Table extends SettingTable>(spec: CommandSpec<Table>): AnyCommand {
  return {
    ...spec,
    run: (machine, given: Omit<Given<Table>, "settings">) => {
      const settings = withDefaults(spec.settings, given.values, defaultFacts(machine));
      return spec.run(machine, { ...given, settings });
    },
  };
}
