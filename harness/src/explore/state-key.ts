/**
 * Writes the state after a schedule as one text, without names and times. The search extends only one of the schedules with equal texts.
 * The search assumes that a handler remembers only its connection and whether it was invoked before. Pure.
 */
import type { LinkLogRecord } from "../record/link-log.ts";
import type { PeerLogRecord } from "../record/peer-log.ts";
import type { EnvironmentDescription } from "../engine/fleet-contract.ts";

const LATEST = "$LATEST";

export interface World {
  readonly environments: readonly EnvironmentDescription[];
  /** The current one of `$LATEST`. */
  readonly generation: number;
  /** `[null]` if the function has only one peer. */
  readonly peerNames: readonly (string | null)[];
  readonly linkLog: readonly LinkLogRecord[];
  readonly peerLog: readonly PeerLogRecord[];
  readonly slowNext: boolean;
  /**
   * True if the last invocation that sent a request to the peer failed or was cut off. A lease that this invocation took may then still be
   * taken.
   */
  readonly cutOff: boolean;
}

export function stateKey({
  environments,
  generation,
  peerNames,
  linkLog,
  peerLog,
  slowNext,
  cutOff,
}: World): string {
  const boots = lastBoots(linkLog);
  const peers = peerNames.map((name) => {
    const isOf = ({ peer = null }: { readonly peer?: string | null }): boolean => peer === name;
    return { holds: heldAtPeer(peerLog.filter(isOf)), links: openLinks(linkLog.filter(isOf), boots) };
  });
  const alive = new Set(environments.map(({ environment }) => environment));
  const living = environments
    .map(({ environment, state, processId, version, generation: own, invocations }) =>
      [
        version,
        state,
        processId === null ? "no process" : "process",
        version !== LATEST || own === generation ? "current" : "old",
        invocations === 0 ? "never" : "invoked",
        ...peers.flatMap(({ holds, links }) => {
          // An environment without a process has no open connection and no lost connection.
          const mine = (processId === null ? undefined : links.get(environment)) ?? { open: 0, lost: 0 };
          const lost = mine.lost > 0 ? "lost one" : "lost none";
          return [`${mine.open} open`, lost, holds.get(environment) ?? "none"];
        }),
      ].join(" "),
    )
    .sort();
  const dead = peers.map(({ holds }) =>
    [...holds]
      .filter(([environment]) => !alive.has(environment))
      .map(([, held]) => held)
      .sort(),
  );
  return JSON.stringify({ living, dead, slowNext, cutOff });
}

function lastBoots(linkLog: readonly LinkLogRecord[]): ReadonlyMap<string, number> {
  const boots = new Map<string, number>();
  for (const { environment, boot } of linkLog)
    boots.set(environment, Math.max(boot, boots.get(environment) ?? 0));
  return boots;
}

function heldAtPeer(peerLog: readonly PeerLogRecord[]): ReadonlyMap<string, "served" | "queued"> {
  const open = new Map<number, { readonly name: string; readonly held: "served" | "queued" }>();
  for (const { event, connection, hello } of peerLog) {
    if (connection === null) continue;
    if (event === "accepted" || event === "queued")
      open.set(connection, {
        name: hello?.logStream ?? `connection ${connection}`,
        held: event === "accepted" ? "served" : "queued",
      });
    else if (event !== "request") open.delete(connection);
  }
  return new Map([...open.values()].map(({ name, held }) => [name, held]));
}

/**
 * Returns facts about the connections of each environment's current boot. `open` is how many are open. `lost` is 1 if the peer ended the
 * latest connection that ended, else 0.
 */
function openLinks(
  linkLog: readonly LinkLogRecord[],
  boots: ReadonlyMap<string, number>,
): ReadonlyMap<string, { readonly open: number; readonly lost: number }> {
  const links = new Map<string, { open: number; lost: number }>();
  for (const record of linkLog) {
    if (record.boot !== boots.get(record.environment)) continue;
    const entry = links.get(record.environment) ?? { open: 0, lost: 0 };
    if (record.event === "connected") entry.open += 1;
    // A connection that the peer ended with a FIN counts as lost. It also counts as open until the function has closed its side too,
    // because the process may not have noticed the FIN.
    if (record.event === "half-closed" && record.by === "peer") entry.lost = 1;
    if (record.event === "closed") {
      entry.open -= 1;
      entry.lost = record.by === "peer" ? 1 : 0;
    }
    links.set(record.environment, entry);
  }
  return links;
}
