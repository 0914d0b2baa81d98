/** Before a soak against somebody's machine: what will come to it is said, and somebody must agree. */
import { LongrunError } from "../../domain/errors.ts";
import type { SoakSettings } from "../../profile/soak-settings.ts";
import { formatDuration } from "../../units/time.ts";
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
  const answer = await machine.ask("Go on? [y/N] ");
  if (answer === null) {
    throw new LongrunError("usage", "longrun soak --peer: expected --yes where nobody can be asked.", {
      hint: "Standard input is not a terminal.",
    });
  }
  if (!/^y(?:es)?$/i.test(answer.trim()))
    throw new LongrunError("interrupted", "Not confirmed; nothing was started.");
}
