/** Why it is not known who held the peer when an attempt was turned away, as a clause. */
import type { HolderUnknownParameters } from "../../domain/findings/holder-unknown.ts";
import type { Wording } from "./wording.ts";

export const HOLDER_UNKNOWN_REASONS: Wording<HolderUnknownParameters> = {
  "peer-clock-apart": () => "the peer's clock and the function's are too far apart to order them",
  "environment-clocks-apart": () => "the environments' clocks are too far apart to order their lines",
  "holder-changed-near": () => "who held the peer changed within the clock tolerance of the attempt",
  "other-connected-near": () => "another environment connected within the clock tolerance of the attempt",
  "connection-ended-near": () => "the connection before it ended within the clock tolerance of the attempt",
  "ended-connection-served": () =>
    "the peer's log still serves a connection that had ended: lines are missing",
  "other-client-possible": () =>
    "lines of the peer's log are missing, or its connection numbers do not count, and it may have served somebody else",
  "served-since": () =>
    "the function says that the peer has served it since: lines of the peer's log are missing",
  "other-client-since": () => "the peer served somebody else since",
  "stream-missing": ({ logStream }) => `log stream ${logStream} is not in the evidence`,
  "boot-missing": ({ bootId }) => `boot ${bootId ?? "?"} is not in the evidence`,
  "client-gone": () => "the peer served a client that had already given up",
  "client-untold": () => "the peer's log does not say what became of a client of the function",
  "client-unnamed": () => "the peer's log does not say who held it",
  "peer-lines-missing": () => "lines of the peer's log are missing",
  "link-line-missing": () =>
    "the link's line about the end of the environment that connected last is missing",
  "last-lines-missing": () => "lines of the environment that connected last are missing",
  "last-ambiguous": () => "the peer's lines about the environment that connected last cannot be told apart",
  "last-maybe-gone": ({ environment }, naming) =>
    `environment ${naming.environment(environment)} was accepted last and is not known to have been there still; somebody else may have come (the peer's log shows who: --peer-log)`,
  "not-busy": () => "the peer did not answer as busy",
  "no-open-connection": () => "no connection of the function is known to have been open",
  "holder-process-died": () => "the process that held the connection had died; its silence proves nothing",
  "peer-restarted": () => "the peer was restarted since",
  "lease-not-awaited": () => "its line names the holder of a lease, and not that it waited for it",
  "lease-peer-unavailable": () => "the peer was down or held by a stranger as well",
  "lease-unused": () => "the environment that held the lease is not known to have used it",
  "lease-holder-not-served": () => "the environment that held the lease had not reached the peer itself",
};
