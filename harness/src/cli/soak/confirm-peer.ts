/** Says before a soak that it uses a peer of the user, and asks. */
import type { SoakSettings } from "../../settings/soak-settings.ts";
import { writeAddress } from "../../catalogue/connection-strings/connection-string.ts";
import { formatDuration } from "../../base/time.ts";
import { wrap } from "../../report/text/wrap.ts";
import { confirm } from "../confirm.ts";
import type { Machine } from "../machine.ts";
import { probeWarnings } from "./probe-peers.ts";
import { provokedFunctions } from "./confirm-provoke.ts";

export async function confirmPeer(machine: Machine, settings: SoakSettings): Promise<void> {
  const { links, duration, interval, reservedConcurrency } = settings;
  const peers = links.flatMap(({ peer }) => (peer === null ? [] : [writeAddress(peer)]));
  if (peers.length === 0) return;
  const machines = peers.length === 1 ? "that machine" : "those machines";
  const requests = Math.floor(duration / interval) * reservedConcurrency;
  const text = `This run connects to ${peers.join(" and ")}, which longrun did not start: up to ${requests} requests in ${formatDuration(duration)}, over one connection for each request or for each execution environment, depending on the function. While a connection is open, other clients may be unable to reach ${machines}.`;
  machine.stderr.write(`${wrap(text, { columns: machine.stderr.columns }).join("\n")}\n`);
  for (const warning of probeWarnings(settings)) machine.stderr.write(warning);
  // With --provoke, one question is asked for both.
  if (settings.yes || provokedFunctions(settings).length > 0) return;
  await confirm(machine, { command: "longrun soak --peer", question: "Go on?" });
}
