import { PLATFORM_PROFILES } from "../record/plan.ts";
import { SEARCH_MEMORY_MB } from "../words/search-memory.ts";
import { TARGETS } from "../words/target.ts";
import { DEFAULT_CAPACITY, OWN_CAPACITY_MAX } from "../words/capacity.ts";
import { ADMISSION_CHOICE, ADMISSIONS, DEFAULT_ADMISSION } from "../words/admission.ts";
import { PEER_VARIABLES } from "../words/peer-variables.ts";
import { PROTOCOL_CHOICES } from "../catalogue/protocols/all-protocols.ts";
import { LAUNCHED_FAMILIES, RUNNABLE_RUNTIMES } from "../catalogue/runtimes/all-runtimes.ts";
import { labelledFunction } from "./function-choice.ts";
import { judging, repeated, setting, toggle, type DefaultFacts } from "./setting.ts";
import * as kinds from "./value-kinds.ts";
import { hostName, linkChoice, ofPeer, pointInTime } from "./value-parsers.ts";
import type { EnvironmentVariables } from "../base/environment-variables.ts";

const RUNTIME_CLIENTS = ["bootstrap", "ric"] as const;

/** The greatest seed of a 32-bit generator. */
export const SEED_MAX = 4_294_967_295;

/** The region that AWS's own tools would use. Null if the variables name none. */
export function regionOf(environment: EnvironmentVariables): string | null {
  return environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? null;
}

export const TARGET = setting("target", {
  takes: "local|aws",
  help: "Where the functions run.",
  default: "local",
  value: kinds.choice(TARGETS),
});

export const ENDPOINT = setting("endpoint", {
  mayBeSecret: true,
  takes: "URL",
  help: "Attach to a running engine (longrun serve) instead of starting one.",
  value: kinds.httpUrl,
  localOnly: true,
});

export const REGION = setting("region", {
  takes: "NAME",
  help: "AWS region.",
  default: { shown: "AWS_REGION", of: ({ awsRegion }: DefaultFacts) => awsRegion },
  value: kinds.awsRegion,
});

export const FUNCTION = repeated("function", {
  takes: "[LABEL=]NAME",
  help: "A deployed function to check.",
  value: { parse: labelledFunction },
});

export const TERRAFORM_OUTPUTS = setting("terraform-outputs", {
  takes: "FILE|-",
  help: "The output of `terraform output -json`: functions and Region.",
  value: kinds.text("a file with Terraform's outputs, or -"),
  inProfile: false,
});

export const PLATFORM = setting("platform", {
  takes: "NAME|FILE",
  help: `What happens to environments: ${PLATFORM_PROFILES.join(", ")}, or a file.`,
  default: "calm",
  value: kinds.text("a platform profile's name or file"),
  localOnly: true,
});

export const SEED = setting("seed", {
  takes: "NUMBER",
  help: "The seed of the platform's plan.",
  value: kinds.wholeNumber({ min: 0, max: SEED_MAX }),
  localOnly: true,
});

export const EVENT = setting("event", {
  mayBeSecret: true,
  takes: "JSON|FILE",
  help: "The event of each invocation.",
  default: "{}",
  value: kinds.text("JSON or a file with JSON"),
  takesJson: true,
});

export const ADMISSION = setting("admission", {
  takes: "NAME",
  help: `What the peer does with a connection that it cannot serve: ${ADMISSION_CHOICE}.`,
  default: DEFAULT_ADMISSION,
  value: kinds.choice(ADMISSIONS),
  localOnly: true,
});

export const CAPACITY = setting("capacity", {
  takes: "NUMBER|unknown",
  help: "How many connections the peer serves at one time.",
  default: { shown: String(DEFAULT_CAPACITY), of: () => null },
  value: kinds.capacity,
});

export const OWN_CAPACITY = setting("capacity", {
  takes: "NUMBER",
  help: "How many connections are served at one time.",
  default: String(DEFAULT_CAPACITY),
  value: kinds.wholeNumber({ min: 1, max: OWN_CAPACITY_MAX }),
});

/** For functions that may have several peers. */
export const CAPACITIES = {
  ...judging(
    "capacity",
    "both",
    repeated("capacity", {
      takes: `[NAME=]${CAPACITY.takes ?? ""}`,
      help: "How many connections the peer serves at one time; longrun's own peer gets as many places.",
      value: { parse: ofPeer((text) => CAPACITY.value.parse(text)) },
    }),
  ),
  default: { shown: "the reserved concurrency", of: () => [] },
};

export const PROBE_WATCH = setting("probe-watch", {
  takes: "LENGTH",
  help: "How long --probe watches each client. It must be longer than the machine needs to turn a client away.",
  default: "3s",
  value: kinds.duration({ min: 100 }),
});

const peerLogZone = setting("peer-log-zone", {
  takes: "ZONE",
  help: "The time zone of a peer's log, if its times have none: UTC, +02:00 or Europe/Berlin.",
  value: kinds.logZone,
});

