/** The settings of `longrun peer`, which are also those of the library's startPeer. */
import { DEFAULT_CAPACITY, OWN_CAPACITY_MAX } from "../domain/capacity.ts";
import { setting } from "./setting.ts";
import { ADMISSION, HOST, JSON_OUTPUT, PORT } from "./shared-settings.ts";
import { duration, wholeNumber } from "./value-kinds.ts";

export const PEER_SETTINGS = {
  host: HOST,
  port: { ...PORT, default: "7000" },
  admission: ADMISSION,
  capacity: setting("capacity", {
    takes: "NUMBER",
    help: "How many connections are served at the same time.",
    default: String(DEFAULT_CAPACITY),
    value: wholeNumber({ min: 1, max: OWN_CAPACITY_MAX }),
  }),
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
