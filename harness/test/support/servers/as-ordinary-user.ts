/** Returns the command for a server that refuses to run as root. If root runs the test, the server runs as an ordinary user in a user namespace. */
import { getuid } from "node:process";

export function asOrdinaryUser(
  program: string,
  args: readonly string[],
  uid = 1000,
): [string, readonly string[]] {
  if (getuid?.() !== 0) return [program, args];
  return ["unshare", ["-U", `--map-user=${uid}`, `--map-group=${uid}`, program, ...args]];
}
