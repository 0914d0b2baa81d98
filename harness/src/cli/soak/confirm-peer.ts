/** Asks before a soak against a peer of the user. */
import type { SoakSettings } from "../../settings/soak-settings.ts";
import { writeAddress } from "../../catalogue/connection-strings/connection-string.ts";
import { formatDuration } from "../../base/time.ts";
import { confirm } from "../confirm.ts";
import type { Machine } from "../machine.ts";

export async function confirmPeer(machine: Machine, settings: SoakSettings): Promise<void> {
  const { links, duration, interval, reservedConcurrency } = settings;
  const peers = links.flatMap(({ peer }) => (peer === null ? [] : [writeAddress(peer)]));
  if (peers.length === 0) return;
  const machines = peers.length === 1 ? "that machine" : "those machines";
  const requests = Math.floor(duration / interval) * reservedConcurrency;
  machine.stderr.write(
    `This run connects to ${peers.join(" and ")}, which longrun did not start: up to ${requests} requests in ${formatDuration(duration)},\n` +
      `over one connection for each request or for each execution environment, depending on the function.\n` +
      `While a connection is open, other clients may be unable to reach ${machines}.\n`,
  );
  if (settings.yes) return;
  await confirm(machine, { command: "longrun soak --peer", question: "Go on?" });
}
