/** Clauses after `because`: why it is unknown who held the peer when an attempt was turned away. */
import type { HolderUnknownParameters } from "../../result/findings/holder-unknown.ts";
import type { Clauses } from "./wording.ts";

export const HOLDER_UNKNOWN_REASONS: Clauses<HolderUnknownParameters> = {
  "peer-clock-apart": "the clocks of the peer and the function are too far apart to order their lines",
  "environment-clocks-apart":
    "the clocks of the function's environments are too far apart to order their lines",
  "answered-meanwhile":
    "the peer answered the attempt later, while another connection was still open, so the peer may have more than one place (--capacity)",
  "holder-changed-near": "the holder changed within the clock tolerance of the attempt",
  "other-connected-near": "another environment connected within the clock tolerance of the attempt",
  "connection-ended-near":
    "the connection that was accepted last ended within the clock tolerance of the attempt",
  "ended-connection-served":
    "according to the peer's log the peer served a connection that had ended, so lines of the log are missing",
  "other-client-possible":
    "the peer may have served another client: lines of its log are missing, or its connection numbers do not count one by one",
  "served-since":
    "the function's own lines show a later connection that the peer's log does not have, so lines of that log are missing",
  "other-client-since": "after the function's last connection, the peer served another client",
  "stream-missing": ({ logStream }) => `log stream ${logStream} is not in the evidence`,
  "boot-missing": ({ bootId }) =>
    bootId === null
      ? "the peer's client gave neither a log stream nor a boot id"
      : `boot ${bootId} is not in the evidence`,
  "boot-shared": ({ bootId }) =>
    `boot ${bootId} is the boot of a snapshot (SnapStart), and nothing shows which of its environments opened the connection`,
  "client-gone": "the peer served a client that had already given up",
  "client-untold": "the peer's log does not show how a connection of the function ended",
  "client-unnamed": "the peer's log does not name the client that it served",
  "peer-lines-missing": "lines of the peer's log are missing",
  "link-line-missing":
    "the environment that connected last is gone, and the link's line about its end is missing",
  "last-lines-missing": "lines of the environment that connected last are missing",
  "last-ambiguous":
    "the peer's log has several connections of the environment that connected last, and it is not known which of them held the peer",
  "last-maybe-gone": ({ environment }, naming) =>
    `environment ${naming.environment(environment)} was accepted last, but nothing shows that it was still connected; another client may have taken its place (a peer log that covers this time would show it: --peer-log)`,
  "not-busy": "the peer did not answer that it was busy",
  "no-open-connection": "no connection of the function is known to have been open",
  "holder-process-died":
    "the process that held the connection had died, so it is not known whether the peer still served that connection",
  "holder-process-unknown":
    "the process that held the connection may have ended: its environment then started another process, and nothing shows whether both processes ran at the same time",
  "peer-restarted": "the peer was restarted before the attempt",
  "lease-not-awaited":
    "the attempt names the holder of a lease, but does not say that it waited for the lease",
  "lease-peer-unavailable": "the peer was down, or another client held it",
  "lease-unused": "nothing shows that the environment with the lease ever connected",
  "lease-holder-not-served": "the peer had not served the environment with the lease",
};