const peerLogPatterns = repeated("peer-log-pattern", {
  takes: "REGEX",
  help: "How a plain-text log of --peer-log is read: a regular expression with the named groups time and event, and perhaps connection and client. May repeat; the first that fits a line reads it.",
  value: kinds.logPattern,
});

/** How the log of `--peer-log` is read. */
export const PEER_LOG_READING = { peerLogZone, peerLogPatterns } as const;

const DEFAULT_LINK_TEXT = `${PEER_VARIABLES.host}:${PEER_VARIABLES.port}`;

export const LINK_HELP =
  "Where a function finds its peer: HOSTVAR:PORTVAR (two variables), VARIABLE (one, with a URL, DSN or HOST:PORT), or host (by the peer's own name; Linux).";

export const LINK = setting("link", {
  mayBeSecret: true,
  takes: "WHERE",
  help: LINK_HELP,
  default: DEFAULT_LINK_TEXT,
  value: kinds.linkChoice,
  localOnly: true,
});

export const PROTOCOL = setting("protocol", {
  takes: "NAME",
  help: `What the peer speaks: ${PROTOCOL_CHOICES.join(", ")}. With auto, the protocol is recognised by the first bytes.`,
  default: "auto",
  value: kinds.protocol,
  localOnly: true,
});

export const PROTOCOLS = {
  ...repeated("protocol", {
    takes: "[NAME=]PROTOCOL",
    help: PROTOCOL.help,
    value: { parse: ofPeer((text) => PROTOCOL.value.parse(text)) },
    localOnly: true,
  }),
  default: { shown: PROTOCOL.default, of: () => [] },
};

export const LINKS = {
  ...repeated("link", {
    mayBeSecret: true,
    takes: "[NAME=]WHERE",
    help: LINK_HELP,
    value: { parse: ofPeer(linkChoice) },
    localOnly: true,
  }),
  default: { shown: DEFAULT_LINK_TEXT, of: () => [] },
};

export const RESOLVE = repeated("resolve", {
  mayBeSecret: true,
  takes: "NAME=HOST[:PORT]",
  help: "With --link host: the address to which the link relays, if it differs from the address that this machine finds for the name.",
  value: kinds.resolvedName,
  localOnly: true,
});

export const CODE_HELP =
  "Your own function: a deployment package (.zip), a folder, a Node.js source file (.mjs, .js, .cjs, .ts; it is bundled with its imports), a Python file, a .jar, what Maven or Gradle built, or a source folder in Go or Rust (it is built).";

export const HANDLER = setting("handler", {
  takes: "NAME",
  help: "Handler of --code.",
  default: { shown: "what the code suggests", of: () => null },
  value: kinds.text("a handler such as index.handler"),
  localOnly: true,
});

export const RUNTIME = setting("runtime", {
  takes: "NAME",
  help: `${RUNNABLE_RUNTIMES.join(", ")}.`,
  default: { shown: "what --code needs", of: () => null },
  value: kinds.runtime,
  localOnly: true,
});

export const MEMORY = setting("memory", {
  takes: "MEGABYTES",
  help: "Memory of the function.",
  default: { shown: String(SEARCH_MEMORY_MB), of: () => null },
  value: kinds.wholeNumber({ min: 128, max: 10_240 }),
  localOnly: true,
});

export const LAUNCHER = setting("launcher", {
  takes: "COMMAND",
  help: `The command that starts the runtime client of functions in ${LAUNCHED_FAMILIES}, in quotes.`,
  default: { shown: "none; such functions are refused", of: () => null },
  value: kinds.text("a command such as 'bundle exec aws_lambda_ric \"$_HANDLER\"'"),
  localOnly: true,
});

export const BINARY = setting("bin", {
  takes: "NAME",
  help: "The program to run, if a Cargo package has several.",
  default: { shown: "the only one", of: () => null },
  value: kinds.text("the name of a program"),
  localOnly: true,
});

export const RUNTIME_CLIENT = setting("runtime-client", {
  takes: "NAME",
  help: "bootstrap (longrun's own) or ric (AWS's aws-lambda-ric, see longrun doctor --install-ric).",
  default: "bootstrap",
  value: kinds.choice(RUNTIME_CLIENTS),
  localOnly: true,
});

export const SINCE = setting("since", {
  takes: "TIME",
  help: "Where to start: a length of time before now (24h) or an instant.",
  default: "24h",
  value: { parse: pointInTime },
});

export const HOST = setting("host", {
  takes: "ADDRESS",
  help: "Where to listen.",
  default: "127.0.0.1",
  value: { parse: hostName },
});

export const PORT = setting("port", {
  takes: "NUMBER",
  help: "0 chooses a free port.",
  value: kinds.wholeNumber({ min: 0, max: 65_535 }),
});

export const OUT = setting("out", {
  takes: "FOLDER",
  help: "The folder for the files, new or empty.",
  value: kinds.text("a folder"),
});

export const YES = toggle("yes", "Do not ask.", { inProfile: false, withResume: true });

export const JSON_OUTPUT = toggle("json", "Print the result as JSON.", {
  inProfile: false,
  withResume: true,
});
