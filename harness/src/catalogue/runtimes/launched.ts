/** The user's command is run by a shell, so it can contain quotes and variables such as `$_HANDLER`. Its program replaces the shell. */
import type { StartFacts } from "./runtime-family.ts";

export function launched({ launcher }: Pick<StartFacts, "launcher">): readonly string[] {
  return ["/bin/sh", "-c", `exec ${launcher}`];
}
