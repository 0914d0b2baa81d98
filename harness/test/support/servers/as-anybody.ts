/** Some servers refuse to run as root. For root, makes the command run in a user namespace in which it is an ordinary user. */
import { getuid } from "node:process";

export function asAnybody(program: string, args: readonly string[], uid = 1000): [string, readonly string[]] {
  if (getuid?.() !== 0) return [program, args];
  return ["unshare", ["-U", `--map-user=${uid}`, `--map-group=${uid}`, program, ...args]];
}
