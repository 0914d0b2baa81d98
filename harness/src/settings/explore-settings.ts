import { SCHEDULED_LEVERS, type ScheduledLever } from "../words/lever.ts";
import { DESIGNS } from "./function-choice.ts";
import { JUDGING_SETTINGS, LATE_LOGS } from "./judging-settings.ts";
import { judging, repeated, setting, toggle } from "./setting.ts";
import * as shared from "./shared-settings.ts";
import { SOAK_SETTINGS } from "./soak-settings.ts";
import { ENV, SHOW_VALUES } from "./variable-settings.ts";
import * as kinds from "./value-kinds.ts";
import { ofPeer } from "./value-parsers.ts";

const what = {
  function: setting("function", {
    takes: "NAME",
    help: `A shipped design: ${DESIGNS.join(", ")}.`,
    value: kinds.choice(DESIGNS),
  }),
  code: setting("code", {
    takes: "FILE",
    help: shared.CODE_HELP,
    value: kinds.text("a file or folder"),
  }),
  handler: shared.HANDLER,
  runtime: shared.RUNTIME,
  binary: shared.BINARY,
  launcher: shared.LAUNCHER,
  memory: shared.MEMORY,
  env: ENV,
  link: shared.LINKS,
  protocol: shared.PROTOCOLS,
  peer: repeated("peer", {
    mayBeSecret: true,
    takes: "[NAME=]HOST:PORT",
    help: "With --link host: the name and port under which the function reaches its peer; the peer is then one of longrun's own. If a function has several peers, give each one a name: --link db=WHERE.",
    value: { parse: ofPeer((text) => kinds.hostPort.parse(text)) },
  }),
  strangers: {
    ...JUDGING_SETTINGS.strangers,
    help: "The same setting as in soak. It changes no result of explore, because only the function's environments reach the peer. schedule.json contains it, so that a replay has it too.",
  },
  onChange: toggle(
    "on-change",
    "With --code: do it again each time the code changes, until Ctrl-C. Files that are not in the package do not count.",
  ),
} as const;

export const EXPLORE_SETTINGS = {
  ...what,
  event: shared.EVENT,
  admission: shared.ADMISSION,
  capacity: {
    ...judging(
      "capacity",
      "both",
      repeated("capacity", {
        takes: "[NAME=]NUMBER",
        help: "How many connections the peer serves at one time.",
        value: { parse: ofPeer((text) => shared.OWN_CAPACITY.value.parse(text)) },
      }),
    ),
    default: { shown: shared.OWN_CAPACITY.default, of: () => [] },
  },
  depth: setting("depth", {
    takes: "NUMBER",
    help: "Play every schedule of up to this many steps.",
    default: "3",
    value: kinds.wholeNumber({ min: 1, max: 10 }),
  }),
  runs: setting("runs", {
    takes: "NUMBER",
    help: "How many longer schedules to draw at random if no shorter one breaks the function.",
    default: "200",
    value: kinds.wholeNumber({ min: 0, max: 1_000_000 }),
  }),
  provoke: setting("provoke", {
    takes: "KIND[,KIND]",
    help: `Search only schedules that the Lambda API can make happen, with these levers: ${SCHEDULED_LEVERS.join(", ")}. longrun replay --target aws plays such a schedule.`,
    default: { shown: "every step that a platform can take", of: (): readonly ScheduledLever[] => [] },
    value: kinds.levers(SCHEDULED_LEVERS),
  }),
  seed: { ...shared.SEED, help: "The seed of the longer schedules; if not given, one is drawn and printed." },
  yes: { ...shared.YES, help: "Do not ask before a search that may take long." },
  out: { ...shared.OUT, default: { shown: "runs/TIME-explore-NAME", of: () => null } },
  json: shared.JSON_OUTPUT,
  showValues: SHOW_VALUES,
} as const;

/** The settings of `replay --target local` alone. */
export const REPLAY_LOCAL = {
  ...what,
  memory: { ...shared.MEMORY, default: { shown: "what the schedule says", of: () => null } },
  showValues: SHOW_VALUES,
} as const;

/** The settings of `replay --target aws` alone. */
export const REPLAY_AWS = {
  region: { ...shared.REGION, help: "With --target aws: the Region of the function." },
  interval: setting("interval", {
    takes: "LENGTH",
    help: "With --target aws: the time between the end of an invocation and the next one.",
    default: "5s",
    value: kinds.duration({ min: 20 }),
  }),
  settle: setting("settle", {
    takes: "LENGTH",
    help: "With --target aws: how long to wait for late logs.",
    default: LATE_LOGS,
    value: kinds.duration({ min: 0 }),
  }),
  peerLogGroup: SOAK_SETTINGS.peerLogGroup,
  peerLogFiles: SOAK_SETTINGS.peerLogFiles,
  out: { ...shared.OUT, help: "With --target aws: the run directory, new or empty." },
  yes: { ...shared.YES, help: "With --target aws: do not ask before the function is changed." },
} as const;

export const REPLAY_SETTINGS = {
  target: {
    ...shared.TARGET,
    help: "Where the schedule is played. aws: only a schedule of levers, as explore --provoke finds it.",
  },
  ...REPLAY_LOCAL,
  function: setting("function", {
    takes: "NAME",
    help: `A shipped design: ${DESIGNS.join(", ")}. With --target aws the name or ARN of a deployed function.`,
    value: kinds.text("a function"),
  }),
  ...REPLAY_AWS,
  json: toggle("json", "Print result.json instead of the text."),
} as const;
