import { TENANT_ENVIRONMENTS } from "../words/function-size.ts";
import { WANTED_ISOLATIONS } from "../words/isolation.ts";
import { setting, toggle } from "./setting.ts";
import {
  HOST,
  JSON_OUTPUT,
  LAUNCHER,
  LINKS,
  LINK_HELP,
  PLATFORM,
  PORT,
  PROTOCOLS,
  RESOLVE,
  RUNTIME_CLIENT,
  SEED,
} from "./shared-settings.ts";
import { TIMINGS } from "./serve-timing.ts";
import { choice, decimal, duration, text, wholeNumber } from "./value-kinds.ts";

/** Each parked environment is a process. */
const PARKED_MAX = 100;

export const SERVE_SETTINGS = {
  host: {
    ...HOST,
    help: "Where to listen. Whoever can reach the engine can run code as you.",
  },
  port: { ...PORT, default: "3001" },
  dataFolder: setting("data-dir", {
    takes: "FOLDER",
    help: "Where functions and environments are kept.",
    default: { shown: "a temporary one", of: () => null },
    value: text("a folder"),
  }),
  platform: PLATFORM,
  seed: SEED,
  isolation: setting("isolation", {
    takes: "NAME",
    help: "How each environment is isolated from this machine: auto, namespaces or none.",
    default: "auto",
    value: choice(WANTED_ISOLATIONS),
  }),
  runtimeClient: RUNTIME_CLIENT,
  launcher: LAUNCHER,
  link: {
    ...LINKS,
    help: `${LINK_HELP} The peer's address may be added as =HOST:PORT. With host it is required: --link host=NAME:PORT. If there are several peers, put NAME= before each.`,
  },
  resolve: RESOLVE,
  protocol: PROTOCOLS,
  deadLinkResetMs: setting("dead-link-reset", {
    takes: "DURATION",
    help: "If an environment ends silently, reset its connection to the peer after this time, as if the peer's keep-alive had failed.",
    default: { shown: "never", of: () => null },
    value: duration({ min: 1 }),
  }),
  parked: setting("parked", {
    takes: "NUMBER",
    help: "How many environments are prepared ahead, so that cold starts are short; 0 prepares none.",
    default: "1",
    value: wholeNumber({ min: 0, max: PARKED_MAX }),
  }),
  tenantEnvironments: setting("tenant-environments", {
    takes: "NUMBER",
    help: "How many environments a function that isolates tenants may have for each unit of its concurrency, but at least one.",
    default: String(TENANT_ENVIRONMENTS),
    value: decimal({ above: 0, max: 1_000 }),
  }),
  timing: setting("timing", {
    takes: "NAME",
    help: "instant, or aws: new states and log events take as long as on AWS, so that waiters and retries of a client can be tried.",
    default: "instant",
    value: choice(TIMINGS),
  }),
  stateDelayMs: setting("state-delay", {
    takes: "DURATION",
    help: "How long a function stays Pending after its creation and InProgress after an update.",
    default: { shown: "0ms, or 1500ms with --timing aws", of: () => null },
    value: duration({ min: 0 }),
  }),
  logDelayMs: setting("log-delay", {
    takes: "DURATION",
    help: "How long a log event takes until a reader can see it.",
    default: { shown: "0ms, or 2s with --timing aws", of: () => null },
    value: duration({ min: 0 }),
  }),
  quiet: toggle("quiet", "In a terminal, do not show the lines of the functions' logs as they come."),
  json: { ...JSON_OUTPUT, help: "Print the ready line as JSON." },
} as const;
