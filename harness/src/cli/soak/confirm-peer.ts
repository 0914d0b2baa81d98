/** Before a soak against a peer of the user: shows how many requests and connections that peer will get, and asks the user to agree. */
import type { SoakSettings } from "../../settings/soak-settings.ts";
import { formatDuration } from "../../units/time.ts";
import { confirm } from "../confirm.ts";
import type { Machine } from "../machine.ts";

export async function confirmPeer(machine: Machine, settings: SoakSettings): Promise<void> {
  const { peer, duration, interval } = settings;
  if (peer === null) return;
  const requests = Math.floor(duration / interval);
  machine.stderr.write(
    `This run connects to ${peer.host}:${peer.port}, which is not ours: up to ${requests} requests in ${formatDuration(duration)},\n` +
      `over one connection for each request or for each execution environment, depending on the function.\n` +
      `While a connection is open, other clients may not reach that machine.\n`,
  );
  if (settings.yes) return;
  await confirm(machine, { command: "longrun soak --peer", question: "Go on?" });
}
