/** Probes the peers of a soak before it begins. The soak then finds their places free, as far as this was seen. */
import { durationMs } from "../../base/time.ts";
import { isLoopback } from "../../words/own-host.ts";
import type { ProbedPeer } from "../../record/probe.ts";
import { writeAddress } from "../../catalogue/connection-strings/connection-string.ts";
import { capacityOf } from "../../words/capacity.ts";
import { systemClock } from "../../adapters/node/system-clock.ts";
import { mannerSentences } from "../../report/wording/manner-words.ts";
import { reachedPeer } from "../../settings/link-setting.ts";
import type { PeerLink } from "../../settings/peer-links.ts";
import type { SoakSettings } from "../../settings/soak-settings.ts";
import type { HostPort } from "../../settings/value-parsers.ts";
import type { Machine } from "../machine.ts";
import { probeAddress, probeWarning, UP_TO_MOST } from "../probe-address.ts";

/** The most clients at one time, if the user does not know the number of places. */
const UP_TO_UNKNOWN = 16;

interface PeerToProbe {
  readonly name: string | null;
  readonly address: HostPort;
  readonly upTo: number;
}

/** What a soak with `--probe yes` adds to its question. On loopback that question covers it. */
export function probeWarnings(settings: SoakSettings): readonly string[] {
  const peers = settings.probe === "yes" ? peersToProbe(settings) : [];
  return peers.flatMap(({ address, upTo }) =>
    isLoopback(address.host) ? [] : [`First, --probe: ${probeWarning(address, upTo)}`],
  );
}

export async function probePeers(machine: Machine, settings: SoakSettings): Promise<readonly ProbedPeer[]> {
  const probed: ProbedPeer[] = [];
  for (const { name, address, upTo } of peersToProbe(settings)) {
    machine.stderr.write(`probing ${writeAddress(address)}\n`);
    const seen = await probeAddress(machine, { address, upTo, watchMs: settings.probeWatch });
    machine.stderr.write(`${mannerSentences(seen)}\n`);
    // The probe's last client was served, and its place is free after this time.
    await systemClock.sleep(durationMs(seen.manner.freesAfterMs?.atMost ?? 0));
    probed.push({ name, ...seen });
  }
  return probed;
}

function peersToProbe({ links, reservedConcurrency }: SoakSettings): readonly PeerToProbe[] {
  return links.flatMap((link: PeerLink) => {
    const address = reachedPeer(link);
    if (address === null) return [];
    const { places } = capacityOf(link.capacity, reservedConcurrency);
    const upTo = places === null ? UP_TO_UNKNOWN : Math.min(places + 1, UP_TO_MOST);
    return [{ name: link.name, address, upTo }];
  });
}
