/** The settings of a peer, for `longrun peer` and the library's startPeer. */
import { setting } from "./setting.ts";
import { ADMISSION, HOST, JSON_OUTPUT, OWN_CAPACITY, PORT } from "./shared-settings.ts";
import { duration } from "./value-kinds.ts";

export const PEER_SETTINGS = {
  host: HOST,
  port: { ...PORT, default: "7000" },
  admission: ADMISSION,
  capacity: OWN_CAPACITY,
  idleTimeoutMs: setting("idle-timeout", {
    takes: "LENGTH",
    help: "End a connection after this long without a byte.",
    default: { shown: "never", of: () => null },
    value: duration({ min: 1 }),
  }),
  replyLatencyMs: setting("reply-latency", {
    takes: "LENGTH",
    help: "How long each reply takes.",
    default: "0ms",
    value: duration({ min: 0 }),
  }),
  json: { ...JSON_OUTPUT, help: "Print the peer's log, one JSON object a line." },
} as const;
