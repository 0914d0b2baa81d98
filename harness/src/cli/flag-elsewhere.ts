/** Says which other commands have a flag that this command does not know: `analyze --duration 5s` was meant for `soak`. */
import type { Problem } from "../settings/problem.ts";
import { settingsByFlag } from "../settings/setting-table.ts";
import { COMMANDS } from "./command-list.ts";

/** Loads every other command, so it is called only after a mistake. */
export async function withCommandsOfFlags(problems: readonly Problem[]): Promise<readonly Problem[]> {
  const named: Problem[] = [];
  for (const problem of problems) {
    const others = problem.unknownFlag === undefined ? [] : await commandsWith(problem.unknownFlag);
    named.push(
      others.length === 0
        ? problem
        : { ...problem, text: `${problem.text}; it is a flag of ${others.join(", ")}` },
    );
  }
  return named;
}

async function commandsWith(flag: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const command of COMMANDS) {
    const { settings } = await command.load();
    if (settingsByFlag(settings).has(flag)) found.push(`longrun ${command.name}`);
  }
  return found;
}
