/**
 * Identifies the client of a connection that the peer served. A stranger is a client that is not an environment of the function: its hello
 * names something else, or the user named it with `--stranger`.
 */
import type { EpochMs } from "../../base/time.ts";
import { onAxis } from "../../base/clocks.ts";
import { clientNameParts } from "../../words/client-name.ts";
import { itemsWithin } from "../../base/first-index.ts";
import { holderUnknown, type HolderUnknown } from "../../result/findings/holder-unknown.ts";
import type { Attempt, ObservedPeerConnection } from "../timeline/environment.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export type Who =
  | { readonly who: "attempt"; readonly attempt: Attempt }
  | { readonly who: "stranger"; readonly name: string }
  | { readonly who: "missing-stream"; readonly logStream: string }
  /** The client is an environment of the function, but the log does not show which one. */
  | { readonly who: "own-unnamed" }
  | { readonly who: "unknown"; readonly why: HolderUnknown };

/**
 * The form of a log stream's name: `YYYY/MM/DD/[version]hex`. In a custom log group the function's name comes before the version
 * (docs/aws/logs.md#log-groups-and-streams).
 */
const LOG_STREAM = /^\d{4}\/\d{2}\/\d{2}\/([^[\]]*)\[[^\]]+\]\[?[0-9a-f-]{32,36}\]?$/;

export function isLogStream(name: string): boolean {
  return LOG_STREAM.test(name);
}

export function identifyClient(history: FunctionHistory, connection: ObservedPeerConnection): Who {
  if (connection.abandoned) return { who: "unknown", why: holderUnknown("client-gone") };
  if (connection.attempt !== null) return { who: "attempt", attempt: connection.attempt };
  const hello = connection.hello;
  if (hello === null) return withoutHello(history, connection);
  if (hello.bootId !== null && isShared(history, hello.bootId))
    return { who: "unknown", why: holderUnknown("boot-shared", { bootId: hello.bootId }) };
  if (hello.logStream === null)
    return { who: "unknown", why: holderUnknown("boot-missing", { bootId: hello.bootId }) };
  if (history.environmentById.has(hello.logStream))
    return { who: "unknown", why: holderUnknown("client-untold") };
  return identifyByName(history, hello.logStream);
}

/** Whether several environments were restored from one snapshot and share this boot id. */
function isShared({ environments }: FunctionHistory, bootId: string): boolean {
  return environments.some(({ restored, boots }) => restored && boots.some((boot) => boot.bootId === bootId));
}

/** Identifies a client by its name, which belongs to no environment in the evidence. */
export function identifyByName(
  history: FunctionHistory,
  name: string,
): Extract<Who, { who: "stranger" | "missing-stream" }> {
  if (history.settings.strangers.includes(name)) return { who: "stranger", name };
  const match = LOG_STREAM.exec(name);
  // A log stream's name that was cut short can belong to any environment, also to one of this function.
  if (match === null && clientNameParts(name).streamBegin !== null)
    return { who: "missing-stream", logStream: name };
  if (match === null) return { who: "stranger", name };
  const functionName = match[1] ?? "";
  if (history.foreignStreams.has(name)) return { who: "stranger", name };
  const named =
    history.environments.find((environment) => environment.functionName !== null)?.functionName ?? null;
  if (functionName !== "" && named !== null && functionName !== named) return { who: "stranger", name };
  return { who: "missing-stream", logStream: name };
}

function withoutHello(history: FunctionHistory, connection: ObservedPeerConnection): Who {
  const at = onAxis(connection.acceptedAt);
  const tolerance = history.settings.clockToleranceMs;
  const near =
    at === null
      ? []
      : itemsWithin(history.ownHolds, ({ time }) => time, {
          from: at - tolerance,
          to: at + tolerance,
        }).filter(({ peer }) => peer === null);
  const [only] = near;
  if (only !== undefined && near.length === 1 && namelessNear(history, only.time).length === 1)
    return { who: "own-unnamed" };
  return { who: "unknown", why: holderUnknown("client-unnamed") };
}

/** Returns the connections without a hello that the peer accepted within the clock tolerance of `time`. */
export function namelessNear(history: FunctionHistory, time: EpochMs): ObservedPeerConnection[] {
  const accepted = history.peer?.accepted ?? [];
  const tolerance = history.settings.clockToleranceMs;
  return itemsWithin(accepted, ({ acceptedAt }) => onAxis(acceptedAt) ?? 0, {
    from: time - tolerance,
    to: time + tolerance,
  }).filter(({ hello }) => hello === null);
}
