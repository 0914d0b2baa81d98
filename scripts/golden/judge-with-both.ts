import { differences } from "./differences.ts";
import type { EvidenceItem } from "./evidence-list.ts";
import { judgeByCommand, type Judged } from "./judge-by-command.ts";
import type { JudgedItem } from "./tally.ts";

export interface TwoCommands {
  readonly older: string;
  readonly newer: string;
}

interface CommandOutcome {
  readonly exitCodeOfCommand: number | null;
  readonly result: unknown;
}

export async function judgeWithBoth(commands: TwoCommands, item: EvidenceItem): Promise<JudgedItem> {
  const { folder, arguments: given, name, kind } = item;
  const outcomeWith = async (command: string): Promise<CommandOutcome> =>
    outcomeOf(await judgeByCommand(command, { folder, arguments: [...given, "--json"] }));
  const [older, newer] = await Promise.all([outcomeWith(commands.older), outcomeWith(commands.newer)]);
  return { name, kind, differences: differences(older, newer) };
}

/** The text on standard error may change, so without a result only the exit code is compared. */
function outcomeOf({ code, out }: Judged): CommandOutcome {
  return {
    exitCodeOfCommand: code,
    result: out === "" ? null : JSON.parse(out),
  };
}
