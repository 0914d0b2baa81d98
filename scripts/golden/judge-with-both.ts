/** One item of evidence, judged by two builds: what differs. */
import { differences, type Difference } from "./differences.ts";
import type { EvidenceItem } from "./evidence-list.ts";
import { judgeByCommand, type Judged } from "./judge-by-command.ts";

export interface TwoCommands {
  readonly older: string;
  readonly newer: string;
}

export async function judgeWithBoth(
  { older, newer }: TwoCommands,
  { folder, arguments: given }: EvidenceItem,
): Promise<readonly Difference[]> {
  const judged = (command: string): Promise<Judged> =>
    judgeByCommand(command, { folder, arguments: [...given, "--json"] });
  const [before, after] = await Promise.all([judged(older), judged(newer)]);
  return differences(comparable(before), comparable(after));
}

/** Without a result the exit code is compared alone: what is written to standard error is wording. */
function comparable({ code, out }: Judged): unknown {
  return { exitCodeOfCommand: code, result: out === "" ? null : (JSON.parse(out) as unknown) };
}
