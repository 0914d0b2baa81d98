/**
 * Whether nobody but the function uses the peer, as the user says (`--only-client`). If the peer's log names a stranger, the evidence decides
 * and the statement does not count.
 */
import type { FunctionHistory } from "../correlate/function-history.ts";
import { identifyClient } from "./identify-client.ts";

/** The names of strangers in the peer's log, which show that the statement is not true. Empty without the statement. */
export function strangersSeen(history: FunctionHistory): readonly string[] {
  if (!history.settings.onlyClient) return [];
  return (history.peer?.connections ?? []).flatMap((connection) => {
    const client = identifyClient(history, connection);
    return client.who === "stranger" && !history.foreignStreams.has(client.name) ? [client.name] : [];
  });
}

/** False if the run has other functions, because they may use the same peer. */
export function isOnlyClient(history: FunctionHistory): boolean {
  const { settings, foreignStreams } = history;
  return settings.onlyClient && foreignStreams.size === 0 && strangersSeen(history).length === 0;
}

const holds = new WeakMap<FunctionHistory, boolean>();

/**
 * Whether the environment that was accepted last holds the only place of a peer that turns an attempt away, although nothing shows that this
 * environment still lives. For this, the function's lines must show every connection, and the function must keep its connections: the last
 * line of a stream can be lost, and it could say that the connection was closed.
 */
export function lastAcceptedHolds(history: FunctionHistory): boolean {
  let is = holds.get(history);
  is ??=
    isOnlyClient(history) &&
    history.peer === null &&
    history.environments.every(({ boots }) => boots.every((boot) => boot.lines > 0 && !boot.missingLines)) &&
    history.ownHolds.every(({ disconnect }) => disconnect === null || disconnect.phase === "shutdown");
  holds.set(history, is);
  return is;
}
