/**
 * The frame of the command line: finds the command, parses its arguments, runs it, and turns its result or error into an exit code. A
 * command is loaded only when it is used, so that the start is fast.
 */
import { LongrunError } from "../domain/errors.ts";
import { EXIT, type ExitCode } from "../domain/exit-codes.ts";
import { didYouMean } from "../settings/closest-name.ts";
import type { AnyCommand } from "./command.ts";
import { commandHelp, overviewHelp } from "./help.ts";
import type { Machine } from "./machine.ts";
import { parseArguments } from "./parse-arguments.ts";
import { presentError } from "./present-error.ts";
import { usageError } from "./usage-error.ts";
import { toolVersion } from "../adapters/node/tool-version.ts";

interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<AnyCommand>;
}

const COMMANDS: readonly CommandEntry[] = [
  {
    name: "soak",
    summary: "invoke functions, observe, judge, report: the main command",
    load: async () => (await import("./commands/soak.ts")).soak,
  },
  {
    name: "serve",
    summary: "the local AWS Lambda in the foreground",
    load: async () => (await import("./commands/serve.ts")).serve,
  },
  {
    name: "peer",
    summary: "the single-connection peer in the foreground",
    load: async () => (await import("./commands/peer.ts")).peer,
  },
  {
    name: "analyze",
    summary: "judge a run directory, exported logs, or a live log group",
    load: async () => (await import("./commands/analyze.ts")).analyze,
  },
  {
    name: "scan",
    summary: "rank an account's functions by hazard (CloudWatch Logs Insights)",
    load: async () => (await import("./commands/scan.ts")).scan,
  },
  {
    name: "report",
    summary: "render a run directory again; compare two runs",
    load: async () => (await import("./commands/report.ts")).report,
  },
  {
    name: "redact",
    summary: "copy a run directory without names, addresses and texts",
    load: async () => (await import("./commands/redact.ts")).redact,
  },
  {
    name: "explore",
    summary: "search for the shortest schedule that breaks a function",
    load: async () => (await import("./commands/explore.ts")).explore,
  },
  {
    name: "replay",
    summary: "run one schedule file",
    load: async () => (await import("./commands/replay.ts")).replay,
  },
  {
    name: "doctor",
    summary: "check this machine, or an AWS account, for what a run needs",
    load: async () => (await import("./commands/doctor.ts")).doctor,
  },
];

/** Parts of other commands that run as processes of their own. The help does not list them. */
const PARTS: readonly CommandEntry[] = [
  { name: "judge", summary: "", load: async () => (await import("./commands/judge.ts")).judge },
];

export async function main(machine: Machine): Promise<ExitCode> {
  try {
    return await dispatch(machine);
  } catch (error) {
    return presentError(machine, error);
  }
}

async function dispatch(machine: Machine): Promise<ExitCode> {
  const [name, ...rest] = machine.arguments;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    const asked = name !== undefined;
    (asked ? machine.stdout : machine.stderr).write(overviewHelp(COMMANDS, toolVersion()));
    return asked ? EXIT.pass : EXIT.usage;
  }
  if (name === "--version" || name === "-v") {
    machine.stdout.write(`${toolVersion()}\n`);
    return EXIT.pass;
  }
  const entry = [...COMMANDS, ...PARTS].find((candidate) => candidate.name === name);
  if (entry === undefined) throw unknownCommand(name);
  const command = await entry.load();
  const parsed = parseArguments(command.settings, command.positional, rest);
  if (parsed.help) {
    machine.stdout.write(commandHelp(command));
    return EXIT.pass;
  }
  if (parsed.problems.length > 0 && command.reportsProblems !== true)
    throw usageError(command.name, parsed.problems);
  return command.run(machine, parsed as never);
}

function unknownCommand(name: string): LongrunError {
  const near = didYouMean(
    name,
    COMMANDS.map((command) => command.name),
    (command) => `longrun ${command}`,
  );
  const what = name.startsWith("-") ? "there is no such flag" : "there is no such command";
  return new LongrunError("usage", `longrun ${name}: ${what}${near}`, {
    hint: "longrun --help lists the commands.",
  });
}
