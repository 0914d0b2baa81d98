/**
 * The command line of a family whose runtime client only the user can start. A shell reads the command, so that it can have quotes and
 * variables of the environment such as `$_HANDLER`. Then the shell is replaced by the command's program.
 */
import type { StartFacts } from "./runtime-family.ts";

export function launched({ launcher }: Pick<StartFacts, "launcher">): readonly string[] {
  return ["/bin/sh", "-c", `exec ${launcher}`];
}
