/** Before a soak against somebody's machine: what will come to it is said, and somebody must agree. */
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
      `and as many connections, or one for each execution environment, as the function does it.\n` +
      `While one of them is open, nobody else may reach that machine.\n`,
  );
  if (settings.yes) return;
  await confirm(machine, { command: "longrun soak --peer", question: "Go on?" });
}
