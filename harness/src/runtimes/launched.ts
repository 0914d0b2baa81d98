/**
 * Returns the command line for a family whose runtime client only the user can start. A shell reads the user's command, so that the command can
 * contain quotes and environment variables such as `$_HANDLER`. Then the command's program replaces the shell.
 */
import type { StartFacts } from "./runtime-family.ts";

export function launched({ launcher }: Pick<StartFacts, "launcher">): readonly string[] {
  return ["/bin/sh", "-c", `exec ${launcher}`];
}
