/** Returns the command for a server that refuses to run as root. For root, it runs in a user namespace as an ordinary user. */
import { getuid } from "node:process";

export function asOrdinaryUser(
  program: string,
  args: readonly string[],
  uid = 1000,
): [string, readonly string[]] {
  if (getuid?.() !== 0) return [program, args];
  return ["unshare", ["-U", `--map-user=${uid}`, `--map-group=${uid}`, program, ...args]];
}
